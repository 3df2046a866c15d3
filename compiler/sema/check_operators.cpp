// Operators. Chains of one precedence are walked without recursion: they may be very long.
#include <fmt/format.h>

#include "hir/operators.hpp"
#include "sema/checker.hpp"

namespace kdsl::sema {

using hir::BinaryOp;
using hir::ExprKind;

namespace {

/// What an operand counts as in arithmetic.
enum class Operand : std::uint8_t { Int, Float, Quantity, Duration, Seconds, Text, List, Unknown, Other };

Operand operandOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::Int:
    case TypeKind::IntLiteral: return Operand::Int;
    case TypeKind::Float:
    case TypeKind::FloatLiteral: return Operand::Float;
    case TypeKind::Quantity: return Operand::Quantity;
    case TypeKind::Duration: return Operand::Duration;
    case TypeKind::Seconds: return Operand::Seconds;
    case TypeKind::String:
    case TypeKind::StringLiteral: return Operand::Text;
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Keyed: return Operand::List;
    case TypeKind::Any:
    case TypeKind::Error:
    case TypeKind::Never: return Operand::Unknown;
    default: return Operand::Other;
  }
}

bool isNumber(Operand operand) { return operand == Operand::Int || operand == Operand::Float || operand == Operand::Seconds; }

/// What an operand of this type is. A union is a number or a text if all its members are.
Operand operandOf(const types::TypeTable& types, TypeId type) {
  const auto& node = types[types.underlying(type)];
  if (node.kind != TypeKind::Union) return operandOf(node.kind);
  const auto all = [&](auto holds) { return std::all_of(node.members.begin(), node.members.end(), [&](TypeId member) { return holds(operandOf(types[types.underlying(member)].kind)); }); };
  if (all([](Operand member) { return member == Operand::Int; })) return Operand::Int;
  if (all(isNumber)) return Operand::Float;
  return all([](Operand member) { return member == Operand::Text; }) ? Operand::Text : Operand::Other;
}

}  // namespace

TypeId Checker::inferBinary(ExprId id, const Scope& scope, TypeId hint) {
  std::vector<ExprId> spine{id};  // outermost first
  while (m_[ExprId{m_[spine.back()].a}].kind == ExprKind::Binary) spine.push_back(ExprId{m_[spine.back()].a});
  const auto inner = m_[spine.back()].op;
  const bool passesHint = inner >= BinaryOp::Coalesce;
  auto type = infer(ExprId{m_[spine.back()].a}, scope, passesHint ? hint : base::none<TypeId>);
  for (auto at = spine.rbegin(); at != spine.rend(); ++at) {
    type = combine(m_[*at], type, scope, hint);
    setType(*at, type);
  }
  return type;
}

TypeId Checker::combine(const hir::Expr& expr, TypeId left, const Scope& scope, TypeId hint) {
  const ExprId leftId{expr.a}, rightId{expr.b};
  switch (expr.op) {
    case BinaryOp::And:
    case BinaryOp::Or: {
      if (!core_.relation.fits(left, types::boolType)) reportMismatch(leftId, left, {types::boolType, base::intern(spelling(expr.op)), nullptr}, scope);
      checkCondition(rightId, within(scope, assume(leftId, expr.op == BinaryOp::And, scope)));
      return types::boolType;
    }
    case BinaryOp::Coalesce: {
      const auto present = core_.types.required(left);
      const auto kind = m_[rightId].kind;
      const bool literal = kind == ExprKind::Record || kind == ExprKind::List || kind == ExprKind::Unit;
      const auto right = literal && present != types::neverType ? check(rightId, {present, {}, nullptr}, scope) : infer(rightId, scope, hint);
      return join(present, right);
    }
    default: break;
  }
  // A literal with a unit takes its meaning from the other side.
  const auto sideHint = [&](TypeId other) { return other == types::errorType ? hint : other; };
  const auto right = infer(rightId, scope, expr.op == BinaryOp::Multiply || expr.op == BinaryOp::Divide ? hint : sideHint(left));
  if (left == types::errorType || right == types::errorType) return expr.op >= BinaryOp::Add ? types::errorType : types::boolType;
  switch (expr.op) {
    case BinaryOp::Equal:
    case BinaryOp::NotEqual: return compareEqual(expr, left, right, scope);
    case BinaryOp::Less:
    case BinaryOp::LessEqual:
    case BinaryOp::Greater:
    case BinaryOp::GreaterEqual: return compareOrdered(expr, left, right, scope);
    case BinaryOp::In: return membership(expr, left, right, scope);
    default: return arithmetic(expr, left, right, scope);
  }
}

