#include "lsp/features/line_edits.hpp"

#include <algorithm>

#include "source/utf8.hpp"

namespace kdsl::lsp {
namespace {

/// More changed lines than this are replaced in one edit.
constexpr int maxChanges = 400;

/// Lines with their line breaks, as the protocol counts them.
std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (!ends) continue;
    lines.push_back(text.substr(begin, i + 1 - begin));
    begin = i + 1;
  }
  if (begin < text.size()) lines.push_back(text.substr(begin));
  return lines;
}

/// Pairs of equal lines, in order: the longest common subsequence by Myers' algorithm. None in `found` if it takes too many steps.
struct Match {
  std::size_t before;
  std::size_t after;
};
bool commonLines(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b, std::vector<Match>& found) {
  const int n = static_cast<int>(a.size()), m = static_cast<int>(b.size());
  const int limit = std::min(n + m, maxChanges);
  std::vector<std::vector<int>> history;
  std::vector<int> furthest(2 * static_cast<std::size_t>(limit) + 3, 0);
  const auto at = [&](std::vector<int>& v, int k) -> int& { return v[static_cast<std::size_t>(std::ptrdiff_t{k} + limit + 1)]; };
  for (int d = 0; d <= limit; ++d) {
    history.push_back(furthest);
    for (int k = -d; k <= d; k += 2) {
      const bool down = k == -d || (k != d && at(furthest, k - 1) < at(furthest, k + 1));
      int x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      int y = x - k;
      while (x < n && y < m && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(y)]) {
        ++x;
        ++y;
      }
      at(furthest, k) = x;
      if (x < n || y < m) continue;
      for (int step = d; step >= 0; --step) {
        auto& before = history[static_cast<std::size_t>(step)];
        const int diagonal = x - y;
        const bool wasDown = diagonal == -step || (diagonal != step && at(before, diagonal - 1) < at(before, diagonal + 1));
        const int previous = wasDown ? diagonal + 1 : diagonal - 1;
        const int fromX = step == 0 ? 0 : at(before, previous);
        const int fromY = step == 0 ? 0 : fromX - previous;
        while (x > fromX && y > fromY) {
          --x;
          --y;
          found.push_back({static_cast<std::size_t>(x), static_cast<std::size_t>(y)});
        }
        x = fromX;
        y = fromY;
      }
      std::reverse(found.begin(), found.end());
      return true;
    }
  }
  return false;
}

class Edits {
 public:
  Edits(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after, source::ColumnUnit unit)
      : before_(before), after_(after), unit_(unit) {}

  /// Replaces lines [from, to) of the old text by lines [begin, end) of the new.
  void replace(std::size_t from, std::size_t to, std::size_t begin, std::size_t end) {
    if (from == to && begin == end) return;
    TextEdit edit;
    edit.range = {startOf(from), startOf(to)};
    for (auto i = begin; i < end; ++i) edit.newText += after_[i];
    edits.push_back(std::move(edit));
  }

  std::vector<TextEdit> edits;

 private:
  Position startOf(std::size_t line) const {
    if (line < before_.size() || before_.empty()) return {static_cast<std::uint32_t>(line), 0};
    const auto last = before_.back();
    const bool closed = last.back() == '\n' || last.back() == '\r';
    if (closed) return {static_cast<std::uint32_t>(line), 0};
    return {static_cast<std::uint32_t>(line - 1), source::columnsOf(last, unit_)};
  }

  const std::vector<std::string_view>& before_;
  const std::vector<std::string_view>& after_;
  source::ColumnUnit unit_;
};

}  // namespace

std::vector<TextEdit> lineEdits(std::string_view before, std::string_view after, source::ColumnUnit unit) {
  const auto a = linesOf(before), b = linesOf(after);
  std::vector<Match> same;
  Edits edits(a, b, unit);
  if (!commonLines(a, b, same)) {
    edits.replace(0, a.size(), 0, b.size());
    return std::move(edits.edits);
  }
  std::size_t i = 0, j = 0;
  for (const auto& match : same) {
    edits.replace(i, match.before, j, match.after);
    i = match.before + 1;
    j = match.after + 1;
  }
  edits.replace(i, a.size(), j, b.size());
  return std::move(edits.edits);
}

}  // namespace kdsl::lsp
