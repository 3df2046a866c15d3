#include "syntax/lexical_errors.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/syntax.hpp"
#include "source/utf8.hpp"
#include "syntax/literal.hpp"
#include "syntax/parse.hpp"

namespace kdsl::syntax {
namespace {

using diag::Code;
namespace code = diag::code;
using source::Span;

bool isBlank(char c) { return c == ' ' || c == '\t'; }
bool isAlphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The character at the begin of `text` as a message shows it.
std::string shown(std::string_view text) {
  const auto first = source::decode(text, 0);
  const auto bytes = text.substr(0, first.length);
  const bool printable = first.codePoint >= 0x20 && first.codePoint != 0x7F && !(first.codePoint >= 0x80 && first.codePoint < 0xA0) && first.codePoint != 0xFFFD;
  if (printable) return std::string(bytes);
  return first.codePoint == 0xFFFD ? fmt::format("\\x{:02X}", static_cast<unsigned char>(bytes[0])) : fmt::format("U+{:04X}", static_cast<unsigned>(first.codePoint));
}

}  // namespace

diag::Diagnostic* LexicalErrors::report(Code code, Span range, std::vector<std::string> arguments) {
  if (out_.size() > maxDiagnostics) return nullptr;
  auto& diagnostic = out_.emplace_back();
  diagnostic.code = code;
  diagnostic.arguments = std::move(arguments);
  diagnostic.primary.at = at(range);
  return &diagnostic;
}

void LexicalErrors::forgetBehind(std::uint32_t offset) {
  while (!out_.empty() && out_.back().primary.at.span.begin >= offset) out_.pop_back();
}

void LexicalErrors::unterminated(Span open, std::uint32_t end) {
  auto* diagnostic = report(code::unterminated_text, open);
  if (diagnostic == nullptr) return;
  const bool multiLine = open.size() == 3;
  diagnostic->label(multiLine ? "no `\"\"\"` follows in this file" : "no `\"` follows on this line");
  if (!multiLine) {
    diagnostic->note("a text of several lines stands between `\"\"\"`");
    auto close = end;
    while (close > open.end && isBlank(text_[close - 1])) --close;
    diagnostic->fixReplace("close the text", at({close, close}), "\"");
  }
}

void LexicalErrors::lineBreakInInterpolation(Span open, std::uint32_t end) {
  auto* diagnostic = report(code::line_break_in_text, {end, end});
  if (diagnostic == nullptr) return;
  diagnostic->label("the line ends inside `${…}`");
  diagnostic->also(at(open), "the text begins here");
  diagnostic->note("between `\"\"\"` a `${…}` may span lines");
}

bool LexicalErrors::checkRaw(Span token) {
  const auto text = textOf(token);
  if (text.front() == '\'') {
    if (auto* diagnostic = report(code::single_quotes, token)) {
      const auto quotedText = quoted(text.substr(1, text.size() - 2));
      diagnostic->label(fmt::format("write {}", quotedText)).fixReplace("use double quotes", at(token), quotedText);
    }
    return false;
  }
  const bool block = text.starts_with("r\"\"\"");
  const bool closed = block ? text.size() >= 7 && text.ends_with("\"\"\"") : text.size() >= 3 && text.back() == '"';
  if (!closed) {
    unterminated({token.begin + 1, token.begin + (block ? 4u : 2u)}, token.end);
    return true;
  }
  if (block) {
    std::vector<std::uint32_t> lines;
    for (auto i = token.begin; i < token.end; ++i) {
      if (text_[i] == '\n' || (text_[i] == '\r' && text_[i + 1] != '\n')) lines.push_back(i + 1);
    }
    checkIndentation(lines, token.end - 3);
  }
  return false;
}

void LexicalErrors::checkEscape(std::uint32_t begin, std::uint32_t end) {
  const char which = end - begin == 2 ? text_[begin + 1] : '\0';
  switch (which) {
    case 'n': case 'r': case 't': case '"': case '\\': case '$':
      return;
    case 'u': {
      auto close = end;
      std::uint32_t value = 0;
      if (close < text_.size() && text_[close] == '{') {
        ++close;
        const auto digits = close;
        for (; close < text_.size() && close - digits < 7; ++close) {
          const char c = text_[close];
          const auto digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
          if (digit < 0) break;
          value = value * 16 + static_cast<std::uint32_t>(digit);
        }
        const bool wellFormed = close > digits && close < text_.size() && text_[close] == '}';
        if (wellFormed && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF)) return;
        if (wellFormed) ++close;
      }
      if (auto* diagnostic = report(code::not_a_character, {begin, close}, {std::string(textOf({begin, close}))})) {
        diagnostic->label("`\\u{…}` takes up to six hexadecimal digits, as in `\\u{20AC}`");
      }
      return;
    }
    default:
      break;
  }
  const auto length = which == '\0' ? 1 : 1 + source::decode(text_, begin + 1).length;
  const Span range{begin, begin + length};
  if (auto* diagnostic = report(code::unknown_escape, range, {"\\" + (which == '\0' ? std::string() : shown(text_.substr(begin + 1)))})) {
    diagnostic->label("for a backslash write `\\\\`");
    diagnostic->note("the escapes are `\\n`, `\\r`, `\\t`, `\\\"`, `\\\\`, `\\$` and `\\u{…}`; in r\"…\" a backslash is one");
    diagnostic->fixReplace("write a backslash", at({begin, begin + 1}), "\\\\");
  }
}

