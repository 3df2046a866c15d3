#include "diag/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "diag/caret_rows.hpp"
#include "diag/cell_line.hpp"
#include "diag/visible.hpp"
#include "source/utf8.hpp"

namespace kdsl::diag {
namespace {

constexpr std::uint32_t leastTextWidth = 20;

std::string visible(std::string_view text) {
  std::string out;
  appendVisible(out, text);
  return out;
}

/// The part of a line to show: all of it if it fits, else a window with the marked cells, and with room for the first mark's words where
/// possible.
CellRange windowOf(const CellLine& line, const std::vector<CellMark>& marks, std::uint32_t available) {
  if (line.width() <= available) return {0, line.width()};
  CellRange wanted = marks.empty() ? CellRange{} : marks.front().cells;
  for (const auto& mark : marks) {
    const CellRange both{std::min(wanted.begin, mark.cells.begin), std::max(wanted.end, mark.cells.end)};
    if (both.end - both.begin + 2 <= available) wanted = both;
  }
  const auto length = wanted.end - wanted.begin;
  const auto slack = length + 2 < available ? available - length - 2 : 0;
  const auto words = marks.empty() ? 0 : source::displayWidth(marks.front().text) + 1;
  const auto before = (slack - std::min(words, slack / 2)) / 2;
  auto begin = wanted.begin > before + 1 ? wanted.begin - before - 1 : 0;
  begin = std::min(begin, line.width() - available);
  return {begin, begin + available};
}

CellRange intoWindow(CellRange cells, CellRange window) {
  const auto begin = std::clamp(cells.begin, window.begin, window.end) - window.begin;
  const auto end = std::clamp(cells.end, window.begin, window.end) - window.begin;
  return {begin, std::max(begin, end)};
}

}  // namespace

Excerpt::Line& Excerpt::lineAt(std::uint32_t number) {
  const auto [entry, isNew] = lines_.try_emplace(number);
  if (isNew) entry->second.span = file_->lines().line(file_->text, number);
  return entry->second;
}

void Excerpt::mark(source::Span span, std::string_view text, Style style) {
  const auto size = static_cast<std::uint32_t>(file_->text.size());
  span.begin = std::min(span.begin, size);
  span.end = std::clamp(span.end, span.begin, size);
  const auto& table = file_->lines();
  const auto lineOf = [&](std::uint32_t offset) { return table.lineColumn(file_->text, offset, source::ColumnUnit::Utf8).line; };
  const auto first = lineOf(span.begin);
  // A range that ends with a line break ends on the line that it breaks.
  const auto last = span.empty() ? first : lineOf(span.end - 1);

  auto& firstLine = lineAt(first);
  const auto inLine = [](const Line& line, std::uint32_t offset) {
    return std::clamp(offset, line.span.begin, line.span.end) - line.span.begin;
  };
  if (first == last) {
    firstLine.marks.push_back({inLine(firstLine, span.begin), inLine(firstLine, span.end), text, style});
    return;
  }
  firstLine.marks.push_back({inLine(firstLine, span.begin), firstLine.span.size(), {}, style});
  auto& lastLine = lineAt(last);
  const auto content = std::string_view(file_->text).substr(lastLine.span.begin, lastLine.span.size());
  const auto indentation = std::min(content.find_first_not_of(" \t"), content.size());
  const auto end = inLine(lastLine, span.end);
  lastLine.marks.push_back({std::min(static_cast<std::uint32_t>(indentation), end), end, text, style});
  ranges_.emplace_back(first, last);
}

std::uint32_t Excerpt::numberWidth() const {
  return lines_.empty() ? 0 : static_cast<std::uint32_t>(fmt::formatted_size("{}", lines_.rbegin()->first + 1));
}

bool Excerpt::insideRange(std::uint32_t before, std::uint32_t after) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const auto& range) { return range.first <= before && after <= range.second; });
}

void Excerpt::write(Painter& painter, std::uint32_t gutter, std::uint32_t width) const {
  const Line* previous = nullptr;
  std::uint32_t previousNumber = 0;
  for (const auto& [number, line] : lines_) {
    if (previous != nullptr && number > previousNumber + 1 && insideRange(previousNumber, number)) {
      if (number == previousNumber + 2) {
        const auto between = previousNumber + 1;
        writeLine(painter, between, {file_->lines().line(file_->text, between), {}}, gutter, width);
      } else {
        painter.paint(Style::Frame, "...");
        painter.plain() += '\n';
      }
    }
    writeLine(painter, number, line, gutter, width);
    previous = &line;
    previousNumber = number;
  }
}

void Excerpt::writeLine(Painter& painter, std::uint32_t number, const Line& line, std::uint32_t gutter, std::uint32_t width) const {
  const auto content = std::string_view(file_->text).substr(line.span.begin, line.span.size());
  const CellLine cells(content, line.marks.empty() ? 0 : line.marks.front().begin);
  std::vector<CellMark> marks;
  marks.reserve(line.marks.size());
  for (const auto& mark : line.marks) marks.push_back({{cells.cellAt(mark.begin), cells.cellAt(mark.end)}, visible(mark.text), mark.style});

  const auto frame = gutter + 3;
  const auto window = windowOf(cells, marks, width > frame + leastTextWidth ? width - frame : leastTextWidth);
  painter.paint(Style::Frame, fmt::format("{:>{}} |", number + 1, gutter));
  if (!content.empty()) {
    painter.plain() += ' ';
    cells.append(painter.plain(), window);
  }
  painter.plain() += '\n';

  if (marks.empty()) return;
  for (auto& mark : marks) mark.cells = intoWindow(mark.cells, window);
  writeCaretRows(painter, std::move(marks), std::string(gutter, ' ') + " |");
}

void writePlace(Painter& painter, std::uint32_t gutter, std::string_view arrow, const source::File& file, std::uint32_t offset) {
  const auto position = file.lines().lineColumn(file.text, offset, source::ColumnUnit::CodePoint);
  painter.plain().append(gutter - 1, ' ');
  painter.paint(Style::Frame, arrow);
  fmt::format_to(std::back_inserter(painter.plain()), " {}:{}:{}\n", visible(file.displayPath), position.line + 1, position.column + 1);
}

void writeNote(Painter& painter, std::uint32_t gutter, std::string_view lead, std::string_view text) {
  const std::string margin(gutter + 1, ' ');
  bool first = true;
  while (first || !text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    painter.plain() += margin;
    if (first) {
      painter.paint(Style::Frame, "=");
      painter.plain() += ' ';
      if (!lead.empty()) painter.paint(Style::Strong, lead);
    } else {
      painter.plain().append(2, ' ');
    }
    appendVisible(painter.plain(), text.substr(0, end));
    painter.plain() += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
    first = false;
  }
}

}  // namespace kdsl::diag
