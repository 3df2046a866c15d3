#include "syntax/syntax_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "diag/codes/syntax.hpp"
#include "syntax/error_words.hpp"
#include "syntax/literal.hpp"
#include "syntax/parse.hpp"

namespace kdsl::syntax {

using diag::Code;
namespace code = diag::code;
using source::Span;
using enum TokenKind;

namespace {

/// Blanks at a line's begin that are looked at, and tokens that are looked through for a suspect: hostile texts stay cheap.
constexpr std::uint32_t maxIndentation = 1000;
constexpr std::uint32_t maxSuspectDistance = 100'000;

}  // namespace

// ---- Places and words -----------------------------------------------------------------------------------------------------------

source::Location SyntaxErrors::behind(std::uint32_t token) const {
  while (token > 0 && kind(token - 1) == NewLine) --token;
  const auto offset = token == 0 ? 0 : tokens_.end[token - 1];
  return at({offset, offset});
}

source::Location SyntaxErrors::place(std::uint32_t token) const {
  const auto range = tokens_.span(TokenId{token});
  return range.empty() ? behind(token) : at(range);
}

std::string SyntaxErrors::found(std::uint32_t token) const {
  const auto which = kind(token);
  if (which == EndOfFile || which == NewLine) return std::string(syntax::describe(which));
  if (isText(which)) return which == InterpolationEnd ? "`}`" : "a text";
  return fmt::format("`{}`", textOf(token));
}

bool SyntaxErrors::beginsLine(std::uint32_t token) const {
  for (auto offset = tokens_.begin[token]; offset > 0; --offset) {
    const char c = text_[offset - 1];
    if (c == '\n' || c == '\r') return true;
    if ((c != ' ' && c != '\t') || tokens_.begin[token] - offset > maxIndentation) return false;
  }
  return true;
}

std::uint32_t SyntaxErrors::indentation(std::uint32_t token) const {
  if (!lines_) lines_.emplace(text_);
  const auto line = lines_->line(text_, lines_->lineColumn(text_, tokens_.begin[token], source::ColumnUnit::Utf8).line);
  const auto blanks = textOf(Span{line.begin, std::min(line.end, line.begin + maxIndentation)}).find_first_not_of(" \t");
  return blanks == std::string_view::npos ? maxIndentation : static_cast<std::uint32_t>(blanks);
}

bool SyntaxErrors::endsEntry(std::uint32_t token) const {
  switch (kind(token)) {
    case NewLine: case EndOfFile: case Comma: case RightBrace: case RightBracket: case RightParen: case InterpolationEnd: case StringEnd: return true;
    default: return false;
  }
}

bool SyntaxErrors::startsValue(std::uint32_t token) const {
  switch (kind(token)) {
    case Number: case Raw: case StringBegin: case LeftBracket: case KwTrue: case KwFalse: case KwNull: case KwAbsent: case KwSelf: case KwSuper:
    case KwIf: case KwMatch: case Not:
      return true;
    default:
      return isName(kind(token));
  }
}

/// The text of the key in front of a colon, or of what is before any other token.
std::string_view SyntaxErrors::keyBefore(std::uint32_t colon) const {
  auto last = colon;
  while (last > 0 && (kind(last - 1) == NewLine || kind(last - 1) == Question)) --last;
  if (last == 0) return {};
  auto first = last - 1;
  const auto opening = kind(first) == StringEnd ? StringBegin : kind(first) == RightBracket ? LeftBracket : kind(first);
  while (first > 0 && kind(first) != opening && last - first < 32) --first;
  while (first > 1 && isWord(kind(first)) && (kind(first - 1) == Dot || kind(first - 1) == QuestionDot) && last - first < 16) first -= 2;
  return textOf(Span{tokens_.begin[first], tokens_.end[last - 1]});
}

// ---- Reporting ------------------------------------------------------------------------------------------------------------------

/// True if a message at the token would only follow from another.
bool SyntaxErrors::quiet(std::uint32_t token) const {
  if (token < quietUntil_) return true;
  if (token == last_ || (kind(token) == NewLine && token + 1 == last_) || kind(token) == Bad) return true;
  if (token == 0) return false;
  // The lexer closes a text that ends too early by tokens without bytes.
  const auto closedByLexer = [&](std::uint32_t each) {
    return (kind(each) == StringEnd || kind(each) == InterpolationEnd) && tokens_.begin[each] == tokens_.end[each];
  };
  return kind(token - 1) == Bad || closedByLexer(token - 1) || closedByLexer(token);
}

diag::Diagnostic* SyntaxErrors::report(std::uint32_t token, Code code, source::Location where, std::vector<std::string> arguments) {
  if (quiet(token)) {
    last_ = token;
    return nullptr;
  }
  last_ = token;
  if (found_.size() >= maxDiagnostics) {
    tooMany_ = true;
    return nullptr;
  }
  auto& diagnostic = found_.emplace_back();
  diagnostic.code = code;
  diagnostic.arguments = std::move(arguments);
  diagnostic.primary.at = where;
  return &diagnostic;
}

void SyntaxErrors::expected(std::string what, std::uint32_t token, std::string label) {
  if (auto* diagnostic = report(token, code::unexpected_token, place(token), {std::move(what), found(token)})) diagnostic->label(std::move(label));
}

std::vector<diag::Diagnostic> SyntaxErrors::take() {
  auto all = std::move(found_);
  std::vector<Span> requoted;
  for (const auto& diagnostic : all) {
    if (diagnostic.code == code::text_needs_quotes) requoted.push_back(diagnostic.primary.at.span);
  }
  for (const auto& diagnostic : lexed_.diagnostics) {
    const auto inside = [&](Span range) { return range.begin <= diagnostic.primary.at.span.begin && diagnostic.primary.at.span.end <= range.end; };
    if (std::none_of(requoted.begin(), requoted.end(), inside)) all.push_back(diagnostic);
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    const auto beginA = a.primary.at.span.begin;
    const auto beginB = b.primary.at.span.begin;
    return beginA != beginB ? beginA < beginB : a.code < b.code;
  });
  if (all.size() > maxDiagnostics || tooMany_) {
    all.resize(std::min<std::size_t>(all.size(), maxDiagnostics));
    auto& last = all.emplace_back();
    last.code = code::too_many_syntax_errors;
    last.arguments = {std::to_string(maxDiagnostics)};
    last.primary.at = all[all.size() - 2].primary.at;
  }
  return all;
}