TypeId Checker::reportOperator(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope) {
  const ExprId leftId{expr.a}, rightId{expr.b};
  for (const auto& [id, type] : {std::pair(leftId, left), std::pair(rightId, right)}) {
    if (!core_.types.isOptional(type)) continue;
    report(code::may_be_absent, m_[id].span, {describeValue(id, type), fmt::format("`{}`", spelling(expr.op)), "a value"}, &scope).label("write `?? …` behind it, or test it first");
    return types::errorType;
  }
  auto& diagnostic = report(code::bad_operands, expr.span, {std::string(spelling(expr.op)), describeValue(leftId, left), describeValue(rightId, right)}, &scope);
  const bool text = look(left) == TypeKind::String || look(right) == TypeKind::String;
  const auto isRecord = [&](TypeId type) { return look(type) == TypeKind::Record || look(type) == TypeKind::Map; };
  if (expr.op == BinaryOp::Add && isRecord(left) && isRecord(right)) diagnostic.label("put both into one: `{ ...a, ...b }`");
  if (expr.op == BinaryOp::Add && text) diagnostic.label("put values into text with `\"${…}\"`");
  return types::errorType;
}

TypeId Checker::arithmetic(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope) {
  if (core_.types.isOptional(left) || core_.types.isOptional(right)) return reportOperator(expr, left, right, scope);
  const auto a = operandOf(core_.types, left), b = operandOf(core_.types, right);
  if (a == Operand::Unknown || b == Operand::Unknown) return types::anyType;
  const bool additive = expr.op == BinaryOp::Add || expr.op == BinaryOp::Subtract;
  if (isNumber(a) && isNumber(b)) return a == Operand::Float || b == Operand::Float ? types::floatType : types::intType;
  if (a == Operand::Text && b == Operand::Text && expr.op == BinaryOp::Add) return types::stringType;
  if (a == Operand::List && b == Operand::List && expr.op == BinaryOp::Add) {
    TypeId key{}, first{}, second{};
    elementTypes(left, key, first);
    elementTypes(right, key, second);
    return core_.types.list(join(first, second));
  }
  if (a == Operand::Quantity || b == Operand::Quantity) {
    const bool other = a == Operand::Quantity ? b == Operand::Quantity || b == Operand::Int || b == Operand::Float : a == Operand::Int || a == Operand::Float;
    if (!other) return reportOperator(expr, left, right, scope);
    if (additive) return a == Operand::Float || b == Operand::Float ? reportOperator(expr, left, right, scope) : types::quantityType;
    if (expr.op == BinaryOp::Multiply) return a == b ? reportOperator(expr, left, right, scope) : types::quantityType;
    if (expr.op == BinaryOp::Divide && a == Operand::Quantity) return b == Operand::Quantity ? types::floatType : types::quantityType;
    return reportOperator(expr, left, right, scope);
  }
  if (a == Operand::Duration || b == Operand::Duration) {
    if (additive) {
      const bool both = (a == Operand::Duration || a == Operand::Seconds) && (b == Operand::Duration || b == Operand::Seconds);
      if (!both) return reportOperator(expr, left, right, scope);
      return a == b ? types::durationType : types::secondsType;
    }
    if (expr.op == BinaryOp::Multiply && (isNumber(a) || isNumber(b))) return types::durationType;
    if (expr.op == BinaryOp::Divide && a == Operand::Duration && b == Operand::Duration) return types::floatType;
    if (expr.op == BinaryOp::Divide && a == Operand::Duration && isNumber(b)) return types::durationType;
  }
  return reportOperator(expr, left, right, scope);
}

