#include "eval/builtins/letter_case.hpp"

#include <cstdint>

#include "source/utf8.hpp"

namespace kdsl::eval::builtins {
namespace {

/// Upper-case letters first, first + step … last; each one's lower case is `distance` further.
struct CaseRange {
  char32_t first, last;
  std::uint8_t step;
  std::int32_t distance;
};

constexpr CaseRange kRanges[] = {
    {0x0041, 0x005A, 1, 32},     // A
    {0x00C0, 0x00D6, 1, 32},     // À
    {0x00D8, 0x00DE, 1, 32},     // Ø
    {0x0100, 0x012E, 2, 1},      // Ā
    {0x0132, 0x0136, 2, 1},      // Ĳ
    {0x0139, 0x0147, 2, 1},      // Ĺ
    {0x014A, 0x0176, 2, 1},      // Ŋ
    {0x0178, 0x0178, 1, -121},   // Ÿ
    {0x0179, 0x017D, 2, 1},      // Ź
    {0x0386, 0x0386, 1, 38},     // Ά
    {0x0388, 0x038A, 1, 37},     // Έ
    {0x038C, 0x038C, 1, 64},     // Ό
    {0x038E, 0x038F, 1, 63},     // Ύ
    {0x0391, 0x03A1, 1, 32},     // Α
    {0x03A3, 0x03AB, 1, 32},     // Σ
    {0x0400, 0x040F, 1, 80},     // Ѐ
    {0x0410, 0x042F, 1, 32},     // А
    {0x0460, 0x0480, 2, 1},      // Ѡ
    {0x048A, 0x04BE, 2, 1},      // Ҋ
    {0x04C0, 0x04C0, 1, 15},     // Ӏ
    {0x04C1, 0x04CD, 2, 1},      // Ӂ
    {0x04D0, 0x052E, 2, 1},      // Ӑ
    {0x1E00, 0x1E94, 2, 1},      // Ḁ
    {0x1EA0, 0x1EFE, 2, 1},      // Ạ
};

template <char32_t (*map)(char32_t)>
std::string mapText(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto decoded = source::decode(text, at);
    source::appendUtf8(result, map(decoded.codePoint));
    at += decoded.length;
  }
  return result;
}

}  // namespace

char32_t lowerCase(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  if (c == 0x130) return U'i';     // İ
  if (c == 0x1E9E) return 0xDF;    // ẞ
  for (const CaseRange& range : kRanges) {
    if (c >= range.first && c <= range.last && (c - range.first) % range.step == 0) return static_cast<char32_t>(static_cast<std::int32_t>(c) + range.distance);
  }
  return c;
}

char32_t upperCase(char32_t c) {
  if (c < 0x80) return c >= U'a' && c <= U'z' ? c - 32 : c;
  switch (c) {
    case 0x00B5: return 0x039C;  // the micro sign is a letter mu
    case 0x0131: return U'I';    // ı
    case 0x017F: return U'S';    // ſ
    case 0x03C2: return 0x03A3;  // ς
    case 0x03D0: return 0x0392;  // ϐ
    case 0x03D1: return 0x0398;  // ϑ
    case 0x03D5: return 0x03A6;  // ϕ
    case 0x03D6: return 0x03A0;  // ϖ
    case 0x1E9B: return 0x1E60;  // ẛ
    default: break;
  }
  for (const CaseRange& range : kRanges) {
    const auto upper = static_cast<char32_t>(static_cast<std::int32_t>(c) - range.distance);
    if (upper >= range.first && upper <= range.last && (upper - range.first) % range.step == 0) return upper;
  }
  return c;
}

std::string upperCase(std::string_view text) { return mapText<upperCase>(text); }
std::string lowerCase(std::string_view text) { return mapText<lowerCase>(text); }

}  // namespace kdsl::eval::builtins
