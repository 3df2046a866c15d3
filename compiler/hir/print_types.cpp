#include "hir/printer.hpp"

namespace kdsl::hir {

void Printer::qualifiedName(const QualifiedName& qualified) {
  for (std::uint32_t i = 0; i < qualified.count; ++i) {
    if (i != 0) text(".");
    name(module_.nameParts[qualified.first + i].name);
  }
}

void Printer::typeList(std::uint32_t first, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i != 0) text(" | ");
    type(module_.typeLists[first + i]);
  }
}

void Printer::type(TypeExprId id) {
  const auto& t = module_[id];
  switch (t.kind) {
    case TypeExprKind::Error: return text("<error>");
    case TypeExprKind::Name: return qualifiedName({t.a, t.b, t.span});
    case TypeExprKind::Ref: text("ref "); return qualifiedName({t.a, t.b, t.span});
    case TypeExprKind::String: return quoted(Symbol{t.a});
    case TypeExprKind::Int: return text(std::to_string(module_.ints[t.a]));
    case TypeExprKind::Float: return floatNumber(module_.floats[t.a]);
    case TypeExprKind::Unit: return name(Symbol{t.a});
    case TypeExprKind::Bool: return text(t.a != 0 ? "true" : "false");
    case TypeExprKind::Null: return text("null");
    case TypeExprKind::Absent: return text("absent");
    case TypeExprKind::List:
    case TypeExprKind::Set:
    case TypeExprKind::Keyed:
      text("[");
      type(TypeExprId{t.a});
      text("]");
      if (t.kind == TypeExprKind::Set) text(" set");
      if (t.kind == TypeExprKind::Keyed) {
        text(" by (");
        for (std::uint32_t i = 0; i < t.c; ++i) {
          if (i != 0) text(", ");
          name(module_.nameParts[t.b + i].name);
        }
        text(")");
      }
      return;
    case TypeExprKind::Shape: return shape(ShapeId{t.a});
    case TypeExprKind::Optional: type(TypeExprId{t.a}); return text("?");
    case TypeExprKind::Refined:
      type(TypeExprId{t.a});
      text("(");
      for (std::uint32_t i = 0; i < t.c; ++i) {
        if (i != 0) text(", ");
        bound(module_.bounds[t.b + i]);
      }
      return text(")");
    case TypeExprKind::Union:
      text("(");
      typeList(t.a, t.b);
      return text(")");
  }
}

void Printer::bound(const Bound& b) {
  if (b.isPattern) return quoted(b.pattern);
  expr(b.low);
  text("..");
  expr(b.high);
}

void Printer::shape(ShapeId id) {
  const auto& s = module_[id];
  text("{");
  indent();
  std::uint32_t group = 0;
  for (std::uint32_t i = 0; i < s.fieldCount; ++i) {
    const auto& printed = module_.fields[s.firstField + i];
    if (printed.oneof != group && group != 0) {
      outdent();
      line();
      text("}");
    }
    if (printed.oneof != group && printed.oneof != 0) {
      line();
      text(module_.oneofs[s.firstOneOf + printed.oneof - 1].optional ? "oneof? {" : "oneof {");
      indent();
    }
    group = printed.oneof;
    line();
    field(printed);
  }
  if (group != 0) {
    outdent();
    line();
    text("}");
  }
  if (base::valid(s.key)) {
    line();
    text("[");
    type(s.key);
    text("]: ");
    type(s.value);
  }
  if (base::valid(s.body)) {
    for (const auto& e : module_.entriesOf(module_[s.body])) {
      line();
      entry(e);
    }
  }
  outdent();
  if (s.fieldCount != 0 || base::valid(s.key) || base::valid(s.body)) line();
  text("}");
}

void Printer::field(const Field& f) {
  name(f.name);
  text(": ");
  type(f.type);
  if (base::valid(f.value)) {
    text(f.isReadDefault ? " ?? " : " = ");
    expr(f.value);
  }
  if (f.isDeprecated) {
    text(" deprecated ");
    quoted(f.deprecated);
  }
}

void Printer::params(const Item& fn) {
  text("(");
  for (std::uint32_t i = 0; i < fn.paramCount; ++i) {
    const LocalId id{base::index(fn.firstParam) + i};
    if (i != 0) text(", ");
    local(id);
    if (base::valid(module_[id].type)) {
      text(": ");
      type(module_[id].type);
    }
    if (base::valid(module_[id].value)) {
      text(" = ");
      expr(module_[id].value);
    }
  }
  text(")");
}

}  // namespace kdsl::hir
