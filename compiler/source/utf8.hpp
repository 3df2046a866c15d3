#pragma once
// UTF-8: validation and columns.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "source/file.hpp"

namespace kdsl::source {

/// Offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or npos.
std::size_t firstInvalidUtf8(std::string_view text);

/// Length of `text` in the unit. Malformed bytes count one each.
std::uint32_t columnsOf(std::string_view text, ColumnUnit unit);

/// Bytes of the first `columns` units of `text`, at most its size; never inside a character.
std::uint32_t bytesOf(std::string_view text, std::uint32_t columns, ColumnUnit unit);

/// Cells that a terminal uses to show `text`: combining marks none, wide East Asian characters two. Tabs count one.
std::uint32_t displayWidth(std::string_view text);

/// Decodes the character at `at` (which must be inside `text`): its code point and length; a malformed byte is U+FFFD of length 1.
struct Decoded {
  char32_t codePoint;
  std::uint32_t length;
};
Decoded decode(std::string_view text, std::size_t at);

/// Appends a code point in UTF-8; surrogates and values beyond U+10FFFF become U+FFFD.
void appendUtf8(std::string& out, char32_t codePoint);

}  // namespace kdsl::source
