#include <fmt/format.h>

#include "hir/printer.hpp"
#include "syntax/literal.hpp"

namespace kdsl::hir {
namespace {

std::string_view spelling(BinaryOp op) {
  switch (op) {
    case BinaryOp::Or: return " || ";
    case BinaryOp::And: return " && ";
    case BinaryOp::Equal: return " == ";
    case BinaryOp::NotEqual: return " != ";
    case BinaryOp::Less: return " < ";
    case BinaryOp::LessEqual: return " <= ";
    case BinaryOp::Greater: return " > ";
    case BinaryOp::GreaterEqual: return " >= ";
    case BinaryOp::In: return " in ";
    case BinaryOp::Coalesce: return " ?? ";
    case BinaryOp::Add: return " + ";
    case BinaryOp::Subtract: return " - ";
    case BinaryOp::Multiply: return " * ";
    case BinaryOp::Divide: return " / ";
    case BinaryOp::Remainder: return " % ";
  }
  return "";
}

}  // namespace

void Printer::quoted(Symbol value) { out_ += syntax::quoted(base::text(value)); }

void Printer::floatNumber(double value) {
  const auto digits = fmt::format("{}", value);
  out_ += digits;
  if (digits.find_first_of(".e") == std::string::npos) out_ += ".0";
}

void Printer::local(LocalId id) {
  name(module_[id].name);
  out_ += '%';
  number(base::index(id));
}

void Printer::keys(std::uint32_t first, std::uint32_t count) {
  out_ += '[';
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i != 0) out_ += ", ";
    expr(module_.exprLists[first + i]);
  }
  out_ += ']';
}

void Printer::expr(ExprId id) {
  if (!base::valid(id)) return;
  const auto& e = module_[id];
  switch (e.kind) {
    case ExprKind::Error: return text("<error>");
    case ExprKind::Null: return text("null");
    case ExprKind::Absent: return text("absent");
    case ExprKind::Bool: return text(e.a != 0 ? "true" : "false");
    case ExprKind::Int: return text(std::to_string(module_.ints[e.a]));
    case ExprKind::Float: return floatNumber(module_.floats[e.a]);
    case ExprKind::Unit: return name(Symbol{e.a});
    case ExprKind::String: return quoted(Symbol{e.a});
    case ExprKind::Interpolation: return interpolation(e);
    case ExprKind::Local: return local(LocalId{e.a});
    case ExprKind::Name: return name(Symbol{e.a});
    case ExprKind::Self: return text("self");
    case ExprKind::Super: return text("super");
    case ExprKind::Field:
      expr(ExprId{e.a});
      text(e.optional ? "?." : ".");
      return name(Symbol{e.b});
    case ExprKind::Index:
      expr(ExprId{e.a});
      if (e.optional) text("?");
      return keys(e.b, e.c);
    case ExprKind::Call: expr(ExprId{e.a}); return callArguments(e);
    case ExprKind::Refine:
      expr(ExprId{e.a});
      text(" ");
      return body(BodyId{e.b});
    case ExprKind::Record: return body(BodyId{e.a});
    case ExprKind::Present: expr(ExprId{e.a}); return text("?");
    case ExprKind::Not:
    case ExprKind::Negate: text(e.kind == ExprKind::Not ? "!" : "-"); return expr(ExprId{e.a});
    case ExprKind::Binary:
      text("(");
      expr(ExprId{e.a});
      text(spelling(e.op));
      expr(ExprId{e.b});
      return text(")");
    case ExprKind::Is:
      text("(");
      expr(ExprId{e.a});
      text(" is ");
      type(TypeExprId{e.b});
      return text(")");
    case ExprKind::If:
      text("(if ");
      expr(ExprId{e.a});
      text(" then ");
      expr(ExprId{e.b});
      if (base::valid(ExprId{e.c})) {
        text(" else ");
        expr(ExprId{e.c});
      }
      return text(")");
    case ExprKind::Match: return match(e);
    case ExprKind::Let:
      text("(let ");
      local(LocalId{e.a});
      text(" = ");
      expr(module_[LocalId{e.a}].value);
      text(" in ");
      expr(ExprId{e.b});
      return text(")");
    case ExprKind::Lambda: return lambda(e);
    case ExprKind::List: return elements(e);
  }
}

void Printer::interpolation(const Expr& e) {
  out_ += '"';
  for (const auto part : module_.exprList(e.a, e.b)) {
    if (module_[part].kind == ExprKind::String) {
      const auto literal = syntax::quoted(base::text(Symbol{module_[part].a}));
      out_.append(literal, 1, literal.size() - 2);
    } else {
      out_ += "${";
      expr(part);
      out_ += '}';
    }
  }
  out_ += '"';
}

void Printer::callArguments(const Expr& call) {
  out_ += '(';
  for (std::uint32_t i = 0; i < call.c; ++i) {
    const auto& argument = module_.arguments[call.b + i];
    if (i != 0) out_ += ", ";
    if (argument.name != base::emptySymbol) {
      name(argument.name);
      out_ += ": ";
    }
    expr(argument.value);
  }
  out_ += ')';
}

void Printer::match(const Expr& e) {
  text("(match ");
  expr(ExprId{e.a});
  text(" {");
  for (std::uint32_t i = 0; i < e.c; ++i) {
    const auto& arm = module_.arms[e.b + i];
    text(i == 0 ? " " : ", ");
    if (base::valid(arm.pattern)) {
      type(arm.pattern);
    } else {
      text("_");
    }
    text(" => ");
    expr(arm.value);
  }
  text(" })");
}

void Printer::lambda(const Expr& e) {
  out_ += "((";
  for (std::uint32_t i = 0; i < e.b; ++i) {
    const LocalId param{e.a + i};
    if (i != 0) out_ += ", ";
    local(param);
    if (base::valid(module_[param].type)) {
      out_ += ": ";
      type(module_[param].type);
    }
  }
  out_ += ") => ";
  expr(ExprId{e.c});
  out_ += ')';
}

void Printer::elements(const Expr& list) {
  out_ += '[';
  for (std::uint32_t i = 0; i < list.b; ++i) {
    if (i != 0) out_ += ", ";
    element(module_.elements[list.a + i]);
  }
  out_ += ']';
}

void Printer::element(const Element& e) {
  switch (e.kind) {
    case ElementKind::Value: return expr(e.value);
    case ElementKind::Spread: text("..."); return expr(e.value);
    case ElementKind::If:
      text("if (");
      expr(e.value);
      text(") ");
      element(module_.elements[e.then]);
      if (e.otherwise != 0) {
        text(" else ");
        element(module_.elements[e.otherwise]);
      }
      return;
    case ElementKind::For:
      loopHead(e.first, e.second, e.value, e.filter);
      text(" ");
      return element(module_.elements[e.then]);
  }
}

void Printer::loopHead(LocalId first, LocalId second, ExprId collection, ExprId filter) {
  text("for (");
  local(first);
  if (base::valid(second)) {
    text(", ");
    local(second);
  }
  text(" in ");
  expr(collection);
  if (base::valid(filter)) {
    text(" if ");
    expr(filter);
  }
  text(")");
}

}  // namespace kdsl::hir
