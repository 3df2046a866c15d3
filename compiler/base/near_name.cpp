#include "base/near_name.hpp"

#include <algorithm>
#include <cctype>

namespace kdsl::base {

unsigned editDistance(std::string_view a, std::string_view b, unsigned limit) {
  const auto longer = std::max(a.size(), b.size());
  const auto shorter = std::min(a.size(), b.size());
  if (longer - shorter > limit || longer > 256) return limit + 1;
  std::vector<unsigned> beforeLast(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<unsigned>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<unsigned>(i);
    unsigned best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const unsigned differs = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + differs});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], beforeLast[j - 2] + 1);
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
    std::swap(beforeLast, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates) {
  const auto limit = static_cast<unsigned>(std::max<std::size_t>(1, name.size() / 3));
  const auto sameButForCase = [&](std::string_view other) {
    return other.size() == name.size() && std::equal(name.begin(), name.end(), other.begin(), [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
  };
  std::string_view best;
  unsigned bestDistance = limit + 1;
  for (const auto candidate : candidates) {
    if (candidate.empty()) continue;
    const auto distance = sameButForCase(candidate) ? 0 : editDistance(name, candidate, limit);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

}  // namespace kdsl::base
