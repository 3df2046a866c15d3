#pragma once
// Which elements of two lists belong together.
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace kdsl::delta {

inline constexpr std::size_t noElement = static_cast<std::size_t>(-1);

/// Pairs (before, after) in order; an element without a partner has noElement on the other side. Equal elements are paired along a longest common
/// subsequence; what lies between two such pairs is paired by position as far as both sides have elements. Lists of more than some hundred differing
/// elements are paired by position. O(n + d²) calls of `equal` for d elements between the common begin and end.
std::vector<std::pair<std::size_t, std::size_t>> align(std::size_t before, std::size_t after, const std::function<bool(std::size_t, std::size_t)>& equal);

}  // namespace kdsl::delta