// ---- Brackets -------------------------------------------------------------------------------------------------------------------

void SyntaxErrors::junkBeforeClose(TokenKind close, std::uint32_t token) {
  const auto what = fmt::format("`{}`", syntax::describe(close));
  const bool list = close == RightParen || close == RightBracket;
  expected(list && startsValue(token) ? fmt::format("`,` or {}", what) : what, token);
}

/// The bracket that is most probably unclosed: the first one inside whose partner begins a line and is indented less than it should be.
SyntaxErrors::Suspect SyntaxErrors::suspectOf(std::uint32_t bracket, std::uint32_t end) const {
  std::vector<std::uint32_t> open;
  for (auto token = bracket + 1; token < end && token - bracket < maxSuspectDistance; ++token) {
    const auto which = kind(token);
    if (which == LeftBrace || which == LeftBracket || which == LeftParen) open.push_back(token);
    if (which != RightBrace && which != RightBracket && which != RightParen) continue;
    if (open.empty()) break;
    if (beginsLine(token) && indentation(token) < indentation(open.back())) return {open.back(), token};
    open.pop_back();
  }
  return {bracket, end};
}

void SyntaxErrors::unclosed(std::uint32_t bracket, std::uint32_t token) {
  while (kind(token) == NewLine) ++token;
  const bool followsFromText = std::any_of(lexed_.unterminated.begin(), lexed_.unterminated.end(), [&](std::uint32_t text) { return text > bracket && text <= token; });
  if (followsFromText) {
    silence(token);
    return;
  }
  auto* diagnostic = report(token, code::unclosed_bracket, atToken(bracket), {std::string(textOf(bracket))});
  if (diagnostic == nullptr) return;
  diagnostic->label("opened here");
  const auto suspect = suspectOf(bracket, token);
  if (suspect.bracket != bracket) {
    diagnostic->arguments = {std::string(textOf(suspect.bracket))};
    diagnostic->primary.at = atToken(suspect.bracket);
    diagnostic->also(atToken(suspect.partner), "this closes it, but is indented less");
    offerClose(*diagnostic, suspect);
    return;
  }
  const auto close = kind(bracket) == LeftBrace ? "}" : kind(bracket) == LeftBracket ? "]" : ")";
  diagnostic->also(behind(token), fmt::format("`{}` was expected here", close));
}

/// Closes the bracket before the first line that is not indented below the bracket's, texts and brackets within it left alone.
void SyntaxErrors::offerClose(diag::Diagnostic& diagnostic, const Suspect& suspect) const {
  const auto outer = indentation(suspect.bracket);
  bool isNextLine = true;
  int depth = 0;  // of brackets and texts
  for (auto token = suspect.bracket + 1; token < suspect.partner && depth >= 0; ++token) {
    const auto which = kind(token);
    const bool begins = depth == 0 && which != NewLine && beginsLine(token);
    if (begins && indentation(token) <= outer) {
      auto last = token - 1;
      while (last > suspect.bracket && kind(last) == NewLine) --last;
      const auto* close = kind(suspect.bracket) == LeftBrace ? "}" : kind(suspect.bracket) == LeftBracket ? "]" : ")";
      const auto lineEnd = static_cast<std::uint32_t>(std::min(text_.find_first_of("\r\n", tokens_.end[last]), text_.size()));  // behind a comment
      const auto where = isNextLine ? behind(last + 1) : at({lineEnd, lineEnd});
      diagnostic.fixReplace(fmt::format("insert `{}`", close), where, isNextLine ? fmt::format(" {}", close) : fmt::format("\n{}{}", std::string(outer, ' '), close));
      return;
    }
    isNextLine = isNextLine && !begins;
    if (which == LeftBrace || which == LeftBracket || which == LeftParen || which == StringBegin) ++depth;
    if (which == RightBrace || which == RightBracket || which == RightParen || which == StringEnd) --depth;
  }
}

