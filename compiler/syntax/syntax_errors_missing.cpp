// Parts that are not there.
#include "syntax/syntax_errors.hpp"

#include <fmt/format.h>

#include <utility>

#include "diag/codes/syntax.hpp"
#include "syntax/error_words.hpp"
#include "syntax/literal.hpp"

namespace kdsl::syntax {

namespace code = diag::code;
using grammar::Wanted;
using source::Span;
using enum TokenKind;

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

}  // namespace kdsl::syntax
