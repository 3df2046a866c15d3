// Help while typing: indentation and places that change together.
#include <algorithm>

#include "query/ide/questions.hpp"

namespace kdsl::query {

using syntax::TokenKind;

namespace {

constexpr std::uint32_t indentWidth = 2;

bool opens(TokenKind kind) { return kind == TokenKind::LeftBrace || kind == TokenKind::LeftBracket || kind == TokenKind::LeftParen; }
bool closes(TokenKind kind) { return kind == TokenKind::RightBrace || kind == TokenKind::RightBracket || kind == TokenKind::RightParen; }

}  // namespace

std::vector<Span> linkedRanges(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  const auto target = targetAt(index, offset);
  if (!target || target->kind != TargetKind::Local || target->file != facts.file) return {};
  const auto& local = facts.hir()[target->local];
  if (local.kind == hir::LocalKind::FnParam) return {};  // calls in other files may name it
  std::vector<Span> ranges;
  const auto name = base::text(local.name);
  for (const auto& use : index.occurrences) {
    if (!(use.target == *target)) continue;
    // `{ name }` is a key too: what is typed there would change both.
    const bool isWhole = facts.text().substr(use.span.begin, use.span.size()) == name;
    const bool isShorthand = std::any_of(index.occurrences.begin(), index.occurrences.end(), [&](const Occurrence& other) { return other.shorthand && other.span == use.span; });
    if (!isWhole || isShorthand) return {};
    ranges.push_back(use.span);
  }
  return ranges;
}

std::optional<Indentation> indentationAt(const Facts& facts, std::uint32_t offset) {
  const auto text = facts.text();
  const auto& tokens = facts.tree->tokens();
  const auto lineBegin = static_cast<std::uint32_t>(offset == 0 ? 0 : text.find_last_of("\r\n", offset - 1) + 1);
  Indentation found;
  found.blanks = {lineBegin, static_cast<std::uint32_t>(std::min(text.find_first_not_of(" \t", lineBegin), text.size()))};
  // One level for each line on which something was opened and not closed: `f({` is one step, not two.
  std::vector<std::uint32_t> openLines;
  std::uint32_t i = 0;
  for (; i < tokens.size() && tokens.end[i] <= lineBegin; ++i) {
    if (tokens.begin[i] == tokens.end[i]) continue;
    if (opens(tokens.kind[i])) openLines.push_back(static_cast<std::uint32_t>(text.find_last_of("\r\n", tokens.begin[i]) + 1));
    if (closes(tokens.kind[i]) && !openLines.empty()) openLines.pop_back();
  }
  // The line begins inside a text of several lines: its blanks belong to the text.
  const bool isInside = i < tokens.size() && tokens.begin[i] < lineBegin;
  const auto kind = i < tokens.size() ? tokens.kind[i] : TokenKind::EndOfFile;
  if (isInside || kind == TokenKind::StringChunk || (kind == TokenKind::StringEnd && tokens.begin[i] >= lineBegin)) return std::nullopt;
  for (; i < tokens.size() && closes(tokens.kind[i]) && tokens.begin[i] == found.blanks.end && !openLines.empty(); ++i) openLines.pop_back();
  openLines.erase(std::unique(openLines.begin(), openLines.end()), openLines.end());
  found.wanted = static_cast<std::uint32_t>(openLines.size()) * indentWidth;
  return found;
}

}  // namespace kdsl::query
