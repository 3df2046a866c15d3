#include "syntax/line_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kdsl::syntax {
namespace {

constexpr std::size_t context = 3;
/// Steps of Myers' algorithm whose traces are kept; the memory is quadratic in them.
constexpr std::ptrdiff_t maxDifferences = 2000;

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// `old` lines from `oldAt` replaced by `fresh` lines from `newAt`.
struct Change {
  std::size_t oldAt, oldCount, newAt, newCount;
};

class Differ {
 public:
  Differ(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after) : before_(before), after_(after) {}

  std::vector<Change> run() {
    std::size_t prefix = 0;
    while (prefix < before_.size() && prefix < after_.size() && before_[prefix] == after_[prefix]) ++prefix;
    std::size_t suffix = 0;
    while (suffix < before_.size() - prefix && suffix < after_.size() - prefix && before_[before_.size() - 1 - suffix] == after_[after_.size() - 1 - suffix]) ++suffix;
    base_ = prefix;
    oldCount_ = static_cast<std::ptrdiff_t>(before_.size() - prefix - suffix);
    newCount_ = static_cast<std::ptrdiff_t>(after_.size() - prefix - suffix);
    if (oldCount_ == 0 && newCount_ == 0) return {};
    if (!search()) return {{base_, static_cast<std::size_t>(oldCount_), base_, static_cast<std::size_t>(newCount_)}};
    return trace();
  }

 private:
  bool same(std::ptrdiff_t x, std::ptrdiff_t y) const { return before_[base_ + static_cast<std::size_t>(x)] == after_[base_ + static_cast<std::size_t>(y)]; }

  /// Myers' greedy search: furthest_[k] is how far the diagonal x - y = k is reached with d differences. Keeps the state before each d.
  bool search() {
    const auto limit = std::min(oldCount_ + newCount_, maxDifferences);
    std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * limit + 3), 0);
    const auto at = [&](std::ptrdiff_t k) -> std::ptrdiff_t& { return furthest[static_cast<std::size_t>(k + limit + 1)]; };
    for (std::ptrdiff_t d = 0; d <= limit; ++d) {
      states_.emplace_back(furthest.begin() + (limit - d), furthest.begin() + (limit + d + 3));
      for (auto k = -d; k <= d; k += 2) {
        auto x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
        auto y = x - k;
        while (x < oldCount_ && y < newCount_ && same(x, y)) ++x, ++y;
        at(k) = x;
        if (x >= oldCount_ && y >= newCount_) return true;
      }
    }
    return false;
  }

  /// Walks back from the end and joins the single steps to changes.
  std::vector<Change> trace() const {
    std::vector<Change> changes;
    auto x = oldCount_;
    auto y = newCount_;
    for (auto d = static_cast<std::ptrdiff_t>(states_.size()) - 1; d > 0; --d) {
      const auto& state = states_[static_cast<std::size_t>(d)];
      const auto at = [&](std::ptrdiff_t k) { return state[static_cast<std::size_t>(k + d + 1)]; };
      const auto k = x - y;
      const bool inserted = k == -d || (k != d && at(k - 1) < at(k + 1));
      const auto beforeX = inserted ? at(k + 1) : at(k - 1);
      const auto beforeY = beforeX - (inserted ? k + 1 : k - 1);
      const auto oldAt = base_ + static_cast<std::size_t>(beforeX);
      const auto newAt = base_ + static_cast<std::size_t>(beforeY);
      if (!changes.empty() && changes.back().oldAt == oldAt + (inserted ? 0 : 1) && changes.back().newAt == newAt + (inserted ? 1 : 0)) {
        auto& joined = changes.back();
        joined = {oldAt, joined.oldCount + (inserted ? 0 : 1), newAt, joined.newCount + (inserted ? 1 : 0)};
      } else {
        changes.push_back({oldAt, inserted ? 0u : 1u, newAt, inserted ? 1u : 0u});
      }
      x = beforeX;
      y = beforeY;
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
  }

  const std::vector<std::string_view>& before_;
  const std::vector<std::string_view>& after_;
  std::size_t base_ = 0;
  std::ptrdiff_t oldCount_ = 0;
  std::ptrdiff_t newCount_ = 0;
  std::vector<std::vector<std::ptrdiff_t>> states_;
};

void appendLine(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

std::string rangeOf(std::size_t first, std::size_t count) {
  const auto shown = count == 0 ? first : first + 1;
  return count == 1 ? fmt::format("{}", shown) : fmt::format("{},{}", shown, count);
}

}  // namespace

std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view beforeName, std::string_view afterName) {
  const auto oldLines = linesOf(before);
  const auto newLines = linesOf(after);
  const auto changes = Differ(oldLines, newLines).run();
  if (changes.empty()) return {};

  auto out = fmt::format("--- {}\n+++ {}\n", beforeName, afterName);
  for (std::size_t first = 0; first < changes.size();) {
    // Changes whose contexts touch form one hunk.
    auto last = first;
    while (last + 1 < changes.size() && changes[last + 1].oldAt - (changes[last].oldAt + changes[last].oldCount) <= 2 * context) ++last;
    const auto oldBegin = changes[first].oldAt - std::min(context, changes[first].oldAt);
    const auto newBegin = changes[first].newAt - (changes[first].oldAt - oldBegin);
    const auto oldEnd = std::min(changes[last].oldAt + changes[last].oldCount + context, oldLines.size());
    const auto newEnd = changes[last].newAt + changes[last].newCount + (oldEnd - changes[last].oldAt - changes[last].oldCount);
    out += fmt::format("@@ -{} +{} @@\n", rangeOf(oldBegin, oldEnd - oldBegin), rangeOf(newBegin, newEnd - newBegin));
    auto at = oldBegin;
    for (auto i = first; i <= last; ++i) {
      for (; at < changes[i].oldAt; ++at) appendLine(out, ' ', oldLines[at]);
      for (std::size_t n = 0; n < changes[i].oldCount; ++n) appendLine(out, '-', oldLines[at++]);
      for (std::size_t n = 0; n < changes[i].newCount; ++n) appendLine(out, '+', newLines[changes[i].newAt + n]);
    }
    for (; at < oldEnd; ++at) appendLine(out, ' ', oldLines[at]);
    first = last + 1;
  }
  return out;
}

}  // namespace kdsl::syntax
