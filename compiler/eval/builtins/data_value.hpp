#pragma once
// Values as documents (codec::Data), and documents as values.
#include <optional>

#include "codec/data.hpp"
#include "eval/builtins/bind.hpp"

namespace kdsl::eval::builtins {

/// All of a value, forced. Quantities and Durations are their text. nullopt: the value holds an error, or has no form as data, and that was reported.
std::optional<codec::Data> toData(BuiltinCall& call, Value value);

/// An error value if the data has an infinite number or NaN, which was reported.
Value fromData(BuiltinCall& call, const codec::Data& data);

}  // namespace kdsl::eval::builtins
