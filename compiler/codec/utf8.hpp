#pragma once
// Decoding UTF-8, for the readers and writers of this folder.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kdsl::codec {

struct Utf8Char {
  char32_t codePoint;
  std::uint8_t size;  ///< bytes; 0 if the text does not begin with a character: then `codePoint` is U+FFFD
};

/// The first character of `text`, which is not empty. Rejects overlong forms, surrogates and what is beyond U+10FFFF.
constexpr Utf8Char decodeUtf8(std::string_view text) {
  constexpr Utf8Char invalid{0xFFFD, 0};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
  const char32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xC2 || first > 0xF4 || !follows(1)) return invalid;
  const char32_t second = byte(1) & 0x3F;
  if (first < 0xE0) return {(first & 0x1F) << 6 | second, 2};
  if (!follows(2)) return invalid;
  const char32_t third = byte(2) & 0x3F;
  if (first < 0xF0) {
    const char32_t code = (first & 0x0F) << 12 | second << 6 | third;
    if (code < 0x800 || (code >= 0xD800 && code <= 0xDFFF)) return invalid;
    return {code, 3};
  }
  if (!follows(3)) return invalid;
  const char32_t code = (first & 0x07) << 18 | second << 12 | third << 6 | (byte(3) & 0x3F);
  if (code < 0x10000 || code > 0x10FFFF) return invalid;
  return {code, 4};
}

/// Appends a code point that is no surrogate.
inline void appendUtf8(std::string& out, char32_t code) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

/// Offset of the first byte that is no UTF-8, or npos. O(n).
constexpr std::size_t findInvalidUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto size = decodeUtf8(text.substr(at, 4)).size;
    if (size == 0) return at;
    at += size;
  }
  return std::string_view::npos;
}

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace kdsl::codec
