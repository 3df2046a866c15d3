// Numbers: the functions over all kinds of them, and the methods of int, float and bool.
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "codec/float_text.hpp"
#include "eval/builtins/arithmetic.hpp"
#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"

namespace kdsl::eval::builtins {

Value negated(BuiltinCall& call, Value value) {
  switch (value.kind()) {
    case ValueKind::Int: {
      std::int64_t result = 0;
      if (__builtin_sub_overflow(std::int64_t{0}, value.asInt(), &result)) return call.fail("the result does not fit 64 bits");
      return Value::integer(result);
    }
    case ValueKind::Float: return Value::floating(-value.asFloat());
    case ValueKind::Quantity: return checked(call, negate(value.asQuantity()));
    case ValueKind::Duration: return checked(call, negate(value.asDuration()));
    default: return call.fail(fmt::format("{} is no number", describe(value.kind())));
  }
}

Value added(BuiltinCall& call, Value a, Value b) {
  const auto isPlain = [](Value value) { return value.is(ValueKind::Int) || value.is(ValueKind::Float); };
  if (a.is(ValueKind::Int) && b.is(ValueKind::Int)) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(a.asInt(), b.asInt(), &result)) return call.fail("the sum does not fit 64 bits");
    return Value::integer(result);
  }
  if (isPlain(a) && isPlain(b)) return finite(call, Parameter<double>::read(call, a) + Parameter<double>::read(call, b));
  if (a.is(ValueKind::Duration) && b.is(ValueKind::Duration)) return checked(call, add(a.asDuration(), b.asDuration()));
  if (Parameter<units::Quantity>::accepts(a) && Parameter<units::Quantity>::accepts(b)) {
    return checked(call, add(Parameter<units::Quantity>::read(call, a), Parameter<units::Quantity>::read(call, b)));
  }
  return call.fail(fmt::format("{} and {} cannot be added", describe(a.kind()), describe(b.kind())));
}

bool haveOrder(BuiltinCall& call, std::span<const Value> values) {
  enum class Order : std::uint8_t { None, Number, Duration, Text };
  const auto orderOf = [](Value value) {
    switch (value.kind()) {
      case ValueKind::Int:
      case ValueKind::Float:
      case ValueKind::Quantity: return Order::Number;
      case ValueKind::Duration: return Order::Duration;
      case ValueKind::String: return Order::Text;
      default: return Order::None;
    }
  };
  for (const Value value : values) {
    const auto order = orderOf(value);
    if (order == Order::None) {
      call.fail(fmt::format("{} has no order: compare numbers or texts", describe(value.kind())));
      return false;
    }
    if (value.is(ValueKind::Float) && std::isnan(value.asFloat())) {
      call.fail("what is not a number has no order");
      return false;
    }
    if (order != orderOf(values.front())) {
      call.fail(fmt::format("{} and {} cannot be compared", describe(values.front().kind()), describe(value.kind())));
      return false;
    }
  }
  return true;
}

Value finite(BuiltinCall& call, double result) { return std::isfinite(result) ? Value::floating(result) : call.fail("the result is out of the range of floats"); }

Value wholeNumber(BuiltinCall& call, double value) {
  if (value >= -0x1p63 && value < 0x1p63) return Value::integer(static_cast<std::int64_t>(value));
  return call.fail("the result does not fit 64 bits");
}

namespace {

using types::Builtin;

// --- functions over all that has an order

/// The argument that stands before all others: -1 for the smallest, 1 for the largest; the first of equal ones.
Value extreme(BuiltinCall& call, int sign) {
  std::vector<Value> values;
  for (std::size_t i = 0; i < call.size(); ++i) {
    if (call[i].isError()) return Value::error();
    values.push_back(call[i]);
  }
  if (!call.spend(values.size()) || !haveOrder(call, values)) return Value::error();
  Value best = call[0];
  for (const Value value : values) {
    if (call.compare(value, best) * sign > 0) best = value;
  }
  return best;
}

Value minimum(BuiltinCall& call) { return extreme(call, -1); }
Value maximum(BuiltinCall& call) { return extreme(call, 1); }

Value clamp(BuiltinCall& call, Value value, Value low, Value high) {
  const Value all[] = {value, low, high};
  if (!haveOrder(call, all)) return Value::error();
  if (call.compare(low, high) > 0) return call.fail("`clamp` wants a `low` that is not above `high`");
  if (call.compare(value, low) < 0) return low;
  return call.compare(value, high) > 0 ? high : value;
}

Value absolute(BuiltinCall& call, Value value) {
  const bool isNegative = (value.is(ValueKind::Int) && value.asInt() < 0) || (value.is(ValueKind::Float) && value.asFloat() < 0) ||
                          (value.is(ValueKind::Quantity) && value.asQuantity().isNegative()) ||
                          (value.is(ValueKind::Duration) && value.asDuration() < units::Duration());
  return isNegative ? negated(call, value) : value;
}

Value rangeOf(BuiltinCall& call, std::int64_t start, std::int64_t end, std::int64_t step) {
  if (step == 0) return call.fail("`range` wants a step that is not 0");
  const __int128 distance = step > 0 ? static_cast<__int128>(end) - start : static_cast<__int128>(start) - end;
  const __int128 width = step > 0 ? static_cast<__int128>(step) : -static_cast<__int128>(step);
  const auto count = distance <= 0 ? 0 : static_cast<std::size_t>((distance + width - 1) / width);
  if (!call.spend(count)) return Value::error();
  std::vector<Value> items;
  items.reserve(count);
  for (std::size_t i = 0; i < count; ++i) items.push_back(Value::integer(static_cast<std::int64_t>(start + static_cast<__int128>(i) * step)));
  return call.list(items);
}

Value range(BuiltinCall& call, std::int64_t end) { return rangeOf(call, 0, end, 1); }
Value rangeBetween(BuiltinCall& call, std::int64_t start, std::int64_t end, std::optional<std::int64_t> step) {
  return rangeOf(call, start, end, step.value_or(1));
}

// --- int

Value intToString(BuiltinCall& call, std::int64_t value, std::optional<std::int64_t> base) {
  const auto radix = base.value_or(10);
  if (radix < 2 || radix > 36) return call.fail(fmt::format("`toString` wants a base of 2 to 36, not {}", radix));
  std::array<char, 66> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, static_cast<int>(radix)).ptr;
  return wrap(call, std::string(digits.data(), end));
}

