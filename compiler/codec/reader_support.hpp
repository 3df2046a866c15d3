#pragma once
// What the readers share. Not for use outside this folder.
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "codec/read.hpp"
#include "codec/utf8.hpp"

namespace kdsl::codec {

constexpr ByteSpan spanOf(std::size_t begin, std::size_t end) { return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}; }

/// Reports text that no reader takes: too large, or not UTF-8. True if there is none of that.
inline bool checkText(std::string_view text, const ReadLimits& limits, std::vector<ReadProblem>& problems) {
  // Spans have 32 bits.
  const std::size_t largest = limits.bytes < 0xFFFF'FFFFu ? limits.bytes : 0xFFFF'FFFFu;
  if (text.size() > largest) {
    problems.push_back({Problem::TooLarge, {}, std::to_string(largest), {}});
    return false;
  }
  if (const std::size_t bad = findInvalidUtf8(text); bad != std::string_view::npos) {
    problems.push_back({Problem::InvalidUtf8, spanOf(bad, bad + 1), {}, {}});
    return false;
  }
  return true;
}

/// Reports each key that is there twice and drops its later entry. O(n).
inline void dropDuplicates(DataMap& entries, std::vector<ReadProblem>& problems) {
  constexpr std::size_t few = 8;
  std::vector<std::pair<std::size_t, std::size_t>> duplicates;  // index of the later and of the first
  if (entries.size() <= few) {
    for (std::size_t later = 1; later < entries.size(); ++later) {
      for (std::size_t first = 0; first < later; ++first) {
        if (entries[first].key != entries[later].key) continue;
        duplicates.emplace_back(later, first);
        break;
      }
    }
  } else {
    std::unordered_map<std::string_view, std::size_t> seen;
    seen.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto [place, isNew] = seen.try_emplace(entries[i].key, i);
      if (!isNew) duplicates.emplace_back(i, place->second);
    }
  }
  if (duplicates.empty()) return;
  for (const auto& [later, first] : duplicates) problems.push_back({Problem::DuplicateKey, entries[later].keySpan, entries[later].key, entries[first].keySpan});
  DataMap kept;
  auto next = duplicates.begin();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (next != duplicates.end() && next->first == i) {
      ++next;
    } else {
      kept.push_back(std::move(entries[i]));
    }
  }
  entries = std::move(kept);
}

}  // namespace kdsl::codec
