#include "base/line_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

namespace kdsl::base {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t contextLines = 3;
/// Beyond this many differences the search would cost more than its result is worth.
constexpr std::int64_t mostDifferences = 2000;

/// The lines with their line breaks.
Lines linesOf(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto size = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

enum class Step : std::uint8_t { Keep, Remove, Add };

/// The shortest way from one list of lines to the other, by Myers' greedy algorithm: `furthest[k]` is how far in `before` a path with d
/// differences reaches on diagonal k; the states of all d are kept, to walk back.
class Search {
 public:
  Search(const Lines& before, const Lines& after) : before_(before), after_(after) {}

  std::vector<Step> steps() {
    const auto n = static_cast<std::int64_t>(before_.size());
    const auto m = static_cast<std::int64_t>(after_.size());
    std::vector<std::int64_t> furthest(static_cast<std::size_t>(2 * mostDifferences + 3), 0);
    const auto at = [&](std::int64_t k) -> std::int64_t& { return furthest[static_cast<std::size_t>(k + mostDifferences + 1)]; };
    for (std::int64_t d = 0; d <= std::min(n + m, mostDifferences); ++d) {
      states_.emplace_back();
      for (std::int64_t k = -d; k <= d; k += 2) {
        auto x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
        while (x < n && x - k < m && before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(x - k)]) ++x;
        at(k) = x;
        states_.back().push_back(x);
        if (x >= n && x - k >= m) return walkBack(d, k);
      }
    }
    std::vector<Step> all(before_.size(), Step::Remove);
    all.insert(all.end(), after_.size(), Step::Add);
    return all;
  }

 private:
  /// What `furthest[k]` was after d differences.
  std::int64_t reached(std::int64_t d, std::int64_t k) const {
    return states_[static_cast<std::size_t>(d)][static_cast<std::size_t>((k + d) / 2)];
  }

  std::vector<Step> walkBack(std::int64_t d, std::int64_t k) const {
    std::vector<Step> steps;
    auto x = reached(d, k);
    for (; d > 0; --d) {
      const bool added = k == -d || (k != d && reached(d - 1, k - 1) < reached(d - 1, k + 1));
      const auto from = added ? k + 1 : k - 1;
      const auto start = added ? reached(d - 1, from) : reached(d - 1, from) + 1;
      steps.insert(steps.end(), static_cast<std::size_t>(x - start), Step::Keep);
      steps.push_back(added ? Step::Add : Step::Remove);
      x = reached(d - 1, from);
      k = from;
    }
    steps.insert(steps.end(), static_cast<std::size_t>(x), Step::Keep);
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  const Lines& before_;
  const Lines& after_;
  std::vector<std::vector<std::int64_t>> states_;
};

void appendLine(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// `line,count` as the format has it: a count of one is left out, an empty range names the line before it.
std::string rangeText(std::size_t begin, std::size_t count) {
  if (count == 1) return fmt::format("{}", begin + 1);
  return fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

}  // namespace

std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view beforeName, std::string_view afterName) {
  if (before == after) return {};
  const auto oldLines = linesOf(before);
  const auto newLines = linesOf(after);
  const auto steps = Search(oldLines, newLines).steps();

  std::string out = fmt::format("--- {}\n+++ {}\n", beforeName, afterName);
  std::size_t oldAt = 0;
  std::size_t newAt = 0;
  for (std::size_t i = 0; i < steps.size();) {
    if (steps[i] == Step::Keep) {
      ++oldAt, ++newAt, ++i;
      continue;
    }
    // A hunk reaches until more kept lines follow than two contexts take.
    const auto lead = std::min(contextLines, oldAt);
    std::size_t end = i;
    for (std::size_t j = i, kept = 0; j < steps.size() && kept <= 2 * contextLines; ++j) {
      kept = steps[j] == Step::Keep ? kept + 1 : 0;
      if (kept == 0) end = j + 1;
    }
    const auto tailEnd = std::min(end + contextLines, steps.size());
    const auto oldBegin = oldAt - lead;
    const auto newBegin = newAt - lead;
    std::string body;
    for (auto line = oldBegin; line < oldAt; ++line) appendLine(body, ' ', oldLines[line]);
    for (; i < tailEnd; ++i) {
      switch (steps[i]) {
        case Step::Keep:
          appendLine(body, ' ', oldLines[oldAt++]);
          ++newAt;
          break;
        case Step::Remove: appendLine(body, '-', oldLines[oldAt++]); break;
        case Step::Add: appendLine(body, '+', newLines[newAt++]); break;
      }
    }
    fmt::format_to(std::back_inserter(out), "@@ -{} +{} @@\n{}", rangeText(oldBegin, oldAt - oldBegin),
                   rangeText(newBegin, newAt - newBegin), body);
  }
  return out;
}

}  // namespace kdsl::base
