#include "syntax/literal.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "source/utf8.hpp"

namespace kdsl::syntax {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

int hexDigit(char c) {
  if (isDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Decodes one escape at `at` (a backslash) and gives the offset behind it. A malformed one stays as written.
std::size_t decodeEscape(std::string_view text, std::size_t at, std::string& out) {
  const char which = at + 1 < text.size() ? text[at + 1] : '\0';
  switch (which) {
    case 'n': out += '\n'; return at + 2;
    case 'r': out += '\r'; return at + 2;
    case 't': out += '\t'; return at + 2;
    case '"': case '\\': case '$': out += which; return at + 2;
    case 'u': {
      char32_t value = 0;
      auto i = at + 3;
      for (; i < text.size() && i < at + 10 && hexDigit(text[i]) >= 0; ++i) value = value * 16 + static_cast<char32_t>(hexDigit(text[i]));
      if (at + 2 < text.size() && text[at + 2] == '{' && i > at + 3 && i < text.size() && text[i] == '}' && value <= 0x10FFFF) {
        source::appendUtf8(out, value);
        return i + 1;
      }
      break;
    }
    default: break;
  }
  out += '\\';
  return at + 1;
}

/// Appends a piece of a text: escapes decoded (unless raw), and `indentation` taken off behind each line break.
void decodePiece(std::string_view piece, std::string_view indentation, bool raw, std::string& out) {
  for (std::size_t i = 0; i < piece.size();) {
    const char c = piece[i];
    if (c == '\\' && !raw) {
      i = decodeEscape(piece, i, out);
    } else if (c == '\n' || c == '\r') {
      i += c == '\r' && i + 1 < piece.size() && piece[i + 1] == '\n' ? 2 : 1;
      out += '\n';
      for (const char blank : indentation) {
        if (i >= piece.size() || piece[i] != blank) break;
        ++i;
      }
    } else {
      const auto next = std::min(piece.find_first_of("\\\r\n", i + 1), piece.size());
      out += piece.substr(i, next - i);
      i = next;
    }
  }
}

/// The line break right behind opening `"""` is not part of the text; its length.
std::size_t openingBreak(std::string_view piece) {
  if (piece.starts_with("\r\n")) return 2;
  return piece.starts_with("\n") || piece.starts_with("\r") ? 1 : 0;
}

/// As decodePiece, for the first piece of a `"""` text: drops the opening line break and the indentation behind it.
void decodeFirstPiece(std::string_view piece, std::string_view indentation, bool raw, std::string& out) {
  const auto opening = openingBreak(piece);
  if (opening != 0) {
    piece.remove_prefix(opening);
    for (const char blank : indentation) {
      if (piece.empty() || piece[0] != blank) break;
      piece.remove_prefix(1);
    }
  }
  decodePiece(piece, indentation, raw, out);
}

/// The closing line of a `"""` text holds only indentation: that is no part of the text (a line break before it is).
std::string_view indentationOf(std::string_view source, source::Span open, std::uint32_t closing) {
  const auto inside = source.substr(open.end, closing - open.end);
  return inside.find_first_of("\r\n") == std::string_view::npos ? std::string_view{} : closingIndentation(source, closing);
}

std::string decodeRaw(const Tree& tree, TokenId token) {
  const auto range = tree.tokenSpan(token);
  const auto text = tree.tokenText(token);
  if (text.starts_with("r\"\"\"")) {
    const bool closed = text.size() >= 7 && text.ends_with("\"\"\"");
    const auto closing = closed ? range.end - 3 : range.end;
    std::string out;
    const auto indentation = closed ? indentationOf(tree.source(), {range.begin, range.begin + 4}, closing) : std::string_view{};
    decodeFirstPiece(tree.source().substr(range.begin + 4, closing - range.begin - 4), indentation, true, out);
    return out;
  }
  const std::size_t open = text.starts_with('r') ? 2 : 1;
  const bool closed = text.size() > open && (text.back() == '"' || text.back() == '\'');
  return std::string(text.substr(open, text.size() - open - (closed ? 1 : 0)));
}

}  // namespace

std::string_view closingIndentation(std::string_view source, std::uint32_t closing) {
  auto line = closing;
  while (line > 0 && source[line - 1] != '\n' && source[line - 1] != '\r') --line;
  auto end = line;
  while (end < closing && (source[end] == ' ' || source[end] == '\t')) ++end;
  return source.substr(line, end - line);
}

std::vector<StringPart> decodeString(const Tree& tree, NodeId string) {
  std::vector<StringPart> parts;
  const auto kind = tree.kind(string);
  if (kind == NodeKind::RawExpr) {
    parts.push_back({decodeRaw(tree, tree.firstToken(string)), base::none<NodeId>});
    return parts;
  }
  if (kind != NodeKind::StringExpr) return parts;
  const auto first = base::index(tree.firstToken(string));
  const auto end = base::index(tree.endToken(string));
  const auto open = tree.tokenSpan(TokenId{first});
  const bool multiLine = open.size() == 3;
  const auto closing = tree.tokenSpan(TokenId{end - 1});
  const auto indentation = multiLine && closing.size() == 3 ? indentationOf(tree.source(), open, closing.begin) : std::string_view{};
  auto child = tree.children(string).begin();
  for (auto token = first + 1; token < end;) {
    if (tree.tokenKind(TokenId{token}) == TokenKind::StringChunk) {
      if (parts.empty() || base::valid(parts.back().expr)) parts.emplace_back();
      const auto piece = tree.tokenText(TokenId{token});
      if (multiLine && token == first + 1) decodeFirstPiece(piece, indentation, false, parts.back().text);
      else decodePiece(piece, indentation, false, parts.back().text);
      if (parts.back().text.empty()) parts.pop_back();
      ++token;
    } else if (tree.tokenKind(TokenId{token}) == TokenKind::InterpolationBegin) {
      const auto expr = childOf<Expr>(as<Interpolation>(tree, *child));
      parts.push_back({{}, expr ? expr.id : *child});
      token = base::index(tree.endToken(*child));
      ++child;
    } else {
      ++token;
    }
  }
  return parts;
}

std::optional<std::string> plainText(const Tree& tree, NodeId string) {
  if (!base::valid(string) || (tree.kind(string) != NodeKind::StringExpr && tree.kind(string) != NodeKind::RawExpr)) return std::nullopt;
  auto parts = decodeString(tree, string);
  if (parts.empty()) return std::string();
  if (parts.size() != 1 || base::valid(parts[0].expr)) return std::nullopt;
  return std::move(parts[0].text);
}

std::optional<std::string> keyText(const Tree& tree, NodeId key) {
  switch (tree.kind(key)) {
    case NodeKind::Name: return std::string(tree.text(key));
    case NodeKind::PathWord: return std::string(tree.tokenText(TokenId{base::index(tree.endToken(key)) - 1}));
    case NodeKind::PathString: return plainText(tree, tree.child(key, NodeKind::StringExpr));
    default: return plainText(tree, key);
  }
}

NumberClass classifyNumber(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && isDigit(text[i])) ++i;
  if (i == text.size()) return text.size() > 1 && text[0] == '0' ? NumberClass::Bad : NumberClass::Int;

  // Underscores only between digits.
  for (std::size_t at = text.find('_'); at != std::string_view::npos; at = text.find('_', at + 1)) {
    if (at + 1 == text.size() || hexDigit(text[at - 1]) < 0 || hexDigit(text[at + 1]) < 0) return NumberClass::Bad;
  }
  if (text[0] == '0' && text.size() > 1 && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b')) {
    const int base = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 2;
    for (const char c : text.substr(2)) {
      if (c != '_' && (hexDigit(c) < 0 || hexDigit(c) >= base)) return NumberClass::Bad;
    }
    return text.size() > 2 ? NumberClass::Int : NumberClass::Bad;
  }

  const auto digits = [&] {
    while (i < text.size() && (isDigit(text[i]) || text[i] == '_')) ++i;
  };
  if (text[0] == '0' && i > 1) return NumberClass::Bad;
  digits();
  bool isFloat = false;
  if (i < text.size() && text[i] == '.') {
    isFloat = true;
    ++i;
    digits();
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    auto exponent = i + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    auto end = exponent;
    while (end < text.size() && isDigit(text[end])) ++end;
    if (end > exponent && end == text.size()) return NumberClass::Float;
  }
  if (i == text.size()) return isFloat ? NumberClass::Float : NumberClass::Int;
  // The suffix: letters, further digits (`1h30m`), a point between digits only where a unit begins anew (`1h1.5m`).
  if (!isLetter(text[i])) return NumberClass::Bad;
  bool pointSinceLetter = false;
  for (; i < text.size(); ++i) {
    if (text[i] == '.') {
      if (pointSinceLetter) return NumberClass::Bad;
      pointSinceLetter = true;
    } else if (isLetter(text[i])) {
      pointSinceLetter = false;
    } else if (!isDigit(text[i])) {
      return NumberClass::Bad;
    }
  }
  return NumberClass::Suffixed;
}

std::optional<std::int64_t> intValue(std::string_view text) {
  unsigned base = 10;
  if (text.size() > 2 && text[0] == '0' && isLetter(text[1])) {
    base = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 2;
    text.remove_prefix(2);
  }
  constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c == '_') continue;
    const auto digit = hexDigit(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= base || value > (limit - static_cast<unsigned>(digit)) / base) return std::nullopt;
    value = value * base + static_cast<unsigned>(digit);
  }
  return static_cast<std::int64_t>(value);
}

double floatValue(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '_') plain += c;
  }
  double value = 0;
  const auto result = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (result.ec == std::errc::result_out_of_range) {
    const auto exponent = plain.find_first_of("eE");
    return exponent != std::string::npos && exponent + 1 < plain.size() && plain[exponent + 1] == '-' ? 0.0 : std::numeric_limits<double>::infinity();
  }
  return value;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '$': out += i + 1 < text.size() && text[i + 1] == '{' ? "\\$" : "$"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) out += fmt::format("\\u{{{:X}}}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else out += c;
    }
  }
  return out + '"';
}

bool isBareWord(std::string_view text) {
  if (text.empty() || isDigit(text[0])) return false;
  for (const char c : text) {
    if (!isDigit(c) && !isLetter(c)) return false;
  }
  return true;
}

}  // namespace kdsl::syntax
