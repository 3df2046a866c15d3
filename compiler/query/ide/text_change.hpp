#pragma once
// Two versions of a text, and which places of one are which of the other.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kdsl::query {

/// What changed between two texts, as one piece from the first difference to the last. O(size of the texts) to find.
class TextChange {
 public:
  TextChange(std::string_view before, std::string_view after) {
    const auto common = std::min(before.size(), after.size());
    const auto head = std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(common), after.begin()).first - before.begin();
    std::size_t tail = 0;
    while (tail < common - static_cast<std::size_t>(head) && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
    begin_ = static_cast<std::uint32_t>(head);
    endBefore_ = static_cast<std::uint32_t>(before.size() - tail);
    endAfter_ = static_cast<std::uint32_t>(after.size() - tail);
  }

  /// None within what changed.
  std::optional<std::uint32_t> before(std::uint32_t after) const { return moved(after, endAfter_, endBefore_); }
  std::optional<std::uint32_t> after(std::uint32_t before) const { return moved(before, endBefore_, endAfter_); }
  /// As after(); within what changed, its begin.
  std::uint32_t nearestAfter(std::uint32_t before) const { return after(before).value_or(begin_); }

 private:
  std::optional<std::uint32_t> moved(std::uint32_t offset, std::uint32_t end, std::uint32_t newEnd) const {
    if (offset >= end) return offset - end + newEnd;
    if (offset <= begin_) return offset;
    return std::nullopt;
  }

  std::uint32_t begin_ = 0, endBefore_ = 0, endAfter_ = 0;
};

}  // namespace kdsl::query
