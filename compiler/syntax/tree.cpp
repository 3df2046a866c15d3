#include "syntax/tree.hpp"

#include <algorithm>

namespace kdsl::syntax {

std::string_view kindName(NodeKind kind) {
  static constexpr std::string_view names[] = {
#define KDSL_NODE(kind) #kind,
#include "grammar/nodes.def"
#undef KDSL_NODE
  };
  return names[static_cast<std::size_t>(kind)];
}

Tree::Tree() : Tree(base::none<source::FileId>, {}, {{TokenKind::EndOfFile}, {0}, {0}}, {Node{.kind = NodeKind::File}}) {}

Tree::Tree(source::FileId file, std::string_view text, Tokens tokens, base::RawVector<Node> nodes)
    : file_(file), text_(text), tokens_(std::move(tokens)), nodes_(std::move(nodes)), parents_(std::make_unique<Parents>()) {}

NodeId Tree::child(NodeId id, NodeKind kind) const {
  for (const auto each : children(id)) {
    if (this->kind(each) == kind) return each;
  }
  return base::none<NodeId>;
}

NodeId Tree::part(NodeId id, std::uint32_t n) const {
  for (const auto each : children(id)) {
    const auto& found = node(each);
    if (found.kind <= NodeKind::Missing && found.slot == Slot::Junk) continue;
    if (n-- == 0) return each;
  }
  return base::none<NodeId>;
}

NodeId Tree::parent(NodeId id) const {
  std::call_once(parents_->once, [this] {
    auto& of = parents_->of;
    of.assign(nodes_.size(), base::none<NodeId>);
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      for (const auto each : children(NodeId{i})) of[base::index(each)] = NodeId{i};
    }
  });
  return parents_->of[base::index(id)];
}

source::Span Tree::span(NodeId id) const {
  const auto& at = node(id);
  auto end = at.end;
  while (end > at.first && tokens_.kind[end - 1] == TokenKind::NewLine) --end;
  if (end > at.first) return {tokens_.begin[at.first], tokens_.end[end - 1]};
  auto before = at.first;
  while (before > 0 && tokens_.kind[before - 1] == TokenKind::NewLine) --before;
  const auto offset = before == 0 ? 0 : tokens_.end[before - 1];
  return {offset, offset};
}

NodeId Tree::nodeAt(std::uint32_t offset) const {
  auto found = root();
  for (bool deeper = true; deeper;) {
    deeper = false;
    for (const auto each : children(found)) {
      const auto range = span(each);
      if (range.begin > offset) break;
      if (!range.touches(offset)) continue;
      found = each;
      deeper = true;
      if (range.end > offset) break;
      // The caret stands behind this child: one that begins here is preferred.
      const auto next = base::index(each) + node(each).size;
      if (next < nodes_.size() && span(NodeId{next}).begin == offset && !span(NodeId{next}).empty()) continue;
      break;
    }
  }
  return found;
}

TokenId Tree::ownToken(NodeId id, TokenKind kind) const {
  auto token = node(id).first;
  auto child = children(id).begin();
  const auto last = children(id).end();
  while (token < node(id).end) {
    if (!(child == last) && node(*child).first <= token) {
      token = std::max(token, node(*child).end);
      ++child;
      continue;
    }
    if (tokens_.kind[token] == kind) return TokenId{token};
    ++token;
  }
  return base::none<TokenId>;
}

TokenId Tree::tokenAt(std::uint32_t offset) const {
  // The last token that begins at or before the offset; those without bytes are passed over.
  auto at = static_cast<std::uint32_t>(std::upper_bound(tokens_.begin.begin(), tokens_.begin.end(), offset) - tokens_.begin.begin());
  while (at > 0) {
    --at;
    if (tokens_.begin[at] == tokens_.end[at]) continue;
    return tokens_.end[at] >= offset ? TokenId{at} : base::none<TokenId>;
  }
  return base::none<TokenId>;
}

namespace {

/// Of the next line break from `at` on; the size of the text if there is none. (`find_first_of` looks each byte up.)
std::size_t lineBreak(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '\n' && text[at] != '\r') ++at;
  return at;
}

}  // namespace

std::string Tree::docComment(NodeId id) const {
  const auto first = node(id).first;
  const auto end = tokens_.begin[first];
  auto before = first;
  while (before > 0 && tokens_.kind[before - 1] == TokenKind::NewLine) --before;
  const auto begin = before == 0 ? 0 : tokens_.end[before - 1];
  auto gap = text_.substr(begin, end - begin);
  if (gap.find('/') == std::string_view::npos) return {};
  if (before != 0) {  // what is on the line of the token before belongs to that
    const auto lineEnd = lineBreak(gap, 0);
    if (lineEnd == gap.size()) return {};
    gap.remove_prefix(lineEnd + (gap.substr(lineEnd).starts_with("\r\n") ? 2 : 1));
  }
  std::string doc;
  bool any = false;
  for (std::size_t at = 0; at < gap.size();) {
    const auto lineEnd = lineBreak(gap, at);
    auto line = gap.substr(at, lineEnd - at);
    at = lineEnd + (gap.substr(lineEnd).starts_with("\r\n") ? 2 : 1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with("///")) {
      // An empty line or a plain comment between a doc comment and the node parts them; the blanks before the node itself do not.
      if (at > gap.size() && line.empty()) break;
      doc.clear();
      any = false;
      continue;
    }
    line.remove_prefix(3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    if (any) doc += '\n';
    doc += line;
    any = true;
  }
  return doc;
}

}  // namespace kdsl::syntax
