#include "diag/visible.hpp"

#include <fmt/format.h>

#include <iterator>

#include "source/utf8.hpp"

namespace kdsl::diag {
namespace {

/// Characters that show as nothing, or change how those around them are shown.
bool isHidden(char32_t c) {
  return (c >= 0x80 && c <= 0x9F) || c == 0xAD || c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace

std::uint32_t appendVisibleCharacter(std::string& out, std::string_view text, std::size_t at) {
  const auto [codePoint, length] = source::decode(text, at);
  if (codePoint < 0x20) {
    source::appendUtf8(out, 0x2400 + codePoint);
  } else if (codePoint == 0x7F) {
    source::appendUtf8(out, 0x2421);
  } else if (isHidden(codePoint)) {
    fmt::format_to(std::back_inserter(out), "<U+{:04X}>", static_cast<std::uint32_t>(codePoint));
  } else {
    source::appendUtf8(out, codePoint);
  }
  return length;
}

void appendVisible(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\t') {
      out += ' ';
      ++at;
    } else {
      at += appendVisibleCharacter(out, text, at);
    }
  }
}

}  // namespace kdsl::diag