TypeId Checker::compareOrdered(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope) {
  if (core_.types.isOptional(left) || core_.types.isOptional(right)) {
    reportOperator(expr, left, right, scope);
    return types::boolType;
  }
  const auto a = operandOf(core_.types, left), b = operandOf(core_.types, right);
  const auto ordered = [](Operand x, Operand y) {
    if (isNumber(x) && isNumber(y)) return true;
    if (x == Operand::Quantity) return y == Operand::Quantity || y == Operand::Int;
    if (x == Operand::Duration) return y == Operand::Duration || y == Operand::Seconds;
    return x == Operand::Text && y == Operand::Text;
  };
  if (a != Operand::Unknown && b != Operand::Unknown && !ordered(a, b) && !ordered(b, a)) reportOperator(expr, left, right, scope);
  return types::boolType;
}

TypeId Checker::compareEqual(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope) {
  const ExprId leftId{expr.a}, rightId{expr.b};
  if (core_.relation.overlaps(left, right)) {
    // A literal text against a closed choice of texts: a typo never equals.
    for (const auto& [literal, other] : {std::pair(leftId, right), std::pair(rightId, left)}) {
      if (m_[literal].kind != ExprKind::String || kindOf(core_.types.required(other)) != TypeKind::Union) continue;
      const auto wanted = core_.types.stringLiteral(Symbol{m_[literal].a});
      if (intersect(core_.types.required(other), wanted) != types::neverType) continue;
      auto& diagnostic = report(code::never_equal, m_[literal].span, {print(wanted), describeValue(literal == leftId ? rightId : leftId, other)}, &scope);
      suggestLiteral(diagnostic, base::text(Symbol{m_[literal].a}), other, m_[literal].span);
      diagnostic.note(fmt::format("it is {}", print(core_.types.required(other))));
    }
    return types::boolType;
  }
  report(code::never_equal, expr.span, {describeValue(leftId, left), describeValue(rightId, right)}, &scope);
  return types::boolType;
}

TypeId Checker::membership(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope) {
  const ExprId leftId{expr.a}, rightId{expr.b};
  if (core_.types.isOptional(right)) {
    reportOperator(expr, types::errorType, right, scope);
    return types::boolType;
  }
  const auto form = look(right);
  if (form == TypeKind::Any) return types::boolType;
  if (receiverOf(right) == types::Receiver::String) {
    if (receiverOf(left) != types::Receiver::String && look(left) != TypeKind::Any) reportOperator(expr, left, right, scope);
    return types::boolType;
  }
  TypeId key{}, value{};
  if (!elementTypes(right, key, value)) {
    reportOperator(expr, left, right, scope);
    return types::boolType;
  }
  const auto member = form == TypeKind::Map || form == TypeKind::Record ? key : value;
  if (member != types::neverType && !core_.relation.overlaps(left, member)) {
    report(code::never_equal, expr.span, {describeValue(leftId, left), fmt::format("the elements of {}", describeValue(rightId, right))}, &scope);
  }
  return types::boolType;
}

TypeId Checker::negate(const hir::Expr& expr, const Scope& scope, TypeId hint) {
  const ExprId operand{expr.a};
  const auto type = infer(operand, scope, hint);
  if (type == types::errorType) return type;
  switch (core_.types.isOptional(type) ? Operand::Other : operandOf(core_.types, type)) {
    case Operand::Int:
    case Operand::Seconds: return types::intType;
    case Operand::Float: return types::floatType;
    case Operand::Quantity: return types::quantityType;
    case Operand::Duration: return types::durationType;
    case Operand::Unknown: return types::anyType;
    default:
      report(code::type_mismatch, m_[operand].span, {"`-`", "a number", describeValue(operand, type)}, &scope);
      return types::errorType;
  }
}

}  // namespace kdsl::sema
