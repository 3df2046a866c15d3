#include "diag/caret_rows.hpp"

#include <algorithm>
#include <utility>

#include "source/utf8.hpp"

namespace kdsl::diag {
namespace {

using Row = std::vector<CellMark>;

/// Carets that touch would read as one mark, so a row keeps a blank between two.
bool touches(const CellMark& a, const CellMark& b) { return a.cells.begin <= b.cells.end && b.cells.begin <= a.cells.end; }

std::vector<Row> intoRows(std::vector<CellMark> marks) {
  const auto byCell = [](const CellMark& a, const CellMark& b) { return a.cells.begin < b.cells.begin; };
  if (marks.size() > 1) std::stable_sort(marks.begin() + 1, marks.end(), byCell);
  std::vector<Row> rows;
  for (auto& mark : marks) {
    const auto free = [&](const Row& row) {
      return std::none_of(row.begin(), row.end(), [&](const CellMark& other) { return touches(mark, other); });
    };
    auto row = std::find_if(rows.begin(), rows.end(), free);
    if (row == rows.end()) row = rows.emplace(rows.end());
    row->push_back(std::move(mark));
  }
  for (auto& row : rows) std::stable_sort(row.begin(), row.end(), byCell);
  return rows;
}

/// Writes cells of one row from left to right.
class RowWriter {
 public:
  RowWriter(Painter& painter, std::string_view lead) : painter_(painter) { painter_.paint(Style::Frame, lead); }
  ~RowWriter() { painter_.plain() += '\n'; }
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  void put(std::uint32_t cell, std::string_view text, std::uint32_t width, Style style) {
    painter_.plain().append(1 + cell - cell_, ' ');  // one blank parts the row from its lead
    painter_.paint(style, text);
    cell_ = cell + width + 1;
  }

 private:
  Painter& painter_;
  std::uint32_t cell_ = 0;
};

void writeRow(Painter& painter, const Row& row, std::string_view lead) {
  std::vector<const CellMark*> hanging;
  {
    RowWriter writer(painter, lead);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto& mark = row[i];
      const auto carets = mark.cells.end - mark.cells.begin;
      const auto words = source::displayWidth(mark.text);
      constexpr std::uint32_t blanksBeforeNext = 2;
      const bool fits = i + 1 == row.size() || mark.cells.end + 1 + words + blanksBeforeNext <= row[i + 1].cells.begin;
      std::string shown(carets, '^');
      if (fits && words != 0) shown.append(" ").append(mark.text);
      if (!fits && words != 0) hanging.push_back(&mark);
      writer.put(mark.cells.begin, shown, fits && words != 0 ? carets + 1 + words : carets, mark.style);
    }
  }
  // From the right, so that words never cross the bar of another mark.
  while (!hanging.empty()) {
    RowWriter writer(painter, lead);
    for (std::size_t i = 0; i + 1 < hanging.size(); ++i) writer.put(hanging[i]->cells.begin, "|", 1, hanging[i]->style);
    const auto& last = *hanging.back();
    writer.put(last.cells.begin, last.text, source::displayWidth(last.text), last.style);
    hanging.pop_back();
  }
}

}  // namespace

void writeCaretRows(Painter& painter, std::vector<CellMark> marks, std::string_view lead) {
  for (auto& mark : marks) mark.cells.end = std::max(mark.cells.end, mark.cells.begin + 1);
  for (const auto& row : intoRows(std::move(marks))) writeRow(painter, row, lead);
}

}  // namespace kdsl::diag
