#include "codec/yaml_scalar.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "codec/utf8.hpp"

namespace kdsl::codec {
namespace {

enum Class : std::uint8_t {
  Printable = 1,   // ASCII from space to tilde
  FreeStart = 2,   // may begin a plain scalar
  NumberStart = 4, // may begin one that then has a NoNumber character
  NoNumber = 8,    // occurs in no number, date or time of any YAML version
  Separator = 16,  // special beside a space or at the end
  Space = 32,
  QuoteSafe = 64,  // needs no escape between double quotes
};

constexpr auto kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (unsigned c = 0x20; c < 0x7F; ++c) classes[c] = Printable | QuoteSafe;
  for (const char c : {'"', '\\'}) classes[static_cast<unsigned char>(c)] = Printable;
  constexpr std::string_view inNumbers = "abcdefinotxz";  // hexadecimal, 0o, 0x, 0b, inf, nan, 2001-02-03T04:05:06Z
  for (unsigned c = 'a'; c <= 'z'; ++c) {
    const bool number = inNumbers.find(static_cast<char>(c)) != std::string_view::npos;
    for (const unsigned letter : {c, c - 'a' + 'A'}) classes[letter] |= number ? FreeStart : FreeStart | NoNumber;
  }
  for (const char c : std::string_view{"/_$()^"}) classes[static_cast<unsigned char>(c)] |= FreeStart;
  for (const char c : std::string_view{"0123456789.-+"}) classes[static_cast<unsigned char>(c)] |= NumberStart;
  for (const char c : std::string_view{"%/@=$()^;*&!|<>~"}) classes[static_cast<unsigned char>(c)] |= NoNumber;
  for (const char c : std::string_view{":,#?"}) classes[static_cast<unsigned char>(c)] |= Separator;
  classes[' '] |= Space;
  return classes;
}();

constexpr std::uint8_t classOf(char c) { return kClasses[static_cast<unsigned char>(c)]; }

/// Words that some reader takes for a boolean, null or float.
bool isReservedWord(std::string_view text) {
  constexpr std::size_t longest = 5;
  if (text.size() > longest) return false;
  std::array<char, longest> lower;
  for (std::size_t i = 0; i < text.size(); ++i) lower[i] = static_cast<char>(text[i] | 0x20);  // right for letters, and the words are letters
  const std::string_view word{lower.data(), text.size()};
  switch (word.size()) {
    case 1: return word == "y" || word == "n";
    case 2: return word == "no" || word == "on";
    case 3: return word == "yes" || word == "off" || word == "inf" || word == "nan";
    case 4: return word == "true" || word == "null";
    default: return word == "false";
  }
}

void appendEscape(std::string& out, char32_t code) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (code) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  unsigned shift = code < 0x100 ? 8 : 16;
  out += code < 0x100 ? "\\x" : "\\u";
  while (shift != 0) {
    shift -= 4;
    out += digits[(code >> shift) & 0xF];
  }
}

constexpr bool needsEscape(char32_t code) {
  return (code >= 0x7F && code <= 0xA0) || code == 0x2028 || code == 0x2029 || code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

}  // namespace

bool isPlainYaml(std::string_view text) {
  if (text.empty()) return false;
  const std::uint8_t first = classOf(text.front());
  if ((first & (FreeStart | NumberStart)) == 0) return false;
  std::uint8_t all = first;
  std::uint8_t later = 0;
  for (const char c : text.substr(1)) {
    all &= classOf(c);
    later |= classOf(c);
  }
  if ((all & Printable) == 0 || text.back() == ' ') return false;
  if ((first & FreeStart) == 0) {
    if ((later & NoNumber) == 0) return false;
    if (text.starts_with("---") || text.starts_with("...") || text.starts_with("- ")) return false;
  } else if (isReservedWord(text)) {
    return false;
  }
  if ((later & Separator) != 0) {
    for (std::size_t i = 1; i < text.size(); ++i) {
      if ((classOf(text[i]) & Separator) == 0) continue;
      if (i + 1 == text.size() || text[i + 1] == ' ' || text[i - 1] == ' ') return false;
    }
  }
  return true;
}

bool isLiteralYaml(std::string_view text) {
  if (text.empty() || text.front() == '\n' || text.front() == ' ' || text.back() == ' ' || text.ends_with("\n\n")) return false;
  bool severalLines = false;
  char before = '\n';
  for (const char c : text) {
    if (c == '\n') {
      if (before == ' ') return false;
      severalLines = true;
    } else if ((classOf(c) & Printable) == 0) {
      return false;
    }
    before = c;
  }
  return severalLines;
}

void appendQuotedYaml(std::string& out, std::string_view text) {
  out += '"';
  std::size_t at = 0;
  std::size_t copied = 0;  // text[copied, at) is still to be appended, as it is
  while (at < text.size()) {
    if ((classOf(text[at]) & QuoteSafe) != 0) {
      ++at;
      continue;
    }
    const Utf8Char next = decodeUtf8(text.substr(at, 4));
    if (next.size > 1 && !needsEscape(next.codePoint)) {
      at += next.size;
      continue;
    }
    out.append(text, copied, at - copied);
    if (next.size == 0) {
      appendUtf8(out, next.codePoint);
      ++at;
    } else {
      appendEscape(out, next.codePoint);
      at += next.size;
    }
    copied = at;
  }
  out.append(text, copied, at - copied);
  out += '"';
}

void appendLiteralYaml(std::string& out, std::string_view text, std::size_t indent) {
  out += text.back() == '\n' ? "|\n" : "|-\n";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end != 0) {
      out.append(indent, ' ');
      out.append(text.substr(0, end));
    }
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace kdsl::codec
