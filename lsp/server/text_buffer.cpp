#include "lsp/server/text_buffer.hpp"

#include <algorithm>

#include "source/utf8.hpp"

namespace kdsl::lsp {

TextBuffer::TextBuffer(std::string text) { replaceAll(std::move(text)); }

void TextBuffer::replaceAll(std::string text) {
  text_ = std::move(text);
  starts_.assign(1, 0);
  scan(0, static_cast<std::uint32_t>(text_.size()), starts_);
}

void TextBuffer::scan(std::uint32_t begin, std::uint32_t end, std::vector<std::uint32_t>& starts) const {
  for (auto i = begin; i < end; ++i) {
    if (text_[i] == '\n' || (text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n'))) starts.push_back(i + 1);
  }
}

std::uint32_t TextBuffer::lineOf(std::uint32_t offset) const {
  return static_cast<std::uint32_t>(std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin() - 1);
}

std::uint32_t TextBuffer::offset(Position position, source::ColumnUnit unit) const {
  if (position.line >= starts_.size()) return static_cast<std::uint32_t>(text_.size());
  const auto begin = starts_[position.line];
  auto end = position.line + 1 < starts_.size() ? starts_[position.line + 1] : static_cast<std::uint32_t>(text_.size());
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  return begin + source::bytesOf(std::string_view(text_).substr(begin, end - begin), position.character, unit);
}

Position TextBuffer::position(std::uint32_t offset, source::ColumnUnit unit) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto line = lineOf(offset);
  return {line, source::columnsOf(std::string_view(text_).substr(starts_[line], offset - starts_[line]), unit)};
}

void TextBuffer::replace(Range range, std::string_view with, source::ColumnUnit unit) {
  const auto a = offset(range.start, unit), b = offset(range.end, unit);
  replaceBytes({std::min(a, b), std::max(a, b)}, with);
}

void TextBuffer::replaceBytes(source::Span span, std::string_view with) {
  // A "\r" before the edit and a "\n" behind it may join or part, so the line before the edit and the one after it are looked at again.
  const auto firstLine = lineOf(span.begin == 0 ? 0 : span.begin - 1);
  const auto lastLine = lineOf(std::min<std::uint32_t>(span.end + 1, static_cast<std::uint32_t>(text_.size())));
  const auto growth = static_cast<std::int64_t>(with.size()) - span.size();
  text_.replace(span.begin, span.size(), with);

  const auto scanBegin = starts_[firstLine];
  const bool toEnd = lastLine + 1 == starts_.size();
  const auto scanEnd = toEnd ? static_cast<std::uint32_t>(text_.size()) : static_cast<std::uint32_t>(starts_[lastLine + 1] + growth);
  std::vector<std::uint32_t> fresh;
  scan(scanBegin, scanEnd, fresh);
  // The begin of the line after the last one scanned is found by the scan itself.
  const auto from = starts_.begin() + firstLine + 1;
  const auto to = toEnd ? starts_.end() : starts_.begin() + lastLine + 2;
  for (auto it = to; it != starts_.end(); ++it) *it = static_cast<std::uint32_t>(*it + growth);
  const auto at = starts_.erase(from, to);
  starts_.insert(at, fresh.begin(), fresh.end());
}

}  // namespace kdsl::lsp
