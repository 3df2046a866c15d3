#pragma once
// "did you mean": the nearest of some names.
#include <span>
#include <string_view>
#include <vector>

namespace kdsl::base {

/// Restricted Damerau-Levenshtein distance (a swap of neighbours is one step),
/// or `limit + 1` as soon as it is known to be larger. O(|a|·|b|).
unsigned editDistance(std::string_view a, std::string_view b, unsigned limit);

/// The candidate that a user most probably meant by `name`, or an empty view if none is near (about a third of its length away).
std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace kdsl::base
