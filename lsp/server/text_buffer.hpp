#pragma once
// The text of an open document, edited in place as the client types.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/protocol/types.hpp"
#include "source/file.hpp"
#include "source/span.hpp"

namespace kdsl::lsp {

/// A text with the begins of its lines, both kept up to date by edits: an edit costs the length of the edited lines plus moving what
/// follows, not a scan of the text. A line ends with "\n", "\r\n" or a lone "\r". Positions past the end of a line or of the text are
/// clamped, as the protocol wants.
class TextBuffer {
 public:
  explicit TextBuffer(std::string text = {});

  const std::string& text() const { return text_; }
  std::uint32_t lineCount() const { return static_cast<std::uint32_t>(starts_.size()); }

  /// The byte offset of a position; one inside a character goes to its begin. O(length of the line).
  std::uint32_t offset(Position position, source::ColumnUnit unit) const;
  Position position(std::uint32_t offset, source::ColumnUnit unit) const;

  /// Replaces a range; its ends may stand in either order.
  void replace(Range range, std::string_view with, source::ColumnUnit unit);
  void replaceAll(std::string text);

 private:
  void replaceBytes(source::Span span, std::string_view with);
  std::uint32_t lineOf(std::uint32_t offset) const;
  /// Appends the begins of the lines that begin in (begin, end].
  void scan(std::uint32_t begin, std::uint32_t end, std::vector<std::uint32_t>& starts) const;

  std::string text_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace kdsl::lsp
