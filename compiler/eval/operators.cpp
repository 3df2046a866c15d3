// Operators: exact arithmetic, comparison, and the short-circuits.
#include <fmt/format.h>

#include <cmath>

#include "eval/evaluator.hpp"
#include "diag/codes/evaluation.hpp"
#include "hir/operators.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using hir::BinaryOp;
using source::Location;

namespace {

/// Found by argument: the name is hidden in the class.
units::Result<units::Quantity> negatedQuantity(const units::Quantity& value) { return negate(value); }

bool isNumber(Value value) { return value.is(ValueKind::Int) || value.is(ValueKind::Float); }
double toDouble(Value value) { return value.is(ValueKind::Int) ? static_cast<double>(value.asInt()) : value.asFloat(); }

}  // namespace

Value Evaluator::wrongOperand(Value value, std::string_view wanted, Location at) {
  if (!value.isError()) report(code::wrong_operand, at, {std::string(wanted), value.isAbsent() ? "nothing" : describe(value)});
  return Value::error();
}

Value Evaluator::overflow(BinaryOp op, Value a, Value b, Location at) {
  report(code::overflow, at, {fmt::format("{} {} {}", describe(a), spelling(op), describe(b))});
  return Value::error();
}

Value Evaluator::negate(Value value, Location at) {
  switch (value.kind()) {
    case ValueKind::Int: return value.asInt() == INT64_MIN ? overflow(BinaryOp::Subtract, Value::integer(0), value, at) : Value::integer(-value.asInt());
    case ValueKind::Float: return Value::floating(-value.asFloat());
    case ValueKind::Quantity: {
      const auto negated = negatedQuantity(value.asQuantity());
      return negated ? Value::quantity(arena_, *negated) : overflow(BinaryOp::Subtract, Value::integer(0), value, at);
    }
    case ValueKind::Duration: return Value::duration(units::Duration::fromNanoseconds(-value.asDuration().nanoseconds()));
    default: return wrongOperand(value, "a number", at);
  }
}

Value Evaluator::binary(const Env& env, hir::ExprId id, Missing missing) {
  const auto& hir = *env.scope->module->hir;
  const auto& expr = hir[id];
  const hir::ExprId left{expr.a}, right{expr.b};
  const auto at = locationOf(env.scope, expr.span);
  const auto boolean = [&](hir::ExprId operand) {
    const auto value = eval(env, operand);
    return value.is(ValueKind::Bool) ? value : wrongOperand(value, "bool", locationOf(env.scope, hir[operand].span));
  };
  switch (expr.op) {
    case BinaryOp::And: {
      const auto a = boolean(left);
      return a.isError() || !a.asBool() ? a : boolean(right);
    }
    case BinaryOp::Or: {
      const auto a = boolean(left);
      return a.isError() || a.asBool() ? a : boolean(right);
    }
    case BinaryOp::Coalesce: {
      const auto a = eval(env, left, Missing::Tolerate);
      return a.isAbsent() ? eval(env, right, missing) : a;
    }
    default: break;
  }
  // Long chains of `+` lean to the left: they are walked, not recursed into.
  std::vector<hir::ExprId> chain{id};
  while (hir[chain.back()].kind == hir::ExprKind::Binary && hir[chain.back()].op >= BinaryOp::Add) chain.push_back(hir::ExprId{hir[chain.back()].a});
  if (chain.size() == 1) {
    const auto a = eval(env, left);
    if (a.isError()) return a;
    const auto b = eval(env, right);
    return b.isError() ? b : operate(expr.op, a, b, at);
  }
  auto result = eval(env, chain.back());
  for (auto i = chain.size() - 1; i-- > 0;) {
    if (result.isError()) return result;
    const auto& step = hir[chain[i]];
    const auto b = eval(env, hir::ExprId{step.b});
    if (b.isError()) return b;
    result = operate(step.op, result, b, locationOf(env.scope, step.span));
  }
  return result;
}

