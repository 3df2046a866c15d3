// Written types to TypeIds.
#include <fmt/format.h>

#include "sema/checker.hpp"
#include "types/range.hpp"

namespace kdsl::sema {

using hir::ExprKind;
using hir::TypeExprKind;

TypeId Checker::resolveType(TypeExprId id, ItemId owner) {
  if (!base::valid(id)) return types::errorType;
  auto& state = typeStates_[base::index(id)];
  if (state == State::None) {
    state = State::Running;
    const auto type = resolveTypeUncached(id, owner);
    out_->typeExprs[base::index(id)] = type;
    typeStates_[base::index(id)] = State::Done;
  }
  return out_->typeExprs[base::index(id)];
}

TypeId Checker::resolveTypeUncached(TypeExprId id, ItemId owner) {
  const auto& expr = m_[id];
  auto& table = core_.types;
  switch (expr.kind) {
    case TypeExprKind::Error: return types::errorType;
    case TypeExprKind::Name: return resolveQualified(expr.a, expr.b, owner);
    case TypeExprKind::Ref: {
      const auto target = resolveQualified(expr.a, expr.b, owner);
      const auto kind = table.kind(target);
      if (kind == TypeKind::Error || kind == TypeKind::Nominal || kind == TypeKind::AnyResource || kind == TypeKind::AnyNamespaced) return table.ref(target);
      report(code::bad_ref, expr.span, {print(target)}).note("a `ref` points at an instance of a schema, component, module or kind");
      return types::errorType;
    }
    case TypeExprKind::String: return table.stringLiteral(Symbol{expr.a});
    case TypeExprKind::Int: return table.intLiteral(m_.ints[expr.a]);
    case TypeExprKind::Float: {
      types::TypeNode node;
      node.kind = TypeKind::FloatLiteral;
      node.number = m_.floats[expr.a];
      return table.intern(std::move(node));
    }
    case TypeExprKind::Unit: {
      // A literal Quantity or Duration is the range from it to itself.
      types::TypeNode node;
      node.kind = types::durationBound(Symbol{expr.a}) && !types::quantityBound(Symbol{expr.a}) ? TypeKind::Duration : TypeKind::Quantity;
      node.bounds.lowUnit = node.bounds.highUnit = Symbol{expr.a};
      return table.intern(std::move(node));
    }
    case TypeExprKind::Bool: return table.boolLiteral(expr.a != 0);
    case TypeExprKind::Null: return types::nullType;
    case TypeExprKind::Absent: return types::absentType;
    case TypeExprKind::List: return table.list(resolveType(TypeExprId{expr.a}, owner));
    case TypeExprKind::Keyed: {
      std::vector<Symbol> keys;
      keys.reserve(expr.c);
      for (std::uint32_t i = 0; i < expr.c; ++i) keys.push_back(m_.nameParts[expr.b + i].name);
      const auto element = resolveType(TypeExprId{expr.a}, owner);
      return keys.empty() ? table.list(element) : table.keyed(element, std::move(keys));
    }
    case TypeExprKind::Set: return table.set(resolveType(TypeExprId{expr.a}, owner));
    case TypeExprKind::Shape: return resolveShape(hir::ShapeId{expr.a}, owner);
    case TypeExprKind::Optional: return table.optional(resolveType(TypeExprId{expr.a}, owner));
    case TypeExprKind::Refined: return resolveRefined(expr, owner);
    case TypeExprKind::Union: {
      std::vector<TypeId> members;
      members.reserve(expr.b);
      for (std::uint32_t i = 0; i < expr.b; ++i) members.push_back(resolveType(m_.typeLists[expr.a + i], owner));
      return table.unite(members);
    }
  }
  return types::errorType;
}

TypeId Checker::resolveQualified(std::uint32_t first, std::uint32_t count, ItemId owner) {
  const auto& head = m_.nameParts[first];
  auto target = lookUp(head.name, owner);
  if (target.kind == NameKind::None) {
    reportUnknownType(head.name, head.span, owner);
    return types::errorType;
  }
  for (std::uint32_t i = 1; i < count; ++i) {
    const auto& part = m_.nameParts[first + i];
    if (target.kind == NameKind::KubernetesGroup) {
      const auto import = target.import;
      target = groupMember(import, part.name);
      if (target.kind == NameKind::None) {
        reportNotInGroup(import, part.name, part.span);
        return types::errorType;
      }
      continue;
    }
    if (target.kind == NameKind::Type && target.type == types::errorType) return types::errorType;
    if (target.kind != NameKind::Module) {
      report(code::not_a_module, head.span, {std::string(base::text(m_.nameParts[first + i - 1].name))});
      return types::errorType;
    }
    const auto file = target.file;
    target = exported(file, part.name);
    if (target.kind == NameKind::None) {
      reportNotExported(file, part.name, part.span);
      return types::errorType;
    }
  }
  const auto& last = m_.nameParts[first + count - 1];
  return typeOfTarget(target, last.name, last.span);
}

TypeId Checker::typeOfTarget(const NameTarget& target, Symbol name, Span span) {
  switch (target.kind) {
    case NameKind::Type:
    case NameKind::Module: return target.type;
    default: break;
  }
  auto& diagnostic = report(code::not_a_type, span, {std::string(base::text(name))});
  switch (target.kind) {
    case NameKind::Fn:
    case NameKind::Builtin: diagnostic.label("a function"); break;
    case NameKind::KubernetesGroup: diagnostic.label(fmt::format("an API group: write `{}.Kind`", base::text(name))); break;
    default: diagnostic.label("a value"); break;
  }
  return types::errorType;
}

TypeId Checker::resolveShape(hir::ShapeId id, ItemId owner) {
  const auto& shape = m_[id];
  if (shape.fieldCount == 0 && base::valid(shape.key) && !base::valid(shape.body)) {
    return core_.types.map(resolveType(shape.key, owner), resolveType(shape.value, owner));
  }
  types::TypeNode node;
  node.kind = TypeKind::Record;
  node.fields.reserve(shape.fieldCount);
  for (std::uint32_t i = 0; i < shape.fieldCount; ++i) {
    const auto& field = m_.fields[shape.firstField + i];
    auto type = resolveType(field.type, owner);
    if (field.oneof != 0) type = core_.types.optional(type);
    if (field.isReadDefault) {
      report(code::record_type_is_plain, m_[field.value].span, {}).label("`??` is for a field of a `schema`").note("one-of groups, checks, lets and `??` are for a `schema` of its own");
    }
    node.fields.push_back({field.name, type});
    if (base::valid(field.value) && !field.isReadDefault) {
      node.fields.back().file = file_;
      node.fields.back().value = field.value;
      hasNewShapes_ = true;
    }
  }
  const bool needsSchema = shape.oneOfCount != 0 || base::valid(shape.body);
  if (needsSchema) report(code::record_type_is_plain, shape.span, {}).note("one-of groups, checks, lets and `??` are for a `schema` of its own");
  if (base::valid(shape.key)) {
    node.open = true;
    node.key = resolveType(shape.key, owner);
    node.element = resolveType(shape.value, owner);
  }
  return core_.types.intern(std::move(node));
}

TypeId Checker::resolveRefined(const hir::TypeExpr& expr, ItemId owner) {
  const auto base = resolveType(TypeExprId{expr.a}, owner);
  if (base == types::errorType) return base;
  if (kindOf(base) == TypeKind::Optional) {
    report(code::bad_bound, expr.span, {print(base)}).label("the bounds go before the `?`");
    return base;
  }
  auto node = this->node(base);
  const bool ranged = node.kind == TypeKind::Int || node.kind == TypeKind::Float || node.kind == TypeKind::String || node.kind == TypeKind::Quantity || node.kind == TypeKind::Duration ||
                      node.kind == TypeKind::Seconds || node.kind == TypeKind::List;
  if (!ranged) {
    report(code::bad_bound, expr.span, {print(base)}).note("int, float, string, Quantity, Duration, Seconds and lists have bounds");
    return base;
  }
  node.symbol = {};
  node.alias = {};
  for (std::uint32_t i = 0; i < expr.c; ++i) {
    const auto& bound = m_.bounds[expr.b + i];
    if (bound.isPattern) {
      addPattern(node, bound);
    } else {
      addRange(node, bound);
    }
  }
  return core_.types.intern(std::move(node));
}

void Checker::addPattern(types::TypeNode& node, const hir::Bound& bound) {
  if (node.kind != TypeKind::String) {
    report(code::bad_bound, bound.span, {print(core_.types.intern(node))}).label("only text has patterns");
    return;
  }
  node.bounds.patterns.push_back(bound.pattern);  // its syntax is looked at when the file is checked: that is slow, and the prelude never is
}

void Checker::addRange(types::TypeNode& node, const hir::Bound& bound) {
  const auto wrong = [&](std::string_view label) { report(code::bad_bound, bound.span, {print(core_.types.intern(node))}).label(std::string(label)); };
  const auto literal = [&](ExprId id) -> const hir::Expr* { return base::valid(id) ? &m_[id] : nullptr; };
  const auto* low = literal(bound.low);
  const auto* high = literal(bound.high);
  for (const auto* end : {low, high}) {
    if (end != nullptr && end->kind == ExprKind::Error) return;
  }
  switch (node.kind) {
    case TypeKind::Float: {
      const auto number = [&](const hir::Expr& end) -> std::optional<double> {
        if (end.kind == ExprKind::Int) return static_cast<double>(m_.ints[end.a]);
        if (end.kind == ExprKind::Float) return m_.floats[end.a];
        return std::nullopt;
      };
      for (const auto* end : {low, high}) {
        if (end == nullptr) continue;
        const auto value = number(*end);
        if (!value) return wrong("the ends of this range are numbers");
        auto& slot = end == low ? node.bounds.lowNumber : node.bounds.highNumber;
        slot = !slot ? *value : end == low ? std::max(*slot, *value) : std::min(*slot, *value);
      }
      if (node.bounds.lowNumber && node.bounds.highNumber && *node.bounds.lowNumber > *node.bounds.highNumber) wrong("no value is in this range");
      return;
    }
    case TypeKind::Quantity:
    case TypeKind::Duration: {
      for (const auto* end : {low, high}) {
        if (end == nullptr) continue;
        Symbol text{};
        if (end->kind == ExprKind::Unit) text = Symbol{end->a};
        if (end->kind == ExprKind::Int && node.kind == TypeKind::Quantity) text = base::intern(std::to_string(m_.ints[end->a]));
        const bool readable = text != base::emptySymbol && (node.kind == TypeKind::Quantity ? types::quantityBound(text).has_value() : types::durationBound(text).has_value());
        if (!readable) return wrong(node.kind == TypeKind::Quantity ? "the ends of this range are quantities" : "the ends of this range are durations");
        (end == low ? node.bounds.lowUnit : node.bounds.highUnit) = text;
      }
      return;
    }
    default: {
      for (const auto* end : {low, high}) {
        if (end == nullptr) continue;
        if (end->kind != ExprKind::Int) return wrong("the ends of this range are whole numbers");
        const auto value = m_.ints[end->a];
        auto& slot = end == low ? node.bounds.low : node.bounds.high;
        slot = !slot ? value : end == low ? std::max(*slot, value) : std::min(*slot, value);
      }
      if (node.bounds.low && node.bounds.high && *node.bounds.low > *node.bounds.high) wrong("no value is in this range");
      return;
    }
  }
}

TypeId Checker::aliasType(ItemId id) {
  const auto& item = m_[id];
  const auto type = resolveType(item.type, id);
  if (type == types::errorType) return type;
  const types::Declaration declaration{file_, id};
  if (!base::valid(item.value)) return core_.types.named(type, item.name, declaration);
  want(id);
  types::TypeNode where;
  where.kind = TypeKind::Where;
  where.element = type;
  where.symbol = item.name;
  where.alias = declaration;
  return core_.types.intern(std::move(where));
}

/// `as v: Manifests`: the type that the documents of the file make. A declaration of that name shadows it.
bool Checker::isManifests(const hir::Item& import) {
  static const Symbol manifests = base::intern("Manifests");
  if (!base::valid(import.type)) return false;
  const auto& written = m_[import.type];
  return written.kind == TypeExprKind::Name && written.b == 1 && m_.nameParts[written.a].name == manifests && lookUp(manifests, hir::moduleItem).kind == NameKind::None;
}

TypeId Checker::manifestsType(std::uint32_t import) {
  auto& target = out_->imports[import];
  target.isManifests = true;
  if (!base::valid(target.file)) return types::errorType;  // reported: there is no such file
  types::TypeNode node;
  node.kind = TypeKind::Record;
  for (const auto& document : core_.loader.manifests(target.file)) {
    const auto kind = core_.pack.kind(document.apiVersion, document.kind);
    node.fields.push_back({base::intern(document.key), kind ? core_.kubernetesType(*kind) : foreignKind(document)});
  }
  return core_.types.intern(std::move(node));
}

namespace {

/// Parts the pieces of the path that stands for a kind without a schema; in no name.
constexpr char foreignMark = '\x1f';

}  // namespace

/// The type of an object whose kind has no schema here: all that is known of it is what every object has.
TypeId Checker::foreignKind(const ManifestDocument& document) {
  const auto path = base::intern(fmt::format("{0}{1}{0}{2}{0}{3}", foreignMark, document.apiVersion, document.kind, document.hasNamespace ? "namespaced" : ""));
  const auto id = core_.types.nominalId(file_, path);
  core_.types.setNominalName(id, base::intern(document.kind));
  return core_.types.nominal(id);
}

bool Checker::isForeignKind(Symbol path) { return base::text(path).starts_with(foreignMark); }

void Checker::declareForeignKind(Symbol path, Nominal& nominal) {
  const auto text = base::text(path).substr(1);
  const auto first = text.find(foreignMark), second = text.find(foreignMark, first + 1);
  nominal.kind = types::NominalKind::Schema;
  nominal.name = base::intern(text.substr(first + 1, second - first - 1));
  beginKind(nominal, second + 1 < text.size());
  nominal.apiVersion = base::intern(text.substr(0, first));
  finishKind(nominal);
  nominal.isOpen = true;
  nominal.openKey = types::stringType;
  nominal.openValue = types::anyType;
  nominal.buildIndex();
}

}  // namespace kdsl::sema
