#include "syntax/syntax_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/near_name.hpp"
#include "diag/codes/syntax.hpp"
#include "grammar/operators.hpp"
#include "syntax/literal.hpp"
#include "syntax/parse.hpp"

namespace kdsl::syntax {
namespace {

using diag::Code;
namespace code = diag::code;
using grammar::Wanted;
using source::Span;
using enum TokenKind;

std::string_view describe(Wanted wanted) {
  switch (wanted) {
    case Wanted::Name: return "a name";
    case Wanted::Type: return "a type";
    case Wanted::Value: return "an expression";
    case Wanted::Condition: return "a condition";
    case Wanted::Operand: return "an expression";
    case Wanted::Text: return "a text in double quotes";
    case Wanted::Entry: return "an entry";
    case Wanted::Item: return "a declaration or an entry";
    case Wanted::Element: return "an element";
    case Wanted::Field: return "a field";
    case Wanted::Arm: return "an arm such as `\"a\" => 1`";
    case Wanted::Nothing: return "the end of the expression";
    case Wanted::Body: return "`{`";
    case Wanted::Word: return "a name";
    case Wanted::Head: return "`(`";
    case Wanted::Bound: return "a bound such as `1..5`";
  }
  return "something else";
}

/// Blanks at a line's begin that are looked at, and tokens that are looked through for a suspect: hostile texts stay cheap.
constexpr std::uint32_t maxIndentation = 1000;
constexpr std::uint32_t maxSuspectDistance = 100'000;

bool isOperator(TokenKind kind) { return grammar::precedence(kind) != 0 || kind == Not; }
bool isText(TokenKind kind) { return kind >= Raw && kind <= StringEnd; }

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

// ---- Missing parts --------------------------------------------------------------------------------------------------------------

std::uint32_t SyntaxErrors::missing(Wanted wanted, std::uint32_t token, std::uint32_t bracket) {
  bracket_ = bracket;
  const auto which = kind(token);
  // A line ends behind `(` or `,` only where a declaration follows: then the bracket is unclosed, and that is told.
  if (which == NewLine && token != 0 && bracket < tokens_.size() && (kind(token - 1) == LeftParen || kind(token - 1) == LeftBracket || kind(token - 1) == Comma)) return 0;
  switch (wanted) {
    case Wanted::Name: case Wanted::Word: return missingName(token);
    case Wanted::Type: return missingType(token);
    case Wanted::Value: case Wanted::Operand: case Wanted::Condition: return missingValue(token);
    case Wanted::Body:
      if (which == NewLine && kind(token + 1) == LeftBrace) {
        if (auto* diagnostic = report(token, code::unexpected_token, behind(token), {"`{`", found(token)})) {
          diagnostic->label("`{` stands on this line").also(atToken(token + 1), "not here");
        }
        return 1;
      }
      expected("`{`", token);
      return 0;
    case Wanted::Text:
      if (isName(which) && kind(token + 1) == KwFrom && kind(token + 2) == StringBegin) {
        if (auto* diagnostic = report(token, code::unexpected_token, atToken(token), {"`{`", found(token)})) {
          const auto names = fmt::format("{{ {} }}", textOf(token));
          diagnostic->label(fmt::format("write `{}`", names)).fixReplace("put the name in braces", atToken(token), names);
        }
        auto end = token + 3;
        while (!endsEntry(end)) ++end;
        return (kind(end) == StringEnd ? end + 1 : end) - token;
      }
      expected("a text in double quotes", token);
      return 0;
    case Wanted::Head:
      expected("`(`", token);
      return 0;
    default:
      expected(std::string(describe(wanted)), token);
      return 0;
  }
}

std::uint32_t SyntaxErrors::missingValue(std::uint32_t token) {
  const auto which = kind(token);
  const auto before = token == 0 ? EndOfFile : kind(token - 1);
  if (before == Colon && which == NewLine && kind(token + 1) == Minus && kind(token + 2) != Minus) return yamlList(token + 1, token - 1);
  if (before == Colon && which == Assign && adjacent(token)) {
    if (auto* diagnostic = report(token, code::colon_equals, at({tokens_.begin[token - 1], tokens_.end[token]}), {"="})) {
      diagnostic->label("write `=`").fixReplace("write `=`", diagnostic->primary.at, "=");
    }
    return 1;
  }
  const bool isReservedWord = isReserved(which) && which != KwIf && which != KwElse;
  if (isReservedWord && !quiet(token)) {
    if (auto* diagnostic = report(token, code::reserved_word, atToken(token), {std::string(textOf(token))})) {
      diagnostic->label("an expression was expected here");
      if (before == Colon && endsEntry(token + 1)) {
        const auto literal = quoted(textOf(token));
        diagnostic->fixReplace("put it in quotes", atToken(token), literal);
      }
    }
    return endsEntry(token + 1) ? 1 : 0;
  }
  if (isOperator(before) && before != KwIn && before != KwIs && endsEntry(token)) {
    if (auto* diagnostic = report(token, code::missing_operand, atToken(token - 1), {std::string(textOf(token - 1))})) {
      diagnostic->label("an expression was expected behind it");
    }
    return 0;
  }
  if ((before == Colon || before == Assign) && !endsEntry(token) && (which == Slash || which == Star || which == Dot || which == DotDot || which == Percent)) {
    return unquotedText(token);
  }
  if (before == Colon && (which == Pipe || which == Greater)) {
    expected("an expression", token, "a text of several lines stands between `\"\"\"`");
    return 0;
  }
  const bool afterSign = before == Colon || before == Assign || before == KwReplace || before == KwAppend || before == KwPrepend;
  if (afterSign && endsEntry(token)) {
    auto sign = token - 1;
    if (before != Colon && before != Assign && sign > 0) --sign;
    const auto defined = keyBefore(sign);
    // Behind a type (`c: int =`) the name is further away: the sign says enough.
    const auto keyToken = sign > 1 && kind(sign) == Assign ? kind(sign - 2) : EndOfFile;
    const std::string key(keyToken == Colon ? textOf(sign) : defined);
    auto* diagnostic = report(token, code::missing_value, behind(token), {key});
    if (diagnostic == nullptr) return 0;
    diagnostic->label(fmt::format("a value was expected behind `{}`", textOf(token - 1)));
    const bool block = which == NewLine && before == Colon && beginsLine(token + 1) && indentation(token + 1) > indentation(token - 1);
    if (block) diagnostic->label(fmt::format("write `{}: {{ … }}`", key)).note("what belongs together stands in braces; indentation has no meaning");
    return 0;
  }
  if (before == InterpolationBegin && which == InterpolationEnd) {
    expected("an expression", token, "to write `${` itself, escape it: `\\${`");
    return 0;
  }
  expected("an expression", token);
  return 0;
}

std::uint32_t SyntaxErrors::missingName(std::uint32_t token) {
  const auto which = kind(token);
  if (isReserved(which)) {
    if (auto* diagnostic = report(token, code::reserved_word, atToken(token), {std::string(textOf(token))})) diagnostic->label("choose another name");
    return 1;
  }
  if (which == StringBegin && kind(token + 1) == StringChunk && kind(token + 2) == StringEnd && !quiet(token)) {
    const auto word = textOf(token + 1);
    const Span range{tokens_.begin[token], tokens_.end[token + 2]};
    if (auto* diagnostic = report(token, code::quoted_name, at(range))) {
      if (isBareWord(word)) diagnostic->label(fmt::format("write `{}`", word)).fixReplace("take the quotes away", at(range), std::string(word));
      else diagnostic->label("names are ASCII letters, digits and `_`");
    }
    return 3;
  }
  expected("a name", token);
  return 0;
}

std::uint32_t SyntaxErrors::missingType(std::uint32_t token) {
  const auto which = kind(token);
  const auto before = token == 0 ? EndOfFile : kind(token - 1);
  if (before == Colon && which == Assign && adjacent(token)) {
    if (auto* diagnostic = report(token, code::colon_equals, at({tokens_.begin[token - 1], tokens_.end[token]}), {"="})) {
      diagnostic->label("write `=`").fixReplace("write `=`", diagnostic->primary.at, "=");
    }
    return 0;
  }
  if (isReserved(which)) {
    if (auto* diagnostic = report(token, code::reserved_word, atToken(token), {std::string(textOf(token))})) diagnostic->label("a type was expected here");
    return 1;
  }
  const bool noColon = before != Colon && before != Pipe && before != Assign && (which == Assign || endsEntry(token));
  expected("a type", token, noColon ? fmt::format("write `{}: TYPE`", keyBefore(token)) : "");
  return 0;
}

/// `fn f(x: int): int { x + 1 }`, at the brace.
void SyntaxErrors::bracedFunction(std::uint32_t brace) {
  auto* diagnostic = report(brace, code::unexpected_token, atToken(brace), {"`=`", "`{`"});
  if (diagnostic == nullptr) return;
  diagnostic->label("what a function gives is one expression, behind `=`");
  auto close = brace + 1;
  for (int open = 1; kind(close) != EndOfFile; ++close) {
    open += kind(close) == LeftBrace ? 1 : kind(close) == RightBrace ? -1 : 0;
    if (open == 0) break;
  }
  if (kind(close) != RightBrace) return;
  quietUntil_ = close + 1;  // statements, in other languages
  diagnostic->fix("write `=` for the braces", {{atToken(brace), "="}, {at({tokens_.end[close - 1], tokens_.end[close]}), ""}});
}

std::uint32_t SyntaxErrors::lacks(TokenKind wanted, std::uint32_t token) {
  const auto which = kind(token);
  const auto what = fmt::format("`{}`", syntax::describe(wanted));
  const auto replaced = [&](std::string label, std::uint32_t count, std::string title, std::string text) {
    const Span range{tokens_.begin[token], tokens_.end[token + count - 1]};
    if (auto* diagnostic = report(token, code::unexpected_token, at(range), {what, fmt::format("`{}`", textOf(range))})) {
      diagnostic->label(std::move(label)).fixReplace(std::move(title), at(range), std::move(text));
    }
    return count;
  };
  if (which == NewLine && kind(token + 1) == wanted) {
    if (auto* diagnostic = report(token, code::unexpected_token, behind(token), {what, found(token)})) {
      diagnostic->label("the line ends too early").also(atToken(token + 1), "it goes on here");
      const Span gap{tokens_.end[token - 1], tokens_.begin[token + 1]};
      if (textOf(gap).find('/') == std::string_view::npos) diagnostic->fixReplace("join the lines", at(gap), " ");
    }
    return 2;
  }
  switch (wanted) {
    case LeftParen:
      expected(what, token, "what follows `if`, `for`, `match` and `where` stands in parentheses");
      return 0;
    case Assign:
      if (which == LeftBrace || endsEntry(token)) {
        // `resource x: T { … }`, `let x: 5`
        for (auto colon = token; colon > 0 && token - colon < 16; --colon) {
          const auto each = kind(colon - 1);
          if (each == NewLine || each == Comma || each == LeftParen || each == Assign) break;
          if (each != Colon) continue;
          if (colon > 1 && kind(colon - 2) == RightParen && which == LeftBrace) {
            bracedFunction(token);
            return 0;
          }
          if (auto* diagnostic = report(token, code::unexpected_token, place(token), {what, found(token)})) {
            diagnostic->label("a definition has `=`").also(atToken(colon - 1), "behind `:` stands a type");
            diagnostic->fixReplace("write `=` for `:`", at({tokens_.end[colon - 2], tokens_.end[colon - 1]}), " =");
          }
          return 0;
        }
      }
      if (which == Colon) return replaced("write `=`", 1, "write `=`", "=");
      break;
    case Colon:
      if (which == Question && kind(token + 1) == Colon) {
        if (auto* diagnostic = report(token, code::unexpected_token, atToken(token), {what, "`?`"})) {
          diagnostic->label(fmt::format("write `{}: T?`: what may be left out is a matter of the type", keyBefore(token)));
        }
        return 2;
      }
      if (which == Assign) return replaced("write `:`", 1, "write `:`", ":");
      break;
    case Arrow:
      if (which == Colon) return replaced("an arm is `pattern => value`", 1, "write `=>`", " =>");
      if (token > 0 && kind(token - 1) == RightParen && endsEntry(token)) {
        expected(what, token, "names with commas in parentheses are a lambda's parameters; a list is `[a, b]`");
        return 0;
      }
      if (which == Minus && kind(token + 1) == Greater) return replaced("write `=>`", 2, "write `=>`", "=>");
      break;
    case KwBecause:
      if (endsEntry(token)) {
        expected(what, token, fmt::format("say why: `waive {} because \"…\"`", keyBefore(token)));
        return 0;
      }
      if (which == Colon) return replaced("write `because \"…\"`", 1, "write `because`", " because");
      if (which == StringBegin) {
        if (auto* diagnostic = report(token, code::unexpected_token, place(token), {what, found(token)})) {
          const auto before = tokens_.begin[token];
          diagnostic->label("write `because \"…\"`").fixReplace("write `because`", at({before, before}), "because ");
        }
        return 0;
      }
      break;
    case KwIn:
      if (which == TokenKind::Name && textOf(token) == "of") return replaced("write `in`", 1, "write `in`", "in");
      break;
    default:
      break;
  }
  expected(what, token);
  return 0;
}

// ---- Entries --------------------------------------------------------------------------------------------------------------------

std::uint32_t SyntaxErrors::entryColon(std::uint32_t token, bool& skipRest) {
  const auto which = kind(token);
  const std::string key(keyBefore(token));
  if (which == Colon) {  // and `=` behind it
    if (auto* diagnostic = report(token, code::colon_equals, at({tokens_.begin[token], tokens_.end[token + 1]}), {":"})) {
      diagnostic->label(fmt::format("write `{}: …`", key)).fixReplace("write `:`", diagnostic->primary.at, ":");
    }
    silence(token + 2);
    return 2;
  }
  if (which == Assign) {
    if (auto* diagnostic = report(token, code::equals_in_body, atToken(token))) {
      const auto value = !endsEntry(token + 1) && tokens_.span(TokenId{token + 1}).size() < 20 && endsEntry(token + 2) ? std::string(textOf(token + 1)) : "…";
      diagnostic->label(fmt::format("write `{}: {}`", key, value)).note("`=` makes a new name: let, param, resource, a field's default");
      const Span range{token > 0 ? tokens_.end[token - 1] : tokens_.begin[token], tokens_.end[token]};
      diagnostic->fixReplace("write `:`", at(range), ":");
    }
    silence(token + 1);
    return 1;
  }
  if (which == Plus && kind(token + 1) == Assign && adjacent(token + 1)) {
    if (auto* diagnostic = report(token, code::unexpected_token, at({tokens_.begin[token], tokens_.end[token + 1]}), {"`:`", "`+=`"})) {
      diagnostic->label(fmt::format("to add to a list write `{}: append […]`", key));
      diagnostic->note(fmt::format("to change a number write `{}: super + …`", key));
    }
    silence(token + 2);
    return 2;
  }
  if (endsEntry(token)) {
    if (auto* diagnostic = report(token, code::missing_colon, behind(token), {key})) diagnostic->label("an entry is `key: value`");
    return 0;
  }
  if (which == LeftBrace || startsValue(token)) {
    // A misspelled `resource web = …`?
    static constexpr std::string_view declaring[] = {"import", "param", "let", "resource", "external", "type", "schema", "component", "fn", "policy", "test", "each", "check", "waive"};
    const auto near = isName(which) || which == StringBegin ? base::nearest(key, declaring) : std::string_view{};
    if (!near.empty() && near != key) {
      if (auto* diagnostic = report(token, code::missing_colon, atToken(token - 1), {key})) {
        diagnostic->label(fmt::format("did you mean `{}`?", near)).fixReplace(fmt::format("write `{}`", near), atToken(token - 1), std::string(near));
      }
      skipRest = true;
      return 0;
    }
    if (auto* diagnostic = report(token, code::missing_colon, behind(token), {key})) {
      diagnostic->label(which == LeftBrace ? fmt::format("write `{}: {{ … }}`", key) : fmt::format("write `{}: …`", key));
      diagnostic->fixReplace("insert `:`", behind(token), ":");
    }
    return 0;
  }
  expected("`:`", token, "an entry is `key: value`");
  skipRest = true;
  return 0;
}

/// A `- item` list. `key`: the colon before it, or the number of tokens. Gives the tokens from the line end before the first dash on.
std::uint32_t SyntaxErrors::yamlList(std::uint32_t dash, std::uint32_t key) {
  // The list goes on while lines begin with a dash at its place; simple items are shown as they should be written.
  const auto start = dash - 1;
  std::string items;
  bool simple = true;
  auto token = dash;
  while (kind(token) == Minus) {
    auto end = token + 1;
    while (!endsEntry(end) && kind(end) != Colon && kind(end) != LeftBrace) ++end;
    // Tokens of a text end in StringEnd, which endsEntry knows as the end of code.
    if (kind(end) == StringEnd) ++end;
    const Span item{tokens_.begin[token + 1], tokens_.end[std::max(end - 1, token + 1)]};
    simple = simple && end > token + 1 && (kind(end) == NewLine || kind(end) == EndOfFile || kind(end) == RightBrace) && item.size() < 40;
    if (simple) items += fmt::format("{}{}", items.empty() ? "" : ", ", textOf(item));
    while (kind(end) != NewLine && kind(end) != EndOfFile && kind(end) != RightBrace) ++end;
    token = end;
    if (kind(token) != NewLine || kind(token + 1) != Minus || kind(token + 2) == Minus) break;
    ++token;
  }
  const auto name = keyBefore(key);
  const auto list = simple && items.size() < 60 ? fmt::format("{}: [{}]", name, items) : fmt::format("{}: [{{ … }}, …]", name);
  if (auto* diagnostic = report(dash, code::yaml_list, atToken(dash))) {
    diagnostic->label(fmt::format("write `{}`", list));
    diagnostic->also(at({tokens_.begin[key] - static_cast<std::uint32_t>(name.size()), tokens_.end[key]}), "");
    if (simple) diagnostic->fixReplace("write the list in brackets", at({tokens_.end[key], tokens_.end[token - 1]}), fmt::format(" [{}]", items));
  }
  // Lines that go on with an item's keys are read as entries; the dashes behind them belong to this list.
  yamlListIn_ = bracket_;
  silence(token);
  return token - start;
}

void SyntaxErrors::badItem(Wanted wanted, std::uint32_t token, std::uint32_t bracket, std::uint32_t end) {
  const auto which = kind(token);
  if (which == Minus && kind(token + 1) == Minus && kind(token + 2) == Minus && adjacent(token + 1) && beginsLine(token)) {
    if (auto* diagnostic = report(token, code::document_marker, at({tokens_.begin[token], tokens_.end[token + 2]}))) {
      diagnostic->label("a module is one file; each resource becomes a document of its own in the output");
      if (end == token + 3) diagnostic->fixReplace("take it away", diagnostic->primary.at, "");
    }
    silence(end);
    return;
  }
  if (which == Minus && beginsLine(token) && kind(bracket) != LeftBracket) {
    if (yamlListIn_ == bracket) last_ = token;  // one message for the items of one list
    yamlListIn_ = bracket;
    if (auto* diagnostic = report(token, code::yaml_list, atToken(token))) diagnostic->label("write `key: [{ … }, …]`");
    silence(end);
    return;
  }
  expected(std::string(describe(wanted)), token, which == LeftBrace && beginsLine(token) ? "`{` stands on the line of what it belongs to" : "");
  silence(end);
}

/// The words from the value before `token` on, as one text.
std::uint32_t SyntaxErrors::unquotedText(std::uint32_t token) {
  auto end = token + 1;
  while (!endsEntry(end) && kind(end) != LeftBrace) ++end;
  needsQuotes(token, {tokens_.begin[token], tokens_.end[end - 1]});
  silence(end);
  return end - token;
}

void SyntaxErrors::needsQuotes(std::uint32_t token, Span range) {
  auto* diagnostic = report(token, code::text_needs_quotes, at(range));
  if (diagnostic == nullptr) return;
  const auto text = textOf(range);
  if (text.find('"') != std::string_view::npos) {
    diagnostic->label("put all of it in one pair of double quotes");
    return;
  }
  const auto literal = quoted(text);
  diagnostic->label(fmt::format("write {}", literal)).note("a bare word is a name").fixReplace("put it in quotes", at(range), literal);
}

/// `a and b`, `a or b`, `not a`: operators as words, at the word behind which something else stands.
bool SyntaxErrors::foreignOperator(std::uint32_t token) {
  struct Word {
    std::string_view foreign, own;
  };
  static constexpr Word binary[] = {{"and", "&&"}, {"or", "||"}};
  const auto report = [&](std::uint32_t at, std::string_view own, std::string replacement) {
    const Span range{tokens_.begin[at], own == "!" ? tokens_.begin[at + 1] : tokens_.end[at]};
    auto* diagnostic = this->report(token, code::unexpected_token, atToken(at), {fmt::format("`{}`", own), fmt::format("`{}`", textOf(at))});
    if (diagnostic != nullptr) diagnostic->label(fmt::format("write `{}`", own)).fixReplace(fmt::format("write `{}`", own), this->at(range), std::move(replacement));
    return true;
  };
  if (isName(kind(token)) && (startsValue(token + 1) || kind(token + 1) == LeftParen)) {
    for (const auto& word : binary) {
      if (textOf(token) == word.foreign) return report(token, word.own, std::string(word.own));
    }
  }
  if (token > 0 && isName(kind(token - 1)) && textOf(token - 1) == "not" && startsValue(token)) return report(token - 1, "!", "!");
  return false;
}

bool SyntaxErrors::junkAfterItem(std::uint32_t token, std::uint32_t bracket, std::uint32_t end) {
  const auto which = kind(token);
  const auto around = bracket < tokens_.size() ? kind(bracket) : EndOfFile;
  if (which == Bad || quiet(token)) {
    silence(end);
    return true;
  }
  if (token > 0 && kind(token - 1) == Question && startsValue(token)) {
    if (auto* diagnostic = report(token, code::ternary, atToken(token - 1))) {
      diagnostic->label("behind an expression `?` asks whether it is there").note("write `if (c) a else b`");
    }
    silence(end);
    return true;
  }
  if (which == Colon && token > 1 && isWord(kind(token - 1)) && beginsLine(token - 1) && isOperator(kind(token - 2))) {
    // The line before ended in an operator and took this one for its right side.
    if (auto* diagnostic = report(token, code::missing_operand, atToken(token - 2), {std::string(textOf(token - 2))})) {
      diagnostic->label("an expression was expected behind it").also(atToken(token - 1), "the line goes on here");
    }
    silence(end);
    return true;
  }
  if (foreignOperator(token)) {
    silence(end);
    return true;
  }
  if (which == KwFor && around == LeftBracket) {
    expected("`,` or `]`", token, "a loop stands in front: `[for (x in xs) x * 2]`");
    silence(end);
    return true;
  }
  if (which == KwElse) {
    expected("a new line", token, "`else` belongs to an `if`, or stands before a check's message in double quotes");
    silence(end);
    return true;
  }
  if (around == LeftBracket && which == Colon) {
    if (keyedListAt_ == bracket) last_ = token;  // one message for the keys of one list
    keyedListAt_ = bracket;
    if (auto* diagnostic = report(token, code::key_in_list, atToken(token))) diagnostic->label("write `[{ key: value }]`, or braces for the whole");
    silence(end);
    return true;
  }
  // Where the value of this entry begins, if it is made of words that stand together: `redis:alpine`, `hello world`.
  auto first = token;
  while (first > 0 && kind(first - 1) != Colon && kind(first - 1) != Assign && kind(first - 1) != NewLine && kind(first - 1) != Comma &&
         kind(first - 1) != LeftBrace && !isText(kind(first - 1)) && token - first < 64) {
    --first;
  }
  const bool isValue = first > 0 && first < token && (kind(first - 1) == Colon || kind(first - 1) == Assign);
  if (isValue && around != LeftBracket) {
    const bool joined = which == Colon && adjacent(token) && adjacent(token + 1) && !endsEntry(token + 1);
    const bool words = isName(which) && kind(token + 1) != Colon && kind(token + 1) != Dot && isName(kind(token - 1)) && first + 1 == token;
    if (joined || words) {
      needsQuotes(token, {tokens_.begin[first], tokens_.end[end - 1]});
      silence(end);
      return true;
    }
  }
  const bool beginsItem = around == LeftBracket ? startsValue(token) || which == LeftBrace
                                                : (isWord(which) || which == StringBegin || which == LeftBracket || which == Ellipsis);
  if (beginsItem) {
    if (auto* diagnostic = report(token, code::missing_separator, place(token), {found(token)})) {
      diagnostic->fixReplace("insert `,`", behind(token), ",");
    }
    const bool isItem = around == LeftBracket || kind(token + 1) == Colon || kind(token + 1) == Dot || isDeclaring(which) || which == Ellipsis;
    if (!isItem) silence(end);
    else last_ = 0xFFFF'FFFFu;
    return !isItem;
  }
  expected(around == LeftBracket ? "`,` or `]`" : around == LeftBrace ? "a new line, `,` or `}`" : "a new line", token);
  silence(end);
  return true;
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
    return;
  }
  const auto close = kind(bracket) == LeftBrace ? "}" : kind(bracket) == LeftBracket ? "]" : ")";
  diagnostic->also(behind(token), fmt::format("`{}` was expected here", close));
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
