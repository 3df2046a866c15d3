// The type of a record literal of which nothing is expected: its own fields; a map where its keys are computed.
#include <algorithm>
#include <memory>

#include "sema/checker.hpp"

namespace kdsl::sema {

using hir::EntryKind;
using hir::SegmentKind;

/// What the entries of a literal make, while they are read.
struct Checker::Shape {
  struct Field {
    Symbol name{};
    TypeId type = base::none<TypeId>;  // of a leaf
    bool conditional = false;
    std::unique_ptr<Shape> nested;     // of `a.b: v`
  };
  std::vector<Field> fields;
  TypeId mapValue = base::none<TypeId>;  // of entries with computed keys

  Field& field(Symbol name) {
    const auto [at, added] = positions.try_emplace(name, fields.size());
    if (added) fields.push_back({name, base::none<TypeId>, true, nullptr});
    return fields[at->second];
  }

 private:
  std::unordered_map<Symbol, std::size_t> positions;
};

TypeId Checker::inferRecord(BodyId body, const Scope& scope) {
  Shape shape;
  inferEntries(body, scope, false, shape);
  return typeOfShape(shape);
}

void Checker::inferEntries(BodyId body, const Scope& scope, bool conditional, Shape& shape) {
  if (!base::valid(body)) return;
  bindLets(body, scope);
  for (const auto& entry : m_.entriesOf(m_[body])) {
    switch (entry.kind) {
      case EntryKind::Set: inferSet(entry, scope, conditional, shape); break;
      case EntryKind::Spread: inferSpread(entry.value, scope, conditional, shape); break;
      case EntryKind::If: {
        checkCondition(entry.value, scope);
        const auto constant = constantCondition(entry.value);
        auto branch = within(scope, assume(entry.value, true, scope));
        branch.dead = scope.dead || constant == false;
        inferEntries(entry.then, branch, true, shape);
        branch = within(scope, assume(entry.value, false, scope));
        branch.dead = scope.dead || constant == true;
        inferEntries(entry.otherwise, branch, true, shape);
        break;
      }
      case EntryKind::For: inferEntries(entry.then, bindLoop(entry.value, entry.first, entry.second, entry.extra, scope), true, shape); break;
      default: checkEntry(entry, types::anyType, scope); break;
    }
  }
}

void Checker::inferSet(const hir::Entry& entry, const Scope& scope, bool conditional, Shape& shape) {
  auto inner = scope;
  inner.super = types::anyType;
  auto* at = &shape;
  const auto segments = m_.segmentsOf(entry);
  const auto valueType = [&] { return base::valid(entry.value) ? infer(entry.value, inner) : types::anyType; };
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& segment = segments[i];
    const bool isLast = i + 1 == segments.size();
    if (segment.kind == SegmentKind::Index) {
      for (const auto key : m_.exprList(segment.first, segment.count)) check(key, {types::stringType, base::intern("key"), nullptr}, scope);
      if (!isLast) {  // `[k].a.b: v`: each value is a record of what follows
        Shape rest;
        auto* deep = &rest;
        for (std::size_t j = i + 1; j < segments.size(); ++j) {
          if (segments[j].kind == SegmentKind::Index) {
            for (const auto key : m_.exprList(segments[j].first, segments[j].count)) infer(key, scope);
            deep->mapValue = types::anyType;
            break;
          }
          auto& field = deep->field(segments[j].name);
          field.conditional = false;
          if (j + 1 == segments.size()) {
            field.type = valueType();
          } else {
            field.nested = std::make_unique<Shape>();
            deep = field.nested.get();
          }
        }
        const auto value = typeOfShape(rest);
        at->mapValue = base::valid(at->mapValue) ? join(at->mapValue, value) : value;
        return;
      }
      const auto value = core_.types.required(valueType());
      at->mapValue = base::valid(at->mapValue) ? join(at->mapValue, value) : value;
      return;
    }
    auto& field = at->field(segment.name);
    field.conditional = field.conditional && conditional;
    if (isLast) {
      const auto value = valueType();
      field.type = base::valid(field.type) ? join(field.type, value) : value;
      return;
    }
    if (!field.nested) field.nested = std::make_unique<Shape>();
    at = field.nested.get();
  }
}

void Checker::inferSpread(ExprId value, const Scope& scope, bool conditional, Shape& shape) {
  const auto type = infer(value, scope);
  const bool optional = core_.types.isOptional(type);
  const auto& given = node(core_.types.underlying(type));
  switch (given.kind) {
    case TypeKind::Record:
      for (const auto& spread : given.fields) {
        auto& field = shape.field(spread.name);
        field.conditional = field.conditional && (conditional || optional);
        if (!base::valid(field.type) && !field.nested) field.type = spread.type;
      }
      if (given.open) shape.mapValue = base::valid(shape.mapValue) ? join(shape.mapValue, given.element) : given.element;
      break;
    case TypeKind::Map: shape.mapValue = base::valid(shape.mapValue) ? join(shape.mapValue, given.element) : given.element; break;
    case TypeKind::Nominal:
    case TypeKind::Ref:
    case TypeKind::Any: shape.mapValue = types::anyType; break;
    case TypeKind::Error:
    case TypeKind::Absent: break;
    default: report(code::bad_spread, m_[value].span, {describeValue(value, type), "a record"}, &scope); break;
  }
}

TypeId Checker::typeOfShape(const Shape& shape) {
  std::vector<types::RecordField> fields;
  for (const auto& field : shape.fields) {
    auto type = field.type;
    if (field.nested) {
      const auto nested = typeOfShape(*field.nested);
      type = base::valid(type) ? join(type, nested) : nested;
    }
    if (!base::valid(type)) type = types::anyType;
    if (field.conditional) type = core_.types.optional(type);
    fields.push_back({field.name, type});
  }
  if (base::valid(shape.mapValue)) {
    auto value = shape.mapValue;
    for (const auto& field : fields) value = join(value, core_.types.required(field.type));
    return core_.types.map(types::stringType, value);
  }
  types::TypeNode record;
  record.kind = TypeKind::Record;
  record.fields = std::move(fields);
  return core_.types.intern(std::move(record));
}

}  // namespace kdsl::sema