void SyntaxErrors::wrongClose(std::uint32_t bracket, TokenKind close, std::uint32_t token) {
  const auto wanted = syntax::describe(close);
  if (auto* diagnostic = report(token, code::unexpected_token, atToken(token), {fmt::format("`{}`", wanted), found(token)})) {
    diagnostic->label(fmt::format("write `{}`", wanted)).also(atToken(bracket), "to close this").fixReplace(fmt::format("write `{}`", wanted), atToken(token), std::string(wanted));
  }
}

void SyntaxErrors::strayBracket(std::uint32_t token) {
  if (auto* diagnostic = report(token, code::stray_bracket, atToken(token), {std::string(textOf(token))})) {
    diagnostic->fixReplace("take it away", atToken(token), "");
  }
}

// ---- The rest -------------------------------------------------------------------------------------------------------------------

void SyntaxErrors::tooDeep(std::uint32_t token) {
  // What is around the skipped part is as deep: one message for the file.
  if (std::exchange(reportedDepth_, true)) last_ = token;
  if (auto* diagnostic = report(token, code::nesting_too_deep, place(token), {std::to_string(maxNesting)})) {
    diagnostic->label("give a part of it a name with `let`");
  }
}

void SyntaxErrors::comparisonChain(std::uint32_t left, std::uint32_t op) {
  if (auto* diagnostic = report(op, code::comparison_chain, atToken(op))) {
    diagnostic->label("write `a < b && b < c`").also(at({tokens_.begin[left], tokens_.end[op - 1]}), "this is a comparison already");
  }
}

void SyntaxErrors::foreignList(std::uint32_t first, std::uint32_t end) {
  if (kind(end) == LeftBracket && kind(end + 1) == RightBracket) return;  // of `int[][]` the whole
  auto open = end;
  while (open > first + 2 && kind(open - 1) == RightBracket && kind(open - 2) == LeftBracket) open -= 2;
  const std::size_t depth = (end - open) / 2;
  const Span element{tokens_.begin[first], tokens_.end[open - 1]}, brackets{element.end, tokens_.end[end - 1]};
  constexpr std::size_t shown = 40;
  const auto words = element.size() <= shown && textOf(element).find('\n') == std::string_view::npos ? textOf(element) : std::string_view("…");
  const auto list = fmt::format("`{}{}{}`", std::string(depth, '['), words, std::string(depth, ']'));
  auto* diagnostic = report(open, code::unexpected_token, at({element.begin, brackets.end}), {list, fmt::format("`{}{}`", words, textOf(brackets))});
  if (diagnostic == nullptr) return;
  diagnostic->label("brackets stand around the type of the elements");
  diagnostic->fix(fmt::format("write {}", list), {{at({element.begin, element.begin}), std::string(depth, '[')}, {at(brackets), std::string(depth, ']')}});
}

void SyntaxErrors::staticText(std::string_view what, std::uint32_t first, std::uint32_t end) {
  for (auto token = first; token < end; ++token) {
    if (kind(token) != InterpolationBegin) continue;
    if (auto* diagnostic = report(token, code::interpolated_text, atToken(token), {std::string(what)})) {
      if (what == "a key") {
        const Span range{tokens_.begin[first], tokens_.end[end - 1]};
        diagnostic->label("a computed key stands in brackets");
        diagnostic->fixReplace("put it in brackets", at(range), fmt::format("[{}]", textOf(range)));
      } else {
        diagnostic->label("it must be known before the program runs");
      }
    }
    silence(end);
    return;
  }
}

void SyntaxErrors::misplacedDeclaration(std::uint32_t token) {
  if (auto* diagnostic = report(token, code::misplaced_declaration, atToken(token), {std::string(textOf(token))})) {
    diagnostic->label("declarations stand in files and components").note("to set a key of this name put a `:` behind it");
  }
}

void SyntaxErrors::extends(std::uint32_t token) {
  const bool first = token == 0;
  if (first) return;
  if (auto* diagnostic = report(token, code::misplaced_extends, atToken(token))) diagnostic->label("move it to the top");
}

}  // namespace kdsl::syntax
