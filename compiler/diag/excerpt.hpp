#pragma once
// Excerpts of source files: numbered lines, with carets and words under what they are about.
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/style.hpp"
#include "source/file.hpp"

namespace kdsl::diag {

/// The lines of one file that a diagnostic shows. The file must outlive it.
class Excerpt {
 public:
  explicit Excerpt(const source::File& file) : file_(&file) {}

  /// Marks a range. Of a range over several lines the first and the last are shown, and the words stand behind the end. The text must
  /// outlive the excerpt.
  void mark(source::Span span, std::string_view text, Style style);

  /// Digits of the largest line number.
  std::uint32_t numberWidth() const;
  /// Writes the lines, numbers right-aligned in `gutter` cells; source text beyond `width` cells (numbers included) is clipped.
  void write(Painter& painter, std::uint32_t gutter, std::uint32_t width) const;

 private:
  /// Bytes of one line, with the words below them.
  struct Mark {
    std::uint32_t begin;
    std::uint32_t end;
    std::string_view text;
    Style style;
  };
  struct Line {
    source::Span span;
    std::vector<Mark> marks;
  };

  Line& lineAt(std::uint32_t number);
  bool insideRange(std::uint32_t before, std::uint32_t after) const;
  void writeLine(Painter& painter, std::uint32_t number, const Line& line, std::uint32_t gutter, std::uint32_t width) const;

  const source::File* file_;
  std::map<std::uint32_t, Line> lines_;                          // by number, from 0
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_;  // first and last line of those over several lines
};

/// ` --> ` or ` ::: `, its last sign above the bars of the excerpt.
void writePlace(Painter& painter, std::uint32_t gutter, std::string_view arrow, const source::File& file, std::uint32_t offset);

/// The `=` lines after an excerpt. Further lines of `text` are indented.
void writeNote(Painter& painter, std::uint32_t gutter, std::string_view lead, std::string_view text);

}  // namespace kdsl::diag
