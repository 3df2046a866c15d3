#pragma once
// Source files in memory, their lines and columns.
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "source/span.hpp"

namespace kdsl::source {

/// Zero-based line, and column in the units of the function that made it.
struct LineColumn {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend constexpr bool operator==(const LineColumn&, const LineColumn&) = default;
};

enum class ColumnUnit : std::uint8_t { Utf8, Utf16, CodePoint };

/// Begins of lines of one text. A line ends with "\n", "\r\n" or a lone "\r". Offsets past the end are clamped.
class LineTable {
 public:
  explicit LineTable(std::string_view text);

  std::uint32_t lineCount() const { return static_cast<std::uint32_t>(starts_.size()); }
  /// O(log lines) plus the length of the line for units other than bytes.
  LineColumn lineColumn(std::string_view text, std::uint32_t offset, ColumnUnit unit) const;
  /// Inverse of lineColumn; a position past a line's end is clamped to it, one inside a character to its begin.
  std::uint32_t offset(std::string_view text, LineColumn position, ColumnUnit unit) const;
  /// The bytes of a line without its line break.
  Span line(std::string_view text, std::uint32_t line) const;

 private:
  std::vector<std::uint32_t> starts_;
};

/// An immutable text with its name. `path` is absolute for files on disk, or a virtual name such as `std/app.kdsl` or `<stdin>`.
struct File {
  std::string path;
  /// How messages name it: relative to the working folder where that is shorter.
  std::string displayPath;
  std::string text;
  /// Content hash of `text`; the base of early cut-off.
  std::uint64_t hash = 0;
  /// Comes from the binary (standard library), so users cannot edit it.
  bool builtIn = false;

  const LineTable& lines() const;

 private:
  mutable std::shared_ptr<const LineTable> lines_;
};

/// All files of a session. Ids stay valid; setText replaces a file's content (an edit) under the same id. Paths are unique.
class FileTable {
 public:
  FileId add(std::string path, std::string displayPath, std::string text, bool builtIn = false);
  void setText(FileId id, std::string text);
  FileId find(std::string_view path) const;
  const File& operator[](FileId id) const { return *files_[base::index(id)]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(files_.size()); }

 private:
  std::vector<std::unique_ptr<File>> files_;
  std::unordered_map<std::string, FileId> byPath_;
};

}  // namespace kdsl::source
