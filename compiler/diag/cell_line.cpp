#include "diag/cell_line.hpp"

#include <algorithm>

#include "diag/visible.hpp"
#include "source/utf8.hpp"

namespace kdsl::diag {
namespace {

constexpr std::uint32_t tabStop = 4;
/// Bytes laid out on each side of the anchor. More than any terminal shows.
constexpr std::uint32_t reach = 2048;
constexpr std::string_view ellipsis = "…";

bool continuesCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

CellLine::CellLine(std::string_view line, std::uint32_t anchor) {
  const auto size = static_cast<std::uint32_t>(line.size());
  anchor = std::min(anchor, size);
  std::uint32_t begin = anchor > reach ? anchor - reach : 0;
  std::uint32_t end = size - anchor > reach ? anchor + reach : size;
  while (begin < anchor && continuesCharacter(line[begin])) ++begin;
  while (end > anchor && end < size && continuesCharacter(line[end])) --end;
  cutBefore_ = begin > 0;
  cutAfter_ = end < size;

  line = line.substr(0, end);
  glyphs_.reserve(end - begin + 1);
  for (auto at = begin; at < end;) {
    const auto textBegin = static_cast<std::uint32_t>(text_.size());
    glyphs_.push_back({at, width_, textBegin});
    if (line[at] == '\t') {
      const auto cells = tabStop - width_ % tabStop;
      text_.append(cells, ' ');
      width_ += cells;
      ++at;
    } else {
      at += appendVisibleCharacter(text_, line, at);
      width_ += source::displayWidth(std::string_view(text_).substr(textBegin));
    }
  }
  glyphs_.push_back({end, width_, static_cast<std::uint32_t>(text_.size())});
}

std::uint32_t CellLine::cellAt(std::uint32_t offset) const {
  // The last glyph that does not begin behind the offset: an offset inside a character belongs to it.
  const auto next =
      std::upper_bound(glyphs_.begin(), glyphs_.end(), offset, [](std::uint32_t at, const Glyph& glyph) { return at < glyph.offset; });
  return next == glyphs_.begin() ? 0 : std::prev(next)->cell;
}

void CellLine::append(std::string& out, CellRange window) const {
  const bool clippedBefore = cutBefore_ || window.begin > 0;
  const bool clippedAfter = cutAfter_ || window.end < width_;
  auto cell = window.begin;
  if (clippedBefore) {
    out += ellipsis;
    ++cell;
  }
  const auto last = clippedAfter && window.end > cell ? window.end - 1 : window.end;
  bool combines = clippedBefore;  // with a character that was left out
  for (std::size_t i = 0; i + 1 < glyphs_.size(); ++i) {
    const auto& glyph = glyphs_[i];
    const auto& next = glyphs_[i + 1];
    if (glyph.cell < cell || (combines && next.cell == glyph.cell)) continue;
    if (next.cell > last) break;
    combines = false;
    // A wide character that the clip would cut in two leaves a blank.
    for (; cell < glyph.cell; ++cell) out += ' ';
    out.append(text_, glyph.textBegin, next.textBegin - glyph.textBegin);
    cell = next.cell;
  }
  if (clippedAfter) {
    for (; cell < last; ++cell) out += ' ';
    out += ellipsis;
  }
}

}  // namespace kdsl::diag
