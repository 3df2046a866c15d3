#include "codec/json_scalar.hpp"

#include <array>

#include "codec/utf8.hpp"

namespace kdsl::codec {
namespace {

// ASCII that stands for itself in a JSON string.
constexpr auto kIsPlain = [] {
  std::array<bool, 256> plain{};
  for (unsigned c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

}  // namespace

void appendQuotedJson(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  std::size_t at = 0;
  std::size_t copied = 0;  // text[copied, at) is still to be appended, as it is
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (kIsPlain[c]) {
      ++at;
      continue;
    }
    const Utf8Char next = decodeUtf8(text.substr(at, 4));
    if (next.size > 1) {
      at += next.size;
      continue;
    }
    out.append(text, copied, at - copied);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '\r': out += "\\r"; break;
      default:
        if (next.size == 0) {
          appendUtf8(out, next.codePoint);
        } else {
          out += "\\u00";
          out += digits[c >> 4];
          out += digits[c & 0xF];
        }
    }
    copied = ++at;
  }
  out.append(text, copied, at - copied);
  out += '"';
}

}  // namespace kdsl::codec
