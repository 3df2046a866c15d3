#pragma once
// Whether a value keeps to the ranges of its type: bounds, patterns, literals. The kind of the value was checked before.
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "types/table.hpp"
#include "units/duration.hpp"
#include "units/quantity.hpp"

namespace kdsl::types {

/// A scalar as ranges look at it.
using Scalar = std::variant<bool, std::int64_t, double, std::string_view, units::Quantity, units::Duration>;

/// What is wrong with `value` as a value of `type`, as the end of a sentence ("is above 65535", "does not match `[a-z]+`"); nothing if it keeps to
/// the range, or is of a kind that `type` says nothing about. A value of a union must keep to one branch. Predicates (`where`) are not looked at.
std::optional<std::string> violation(const TypeTable& table, TypeId type, const Scalar& value);
/// Whether it only names a pattern, which says little to who does not read those.
bool isPatternViolation(std::string_view violation);

/// The same for the number of elements of a list.
std::optional<std::string> countViolation(const TypeTable& table, TypeId type, std::size_t count);

/// Why `pattern` is no regular expression, or nothing. Patterns are RE2's: linear in the text.
std::optional<std::string> patternError(Symbol pattern);

/// True if `text` as a whole matches. Compiled patterns are kept; thread-safe. A malformed pattern, which was reported, matches everything.
bool matchesWhole(Symbol pattern, std::string_view text);

/// A Quantity or Duration bound as written in a type; nothing if it cannot be read.
std::optional<units::Quantity> quantityBound(Symbol text);
std::optional<units::Duration> durationBound(Symbol text);

}  // namespace kdsl::types