Value Evaluator::operate(BinaryOp op, Value a, Value b, Location at) {
  switch (op) {
    case BinaryOp::Equal: return Value::boolean(equal(a, b));
    case BinaryOp::NotEqual: return Value::boolean(!equal(a, b));
    case BinaryOp::Less: return Value::boolean(compare(a, b) < 0);
    case BinaryOp::LessEqual: return Value::boolean(compare(a, b) <= 0);
    case BinaryOp::Greater: return Value::boolean(compare(a, b) > 0);
    case BinaryOp::GreaterEqual: return Value::boolean(compare(a, b) >= 0);
    case BinaryOp::In: return contains(b, a, at);
    default: return arithmetic(op, a, b, at);
  }
}

Value Evaluator::contains(Value collection, Value wanted, Location at) {
  if (collection.is(ValueKind::List)) {
    for (const auto& item : collection.asList().items) {
      if (!spend(1)) return Value::error();
      if (equal(item, wanted)) return Value::boolean(true);
    }
    return Value::boolean(false);
  }
  if (collection.is(ValueKind::String) && wanted.is(ValueKind::String)) return Value::boolean(collection.asString().find(wanted.asString()) != std::string_view::npos);
  if (!collection.is(ValueKind::Record)) return wrongOperand(collection, "a list or map", at);
  auto* place = collection.asRecord();
  auto* found = child(place, keyOf(wanted));
  return Value::boolean(found != nullptr && !force(found).isAbsent());
}

Value Evaluator::arithmetic(BinaryOp op, Value a, Value b, Location at) {
  if (a.is(ValueKind::Int) && b.is(ValueKind::Int)) {
    const auto x = a.asInt(), y = b.asInt();
    std::int64_t result = 0;
    switch (op) {
      case BinaryOp::Add: return __builtin_add_overflow(x, y, &result) ? overflow(op, a, b, at) : Value::integer(result);
      case BinaryOp::Subtract: return __builtin_sub_overflow(x, y, &result) ? overflow(op, a, b, at) : Value::integer(result);
      case BinaryOp::Multiply: return __builtin_mul_overflow(x, y, &result) ? overflow(op, a, b, at) : Value::integer(result);
      default: break;
    }
    if (y == 0) {
      report(code::division_by_zero, at, {describe(a)});
      return Value::error();
    }
    if (x == INT64_MIN && y == -1) return overflow(op, a, b, at);
    // Towards negative infinity, so that `%` has the divisor's sign: -1 % 3 is 2.
    auto quotient = x / y;
    if (x % y != 0 && (x < 0) != (y < 0)) --quotient;
    return Value::integer(op == BinaryOp::Divide ? quotient : x - quotient * y);
  }
  if (isNumber(a) && isNumber(b)) {
    const auto x = toDouble(a), y = toDouble(b);
    if ((op == BinaryOp::Divide || op == BinaryOp::Remainder) && y == 0) {
      report(code::division_by_zero, at, {describe(a)});
      return Value::error();
    }
    const auto result = [&] {
      switch (op) {
        case BinaryOp::Add: return x + y;
        case BinaryOp::Subtract: return x - y;
        case BinaryOp::Multiply: return x * y;
        case BinaryOp::Divide: return x / y;
        default: return x - std::floor(x / y) * y;
      }
    }();
    return std::isfinite(result) ? Value::floating(result) : overflow(op, a, b, at);
  }
  if (op == BinaryOp::Add && a.is(ValueKind::String) && b.is(ValueKind::String)) {
    const auto bytes = a.asString().size() + b.asString().size();
    if (!spend(1 + bytes / 64) || !hasRoom(bytes)) return Value::error();
    std::string joined(a.asString());
    joined += b.asString();
    const auto text = Value::string(arena_, joined);
    return a.isHidden() || b.isHidden() ? text.hidden() : text;
  }
  if (op == BinaryOp::Add && (a.is(ValueKind::List) || a.is(ValueKind::Record)) && (b.is(ValueKind::List) || b.is(ValueKind::Record))) {
    auto items = itemsOf(a);
    const auto more = itemsOf(b);
    if (!spend(items.size() + more.size()) || !hasRoom((items.size() + more.size()) * sizeof(Value))) return Value::error();
    std::vector<Location> origins;
    origins.reserve(items.size() + more.size());
    const auto addOrigins = [&](const Value& list, std::size_t count) {
      for (std::size_t i = 0; i < count; ++i) origins.push_back(list.is(ValueKind::List) && i < list.asList().origins.size() ? list.asList().origins[i] : at);
    };
    addOrigins(a, items.size());
    addOrigins(b, more.size());
    items.insert(items.end(), more.begin(), more.end());
    return makeList(items, origins);
  }
  if (a.is(ValueKind::Quantity) || b.is(ValueKind::Quantity)) return quantityArithmetic(op, a, b, at);
  if (a.is(ValueKind::Duration) || b.is(ValueKind::Duration)) return durationArithmetic(op, a, b, at);
  report(code::wrong_operands, at, {std::string(spelling(op)), describe(a), describe(b)});
  return Value::error();
}

