#include "delta/align.hpp"

#include <algorithm>
#include <cstdint>

namespace kdsl::delta {
namespace {

constexpr std::size_t longestSearched = 400;

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> align(std::size_t before, std::size_t after, const std::function<bool(std::size_t, std::size_t)>& equal) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::size_t head = 0;
  while (head < before && head < after && equal(head, head)) {
    pairs.emplace_back(head, head);
    ++head;
  }
  std::size_t tail = 0;
  while (tail < before - head && tail < after - head && equal(before - 1 - tail, after - 1 - tail)) ++tail;
  const auto rows = before - head - tail, columns = after - head - tail;

  // length[i][j]: of the longest common subsequence of what is behind i and j.
  std::vector<std::pair<std::size_t, std::size_t>> common;
  if (rows > 0 && columns > 0 && rows <= longestSearched && columns <= longestSearched) {
    std::vector<std::uint16_t> length((rows + 1) * (columns + 1), 0);
    std::vector<bool> same(rows * columns);
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return length[i * (columns + 1) + j]; };
    for (auto i = rows; i-- > 0;) {
      for (auto j = columns; j-- > 0;) {
        same[i * columns + j] = equal(head + i, head + j);
        at(i, j) = same[i * columns + j] ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1) : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
    for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
      if (same[i * columns + j]) {
        common.emplace_back(head + i++, head + j++);
      } else if (at(i + 1, j) >= at(i, j + 1)) {
        ++i;
      } else {
        ++j;
      }
    }
  }
  common.emplace_back(head + rows, head + columns);
  auto i = head, j = head;
  for (const auto& [nextBefore, nextAfter] : common) {
    while (i < nextBefore && j < nextAfter) pairs.emplace_back(i++, j++);
    while (i < nextBefore) pairs.emplace_back(i++, noElement);
    while (j < nextAfter) pairs.emplace_back(noElement, j++);
    if (nextBefore < head + rows || nextAfter < head + columns) pairs.emplace_back(i++, j++);
  }
  for (std::size_t k = 0; k < tail; ++k) pairs.emplace_back(head + rows + k, head + columns + k);
  return pairs;
}

}  // namespace kdsl::delta
