#include "source/file.hpp"

#include <algorithm>
#include <atomic>

#include "base/hash.hpp"
#include "source/utf8.hpp"

namespace kdsl::source {

LineTable::LineTable(std::string_view text) {
  starts_.push_back(0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

Span LineTable::line(std::string_view text, std::uint32_t line) const {
  if (line >= starts_.size()) return {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(text.size())};
  const auto begin = starts_[line];
  auto end = line + 1 < starts_.size() ? starts_[line + 1] : static_cast<std::uint32_t>(text.size());
  while (end > begin && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  return {begin, end};
}

LineColumn LineTable::lineColumn(std::string_view text, std::uint32_t offset, ColumnUnit unit) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text.size()));
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - starts_.begin() - 1);
  return {line, columnsOf(text.substr(starts_[line], offset - starts_[line]), unit)};
}

std::uint32_t LineTable::offset(std::string_view text, LineColumn position, ColumnUnit unit) const {
  const auto span = line(text, position.line);
  return span.begin + bytesOf(text.substr(span.begin, span.size()), position.column, unit);
}

const LineTable& File::lines() const {
  auto table = std::atomic_load(&lines_);
  if (!table) {
    table = std::make_shared<const LineTable>(text);
    std::atomic_store(&lines_, table);
  }
  return *table;
}

FileId FileTable::add(std::string path, std::string displayPath, std::string text, bool builtIn) {
  const auto id = static_cast<FileId>(files_.size());
  auto file = std::make_unique<File>();
  file->path = path;
  file->displayPath = std::move(displayPath);
  file->hash = base::hashBytes(text);
  file->text = std::move(text);
  file->builtIn = builtIn;
  files_.push_back(std::move(file));
  byPath_.emplace(std::move(path), id);
  return id;
}

void FileTable::setText(FileId id, std::string text) {
  const auto& old = *files_[base::index(id)];
  auto file = std::make_unique<File>();
  file->path = old.path;
  file->displayPath = old.displayPath;
  file->builtIn = old.builtIn;
  file->hash = base::hashBytes(text);
  file->text = std::move(text);
  files_[base::index(id)] = std::move(file);
}

FileId FileTable::find(std::string_view path) const {
  const auto found = byPath_.find(std::string(path));
  return found == byPath_.end() ? base::none<FileId> : found->second;
}

}  // namespace kdsl::source