Value Evaluator::quantityArithmetic(BinaryOp op, Value a, Value b, Location at) {
  const auto toQuantity = [&](Value value) -> units::Result<units::Quantity> {
    switch (value.kind()) {
      case ValueKind::Quantity: return value.asQuantity();
      case ValueKind::Int: return units::Quantity::fromInteger(value.asInt());
      case ValueKind::Float: return units::Quantity::fromDouble(value.asFloat());
      default: return units::Fault::BadNumber;
    }
  };
  const auto x = toQuantity(a), y = toQuantity(b);
  if (!x || !y) {
    report(code::wrong_operands, at, {std::string(spelling(op)), describe(a), describe(b)});
    return Value::error();
  }
  if (op == BinaryOp::Divide && a.is(ValueKind::Quantity) && b.is(ValueKind::Quantity)) {
    const auto result = ratio(*x, *y);
    return result ? Value::floating(*result) : unitFault(result.fault(), op, a, b, at);
  }
  const auto result = [&]() -> units::Result<units::Quantity> {
    switch (op) {
      case BinaryOp::Add: return add(*x, *y);
      case BinaryOp::Subtract: return subtract(*x, *y);
      case BinaryOp::Multiply: return a.is(ValueKind::Quantity) ? multiply(*x, *y) : multiply(*y, *x);
      case BinaryOp::Divide: return divide(*x, *y);
      default: return units::Fault::BadNumber;
    }
  }();
  return result ? Value::quantity(arena_, *result) : unitFault(result.fault(), op, a, b, at);
}

Value Evaluator::durationArithmetic(BinaryOp op, Value a, Value b, Location at) {
  if (op == BinaryOp::Divide && a.is(ValueKind::Duration) && b.is(ValueKind::Duration)) {
    const auto result = ratio(a.asDuration(), b.asDuration());
    return result ? Value::floating(*result) : unitFault(result.fault(), op, a, b, at);
  }
  const auto result = [&]() -> units::Result<units::Duration> {
    const bool both = a.is(ValueKind::Duration) && b.is(ValueKind::Duration);
    if (both && op == BinaryOp::Add) return add(a.asDuration(), b.asDuration());
    if (both && op == BinaryOp::Subtract) return subtract(a.asDuration(), b.asDuration());
    if (a.is(ValueKind::Duration) && b.is(ValueKind::Int) && op == BinaryOp::Multiply) return multiply(a.asDuration(), b.asInt());
    if (a.is(ValueKind::Duration) && b.is(ValueKind::Float) && op == BinaryOp::Multiply) return multiply(a.asDuration(), b.asFloat());
    if (b.is(ValueKind::Duration) && a.is(ValueKind::Int) && op == BinaryOp::Multiply) return multiply(b.asDuration(), a.asInt());
    if (a.is(ValueKind::Duration) && b.is(ValueKind::Int) && op == BinaryOp::Divide) return divide(a.asDuration(), b.asInt());
    return units::Fault::BadNumber;
  }();
  if (result) return Value::duration(*result);
  if (result.fault() == units::Fault::BadNumber) {
    report(code::wrong_operands, at, {std::string(spelling(op)), describe(a), describe(b)});
    return Value::error();
  }
  return unitFault(result.fault(), op, a, b, at);
}

Value Evaluator::unitFault(units::Fault fault, BinaryOp op, Value a, Value b, Location at) {
  if (fault == units::Fault::DivisionByZero) {
    report(code::division_by_zero, at, {describe(a)});
    return Value::error();
  }
  if (fault == units::Fault::TooLarge || fault == units::Fault::TooFine) return overflow(op, a, b, at);
  report(code::wrong_operands, at, {std::string(spelling(op)), describe(a), describe(b)});
  return Value::error();
}

}  // namespace kdsl::eval
