// Lines that are no entry, and what stands behind one.
#include "syntax/syntax_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/near_name.hpp"
#include "diag/codes/syntax.hpp"
#include "syntax/error_words.hpp"
#include "syntax/literal.hpp"
#include "syntax/parse.hpp"

namespace kdsl::syntax {

namespace code = diag::code;
using grammar::Wanted;
using source::Span;
using enum TokenKind;

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
  if (which == Plus && kind(token + 1) == Colon && adjacent(token + 1)) {  // Jsonnet
    const auto sign = at({tokens_.begin[token], tokens_.end[token + 1]});
    if (auto* diagnostic = report(token, code::unexpected_token, sign, {"`:`", "`+:`"})) {
      diagnostic->label(fmt::format("write `{}:`", key)).note("braces always merge with what was there; to add to a list write `append […]`");
      diagnostic->fixReplace("write `:`", sign, ":");
    }
    silence(token + 2);
    return 2;
  }
  if (foreignDeclaration(token)) {
    skipRest = true;
    return 0;
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
  if (const auto colon = colonOfBareKey(token); colon != token) {
    const auto first = tokens_.begin[token] - static_cast<std::uint32_t>(key.size());
    needsQuotes(token, {first, tokens_.begin[colon]});
    return colon - token + 1;
  }
  expected("`:`", token, "an entry is `key: value`");
  skipRest = true;
  return 0;
}

/// `local x = 1`, `def f(x) { … }`, `import * from "…"`: declarations of other languages, at the token behind their first word.
bool SyntaxErrors::foreignDeclaration(std::uint32_t token) {
  struct Word {
    std::string_view foreign, own, form;
  };
  static constexpr Word words[] = {
      {"class", "schema", "schema NAME { … }"}, {"const", "let", "let NAME = …"},         {"def", "fn", "fn NAME(…) = …"},
      {"enum", "", "type NAME = \"a\" | \"b\""}, {"func", "fn", "fn NAME(…) = …"},         {"function", "fn", "fn NAME(…) = …"},
      {"interface", "schema", "schema NAME { … }"}, {"local", "let", "let NAME = …"},     {"struct", "schema", "schema NAME { … }"},
      {"val", "let", "let NAME = …"},           {"var", "let", "let NAME = …"},
  };
  if (token == 0) return false;
  const auto word = textOf(token - 1);
  if (word == "import" && kind(token) == Star) {
    if (auto* diagnostic = report(token, code::unexpected_token, atToken(token), {"a text, or names in braces", "`*`"})) {
      diagnostic->label("names come one by one, `import { a, b } from \"./file\"`, or behind the module's: `import \"./file\" as file`");
    }
    return true;
  }
  const auto* known = std::ranges::find(words, word, &Word::foreign);
  if (known == std::end(words) || !isName(kind(token))) return false;
  if (auto* diagnostic = report(token, code::missing_colon, atToken(token - 1), {std::string(word)})) {
    diagnostic->label(fmt::format("a declaration is `{}`", known->form));
    if (!known->own.empty()) diagnostic->fixReplace(fmt::format("write `{}`", known->own), atToken(token - 1), std::string(known->own));
  }
  return true;
}

/// The colon behind a key that is no name, as YAML has them: `app.kubernetes.io/name:`, `my-app:`, where `token` is the first that no name has.
/// `token` itself if there is none.
std::uint32_t SyntaxErrors::colonOfBareKey(std::uint32_t token) const {
  auto end = token;
  while ((kind(end) == Slash || kind(end) == Minus || kind(end) == Dot || isWord(kind(end)) || kind(end) == Number) && adjacent(end)) ++end;
  return end > token && kind(end) == Colon && adjacent(end) ? end : token;
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

}  // namespace kdsl::syntax
