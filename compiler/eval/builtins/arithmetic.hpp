#pragma once
// Arithmetic and order over values of any kind of number. What does not fit is reported at the call, and the result is an error value.
#include <fmt/format.h>

#include "eval/builtins/bind.hpp"

namespace kdsl::eval::builtins {

/// -value.
Value negated(BuiltinCall& call, Value value);
/// a + b, of two numbers that can be added.
Value added(BuiltinCall& call, Value a, Value b);

/// True if all values can be compared with each other: numbers, or Durations, or texts. False: they cannot, and that was reported.
bool haveOrder(BuiltinCall& call, std::span<const Value> values);

/// The float, if it is finite.
Value finite(BuiltinCall& call, double result);
/// The int that a whole float stands for, if it fits.
Value wholeNumber(BuiltinCall& call, double value);

/// The value of a calculation with units.
template <typename T>
Value checked(BuiltinCall& call, const units::Result<T>& result) {
  return result ? wrap(call, *result) : call.fail(fmt::format("the result {}", units::explain(result.fault())));
}

}  // namespace kdsl::eval::builtins
