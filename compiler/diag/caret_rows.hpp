#pragma once
// The rows below a source line: carets, and words beside or below them.
#include <string>
#include <vector>

#include "diag/cell_line.hpp"
#include "diag/style.hpp"

namespace kdsl::diag {

/// Cells to underline; at least one is. `text` may be empty.
struct CellMark {
  CellRange cells;
  std::string text;
  Style style;
};

/// Writes the marks of one line, each row begun with `lead` (painted as frame). Marks that overlap get rows of their own, the first mark
/// the first one. The words of a mark stand behind its carets if there is room before the next mark, else below:
///
///     x: f(a, b)
///          ^  ^ second
///          first
void writeCaretRows(Painter& painter, std::vector<CellMark> marks, std::string_view lead);

}  // namespace kdsl::diag