double intToFloat(std::int64_t value) { return static_cast<double>(value); }

Value intPower(BuiltinCall& call, std::int64_t value, std::int64_t exponent) {
  if (exponent < 0) return call.fail(fmt::format("`pow` of an int wants an exponent of 0 or more, not {}", exponent));
  std::int64_t result = 1;
  for (std::int64_t square = value;;) {
    if ((exponent & 1) != 0 && __builtin_mul_overflow(result, square, &result)) break;
    exponent >>= 1;
    if (exponent == 0) return Value::integer(result);
    if (__builtin_mul_overflow(square, square, &square)) break;
  }
  return call.fail("the result does not fit 64 bits");
}

/// value ÷ divisor, rounded down, or up.
Value roundedDivision(BuiltinCall& call, std::int64_t value, std::int64_t divisor, bool up) {
  if (divisor == 0) return call.fail("division by zero");
  if (divisor == -1) return negated(call, Value::integer(value));  // the quotient of the least int overflows
  const auto quotient = value / divisor;
  if (value % divisor == 0) return Value::integer(quotient);
  const bool isNegative = (value < 0) != (divisor < 0);
  if (up) return Value::integer(isNegative ? quotient : quotient + 1);
  return Value::integer(isNegative ? quotient - 1 : quotient);
}

Value floorDiv(BuiltinCall& call, std::int64_t value, std::int64_t divisor) { return roundedDivision(call, value, divisor, false); }
Value ceilDiv(BuiltinCall& call, std::int64_t value, std::int64_t divisor) { return roundedDivision(call, value, divisor, true); }

// --- float, bool

std::string floatToString(double value) {
  std::string result;
  codec::appendFloat(result, value);
  return result;
}

Value round(BuiltinCall& call, double value) { return wholeNumber(call, std::round(value)); }
Value floor(BuiltinCall& call, double value) { return wholeNumber(call, std::floor(value)); }
Value ceil(BuiltinCall& call, double value) { return wholeNumber(call, std::ceil(value)); }
Value trunc(BuiltinCall& call, double value) { return wholeNumber(call, std::trunc(value)); }

Value toFixed(BuiltinCall& call, double value, std::int64_t digits) {
  if (digits < 0 || digits > 20) return call.fail(fmt::format("`toFixed` wants 0 to 20 digits, not {}", digits));
  return wrap(call, fmt::format("{:.{}f}", value, digits));
}

Value floatPower(BuiltinCall& call, double value, double exponent) { return finite(call, std::pow(value, exponent)); }

std::string_view boolToString(bool value) { return value ? "true" : "false"; }

constexpr Implementation kImplementations[] = {
    {Builtin::min, bound<minimum>},
    {Builtin::max, bound<maximum>},
    {Builtin::clamp, bound<clamp>},
    {Builtin::abs, bound<absolute>},
    {Builtin::range, bound<range>},
    {Builtin::range_between, bound<rangeBetween>},
    {Builtin::int_toString, bound<intToString>},
    {Builtin::int_toFloat, bound<intToFloat>},
    {Builtin::int_pow, bound<intPower>},
    {Builtin::int_floorDiv, bound<floorDiv>},
    {Builtin::int_ceilDiv, bound<ceilDiv>},
    {Builtin::float_toString, bound<floatToString>},
    {Builtin::float_round, bound<round>},
    {Builtin::float_floor, bound<floor>},
    {Builtin::float_ceil, bound<ceil>},
    {Builtin::float_trunc, bound<trunc>},
    {Builtin::float_toFixed, bound<toFixed>},
    {Builtin::float_pow, bound<floatPower>},
    {Builtin::bool_toString, bound<boolToString>},
};

}  // namespace

std::span<const Implementation> numberImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
