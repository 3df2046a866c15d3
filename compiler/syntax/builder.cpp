#include "syntax/builder.hpp"

#include <algorithm>

namespace kdsl::syntax {
namespace {

/// Index into the counts of open brackets: 0 braces, 1 brackets, 2 parentheses; 3 for other tokens.
constexpr std::size_t sortOf(TokenKind kind) {
  using enum TokenKind;
  switch (kind) {
    case LeftBrace: case RightBrace: return 0;
    case LeftBracket: case RightBracket: return 1;
    case LeftParen: case RightParen: return 2;
    default: return 3;
  }
}
constexpr bool opens(TokenKind kind) { return kind == TokenKind::LeftBrace || kind == TokenKind::LeftBracket || kind == TokenKind::LeftParen; }
constexpr bool closes(TokenKind kind) { return kind == TokenKind::RightBrace || kind == TokenKind::RightBracket || kind == TokenKind::RightParen; }

}  // namespace

Builder::Builder(source::FileId file, std::string_view text, const LexResult& lexed)
    : lexed_(lexed), tokens_(lexed.tokens), errors_(file, text, lexed), bracket_(lexed.tokens.size()) {
  nodes_.resize(tokens_.size() + std::size_t{16});
}

/// A node with children: its height and whether it is broken come from them.
bool Builder::closeAround(NodeKind kind, const Mark& mark, std::uint32_t end, Slot slot) {
  Node node{kind, slot, 1, kind <= NodeKind::Missing, mark.token, end, count_ - mark.nodes + 1};
  unsigned height = 0;
  unsigned broken = node.broken;
  for (auto child = count_; child > mark.nodes;) {
    const auto& each = nodes_[child - 1];
    height = std::max(height, static_cast<unsigned>(each.height));
    broken |= each.broken;
    child -= each.size;
  }
  node.height = static_cast<std::uint16_t>((height + 1) & 0x7FFF);
  node.broken = broken & 1;
  push(node);
  return height + 1 < maxHeight;
}

base::RawVector<Node> Builder::take() {
  // A node's place in preorder is its place in postorder, less the nodes below it, plus the nodes above it. Going backwards meets a
  // node before those below it, so the nodes above are those whose subtrees are still open.
  base::RawVector<Node> preorder(count_);
  std::vector<std::uint32_t> firstBelow;  // for each node above, the first place of its subtree in postorder
  for (auto at = count_; at-- > 0;) {
    while (!firstBelow.empty() && at < firstBelow.back()) firstBelow.pop_back();
    const auto& node = nodes_[at];
    const auto first = at + 1 - node.size;
    preorder[first + firstBelow.size()] = node;
    if (node.size > 1) firstBelow.push_back(first);
  }
  return preorder;
}

Builder::Context Builder::openBracket(std::uint32_t token) {
  const Context outer{bracket_, open_, refines_};
  bracket_ = token;
  refines_ = true;
  const auto sort = sortOf(kind(token));
  if (sort < open_.size()) ++open_[sort];
  else open_ = {};  // the code of a `${…}` cannot close what is around the text
  return outer;
}

void Builder::closeBracket(const Context& outer) {
  bracket_ = outer.bracket;
  open_ = outer.open;
  refines_ = outer.refines;
}

bool Builder::isOpen(TokenKind close) const {
  const auto sort = sortOf(close);
  return sort < open_.size() && open_[sort] != 0;
}

bool Builder::beginsLambda(std::uint32_t token) const {
  // Never beyond the end: each kind asked for stands before EndOfFile.
  if (kind(token) != TokenKind::LeftParen) return false;
  if (kind(token + 1) == TokenKind::RightParen) return kind(token + 2) == TokenKind::Arrow;
  if (!isName(kind(token + 1))) return false;
  switch (kind(token + 2)) {
    case TokenKind::Comma: case TokenKind::Colon: return true;
    case TokenKind::RightParen: return kind(token + 3) == TokenKind::Arrow;
    default: return false;
  }
}

bool Builder::beginsList(std::uint32_t token) const { return kind(token) == TokenKind::LeftBracket && token != 0 && tokens_.end[token - 1] != tokens_.begin[token]; }

std::uint32_t Builder::skip(Slot slot, std::uint32_t first, std::uint32_t end) {
  if (end != first) leaf(NodeKind::Error, slot, first, end);
  return end - first;
}

/// End of the tokens from `token` on that belong to no construct: up to a separator or a bracket that closes an open one, over
/// balanced brackets. `acrossLines`: separators do not end it.
std::uint32_t Builder::endOfRun(std::uint32_t token, bool acrossLines) const {
  std::vector<TokenKind> inside;
  std::uint32_t texts = 0;
  for (auto at = token;; ++at) {
    const auto each = kind(at);
    if (each == TokenKind::EndOfFile) return at;
    if (each == TokenKind::StringBegin) ++texts;
    if (texts != 0) {
      if (each == TokenKind::StringEnd) --texts;
      continue;
    }
    if (closesCode(each)) return at;
    if (lexed_.unbalanced && at != token && startsOuterItem(at)) return at;
    if (opens(each)) {
      inside.push_back(each);
    } else if (closes(each)) {
      const auto partner = std::find_if(inside.rbegin(), inside.rend(), [&](TokenKind open) { return sortOf(open) == sortOf(each); });
      if (partner != inside.rend() && partner - inside.rbegin() < 8) inside.resize(static_cast<std::size_t>(inside.rend() - partner) - 1);
      else if (isOpen(each)) return at;
    } else if (inside.empty() && !acrossLines && (each == TokenKind::NewLine || each == TokenKind::Comma)) {
      return at;
    }
  }
}

/// In a file with unbalanced brackets: a declaration that begins a line no further in than the line of the innermost open bracket.
/// The bracket is taken to be unclosed.
bool Builder::startsOuterItem(std::uint32_t token) const {
  if (bracket_ >= tokens_.size()) return false;
  if (std::binary_search(lexed_.boundaries.begin(), lexed_.boundaries.end(), token)) return true;
  if (!isDeclaring(kind(token)) || !isWord(kind(token + 1))) return false;
  return errors_.beginsLine(token) && errors_.indentation(token) <= errors_.indentation(bracket_);
}

bool Builder::endsItems(std::uint32_t token) const {
  const auto each = kind(token);
  if (closesCode(each)) return true;
  if (closes(each)) return bracket_ < tokens_.size();
  if (!lexed_.unbalanced) return false;
  // An entry on a line of its own cannot stand in a list.
  if (bracket_ < tokens_.size() && kind(bracket_) == TokenKind::LeftBracket && isWord(each) && kind(token + 1) == TokenKind::Colon && errors_.beginsLine(token)) {
    return true;
  }
  return startsOuterItem(token);
}

std::uint32_t Builder::tooDeep(Slot slot, std::uint32_t token) {
  errors_.tooDeep(token);
  auto end = endOfRun(token, false);
  // Where the run begins with an operator or header, the rest of the line goes too; a separator inside brackets is passed over above.
  if (end == token && !closesCode(kind(token)) && !closes(kind(token)) && kind(token) != TokenKind::NewLine) end = token + 1;
  const auto skipped = skip(slot, token, end);
  errors_.silence(end);
  return skipped;
}

std::uint32_t Builder::tooHigh(std::uint32_t token) {
  errors_.tooDeep(token);
  const auto end = endOfRun(token, false);
  errors_.silence(end);
  return skip(Slot::Junk, token, end);
}

std::uint32_t Builder::missing(Slot slot, grammar::Wanted wanted, std::uint32_t token) {
  const auto count = errors_.missing(wanted, token, bracket_);
  if (count == 0) leaf(NodeKind::Missing, slot, token, token);
  else skip(slot, token, token + count);
  return count;
}

std::uint32_t Builder::lacks(TokenKind wanted, std::uint32_t token) {
  return skip(Slot::Junk, token, token + errors_.lacks(wanted, token));
}

std::uint32_t Builder::entryColon(std::uint32_t token) {
  const bool plain = kind(token) == TokenKind::Colon && kind(token + 1) != TokenKind::Assign;
  if (plain) return 1;
  bool skipRest = false;
  const auto count = errors_.entryColon(token, skipRest);
  const auto end = skipRest ? std::max(endOfRun(token, false), token + count) : token + count;
  if (skipRest) errors_.silence(end);
  return skip(Slot::Junk, token, end);
}

std::uint32_t Builder::badItem(grammar::Wanted wanted, std::uint32_t token) {
  if (closes(kind(token))) {
    errors_.strayBracket(token);
    return skip(Slot::Item, token, token + 1);
  }
  const auto end = std::max(endOfRun(token, false), token + 1);
  errors_.badItem(wanted, token, bracket_, end);
  return skip(Slot::Item, token, end);
}

std::uint32_t Builder::junkAfterItem(std::uint32_t token) {
  if (closes(kind(token))) {
    errors_.strayBracket(token);
    return skip(Slot::Item, token, token + 1);
  }
  // In a file with unbalanced brackets the lexer may have taken a line break to be inside parentheses.
  if (lexed_.unbalanced && errors_.beginsLine(token)) return 0;
  const auto end = std::max(endOfRun(token, false), token + 1);
  return errors_.junkAfterItem(token, bracket_, end) ? skip(Slot::Item, token, end) : 0;
}

std::uint32_t Builder::skipToClose(TokenKind close, std::uint32_t token) {
  const auto open = bracket_;
  std::uint32_t lines = 0;
  while (kind(token + lines) == TokenKind::NewLine) ++lines;
  if (kind(token + lines) == close) return lines;
  const auto each = kind(token);
  if (closes(each) && !isOpen(each)) {
    // Another bracket than the open one: it is in excess if the right one follows, else it stands for that.
    auto next = token + 1;
    while (kind(next) == TokenKind::NewLine || kind(next) == TokenKind::Comma) ++next;
    if (kind(next) == close) errors_.strayBracket(token);
    else errors_.wrongClose(open, close, token);
    return skip(Slot::Junk, token, kind(next) == close ? next : token + 1);
  }
  const bool unclosed = closesCode(each) || closes(each) || each == TokenKind::NewLine || endsItems(token) ||
                        (lexed_.unbalanced && close != TokenKind::RightBrace && errors_.beginsLine(token));
  if (unclosed && close != TokenKind::InterpolationEnd) {
    errors_.unclosed(open, token);
    return 0;
  }
  errors_.junkBeforeClose(close, token);
  const auto end = endOfRun(token, close != TokenKind::RightBrace);
  if (kind(end) != close) errors_.silence(end);
  return skip(Slot::Junk, token, end);
}

}  // namespace kdsl::syntax
