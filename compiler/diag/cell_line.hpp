#pragma once
// A source line laid out in the cells of a terminal.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kdsl::diag {

/// Half-open range of cells.
struct CellRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Tabs reach to the next multiple of four; what must not be printed as it is, is shown by a stand-in (see visible.hpp). Of a very long
/// line only the surroundings of `anchor` (a byte offset) are laid out, so that the cost does not grow with the line.
class CellLine {
 public:
  CellLine(std::string_view line, std::uint32_t anchor);

  /// Cells of the laid-out part.
  std::uint32_t width() const { return width_; }
  /// True if the laid-out part is not the whole line.
  bool isPartial() const { return cutBefore_ || cutAfter_; }
  /// The cell where the character at a byte offset begins; offsets outside of the laid-out part are clamped to it.
  std::uint32_t cellAt(std::uint32_t offset) const;
  /// Appends what stands in `window`; an ellipsis takes the place of its first or last cell where something is left out there.
  void append(std::string& out, CellRange window) const;

 private:
  struct Glyph {
    std::uint32_t offset;  // of the character, in the line
    std::uint32_t cell;
    std::uint32_t textBegin;  // of what is shown for it, in text_
  };

  std::string text_;
  std::vector<Glyph> glyphs_;  // ends with one that stands behind the last
  std::uint32_t width_ = 0;
  bool cutBefore_ = false;
  bool cutAfter_ = false;
};

}  // namespace kdsl::diag