void LexicalErrors::checkIndentation(std::span<const std::uint32_t> lines, std::uint32_t closing) {
  if (lines.empty()) return;
  const auto indentation = closingIndentation(text_, closing);
  for (const auto line : lines) {
    const auto rest = text_.substr(line, closing - line);
    if (rest.starts_with(indentation)) continue;
    const auto content = rest.find_first_not_of(" \t");
    if (content == std::string_view::npos || rest[content] == '\n' || rest[content] == '\r') continue;
    const auto end = line + static_cast<std::uint32_t>(content);
    if (auto* diagnostic = report(code::text_underindented, {line, std::max(end, line + 1)})) {
      diagnostic->label("indent it at least as far");
      diagnostic->also(at({closing, closing + 3}), "their indentation is taken off every line");
    }
    return;
  }
}

Span LexicalErrors::badNumber(Span token) {
  auto text = textOf(token);
  const bool leadingZero = text.size() > 1 && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!leadingZero && text.find('.') != text.rfind('.')) {
    // A version or an address: show the whole word that needs quotes.
    while (token.end < text_.size()) {
      const char c = text_[token.end];
      const bool joins = (c == '-' || c == '+' || c == '/' || c == ':' || c == '@' || c == '.' || c == '_') && token.end + 1 < text_.size() && isAlphanumeric(text_[token.end + 1]);
      if (!isAlphanumeric(c) && !joins) break;
      ++token.end;
    }
    text = textOf(token);
    if (auto* diagnostic = report(code::text_needs_quotes, token)) {
      const auto literal = quoted(text);
      diagnostic->label(fmt::format("write {}", literal)).note("a number has at most one point").fixReplace("put it in quotes", at(token), literal);
    }
    return token;
  }
  auto* diagnostic = report(code::malformed_number, token, {std::string(text)});
  if (diagnostic == nullptr) return token;
  if (leadingZero) {
    const auto digits = text.substr(std::min(text.find_first_not_of('0'), text.size() - 1));
    const bool octal = digits.find_first_of("89") == std::string_view::npos;
    diagnostic->label("a number does not begin with 0");
    if (octal) {
      diagnostic->note(fmt::format("`0o{}` is octal, \"{}\" is text", digits, text));
      diagnostic->fixReplace("write it in octal", at(token), fmt::format("0o{}", digits));
    }
    diagnostic->fixReplace("take the zeros away", at(token), std::string(digits));
  } else {
    diagnostic->note("numbers are `42`, `1_000`, `0xFF`, `0o644`, `0b101`, `1.5`, `1e-3`, and with a unit `512Mi`, `30s`");
  }
  return token;
}

void LexicalErrors::badToken(Span token) {
  const auto text = textOf(token);
  if (text.starts_with("{{")) {
    if (auto* diagnostic = report(code::template_braces, token)) {
      diagnostic->label("write an expression, or `${…}` inside a text").note("values that vary are a module's params: `param replicas: int = 2`");
    }
    return;
  }
  auto* diagnostic = report(code::stray_character, token, {shown(text)});
  if (diagnostic == nullptr) return;
  switch (text[0]) {
    case ';':
      diagnostic->label("entries end with their line, or with `,`").fixReplace("write `,`", at(token), ",");
      break;
    case '&':
      diagnostic->label("and is `&&`").fixReplace("write `&&`", at(token), "&&");
      break;
    case '\'':
      diagnostic->label("text is written in double quotes");
      break;
    case '$':
      diagnostic->label("`${…}` stands inside a text; elsewhere a name needs no mark");
      break;
    case '@': case '\\': case '`':
      diagnostic->label("text needs quotes");
      break;
    default:
      if (static_cast<unsigned char>(text[0]) >= 0x80) diagnostic->label("names are ASCII letters, digits and `_`; other text needs quotes");
      break;
  }
}

void LexicalErrors::foreignComment(Span comment) {
  auto* diagnostic = report(code::foreign_comment, {comment.begin, comment.begin + (text_[comment.begin] == '#' ? 1u : 2u)});
  if (diagnostic == nullptr) return;
  const auto text = textOf(comment);
  if (text[0] == '#') {
    const auto marks = static_cast<std::uint32_t>(std::min(text.find_first_not_of('#'), text.size()));
    // CUE's definitions.
    const auto colon = text.find(':');
    const bool isDefinition = marks == 1 && marks < text.size() && text[1] >= 'A' && text[1] <= 'Z' && colon != std::string_view::npos && text.find(' ') > colon;
    if (isDefinition) diagnostic->note(fmt::format("a type is declared with `schema {} {{ … }}`, or `type {} = …`", text.substr(1, colon - 1), text.substr(1, colon - 1)));
    diagnostic->label("write `//`").fixReplace("write `//`", at({comment.begin, comment.begin + marks}), "//");
  } else {
    diagnostic->label("and end with their line");
  }
}

}  // namespace kdsl::syntax
