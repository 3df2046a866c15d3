#include "query/ide/completion.hpp"
#include "syntax/views.hpp"

namespace kdsl::query {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::TokenKind;

namespace {

/// The offset is behind `//` on its line, in a gap between tokens.
bool inComment(const syntax::Tree& tree, std::uint32_t offset) {
  const auto text = tree.source();
  const auto lineBegin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
  auto slashes = text.find("//", lineBegin);
  while (slashes != std::string_view::npos && slashes + 1 < offset) {
    if (!base::valid(tree.tokenAt(static_cast<std::uint32_t>(slashes))) ||
        !tree.tokenSpan(tree.tokenAt(static_cast<std::uint32_t>(slashes))).contains(static_cast<std::uint32_t>(slashes)))
      return true;
    slashes = text.find("//", slashes + 2);
  }
  return false;
}

/// The text literal without `${…}` whose inside the offset is in.
NodeId stringAround(const syntax::Tree& tree, std::uint32_t offset) {
  for (auto node = tree.nodeAt(offset); base::valid(node); node = tree.parent(node)) {
    const auto kind = tree.kind(node);
    if (kind == NodeKind::Interpolation) return base::none<NodeId>;
    if (kind != NodeKind::StringExpr) continue;
    const auto span = tree.span(node);
    const auto text = tree.text(node);
    const bool closed = text.size() >= 2 && text.back() == '"';
    if (offset <= span.begin || (closed && offset >= span.end)) return base::none<NodeId>;
    return node;
  }
  return base::none<NodeId>;
}

/// The token that the caret is in or directly behind; a word or number before the caret is meant rather than what follows.
syntax::TokenId tokenTyped(const syntax::Tree& tree, std::uint32_t offset) {
  if (offset > 0) {
    const auto before = tree.tokenAt(offset - 1);
    if (base::valid(before) && tree.tokenSpan(before).touches(offset) &&
        (syntax::isWord(tree.tokenKind(before)) || tree.tokenKind(before) == TokenKind::Number))
      return before;
  }
  return tree.tokenAt(offset);
}

}  // namespace

std::optional<CompletionSite> completionSite(const syntax::Tree& tree, std::uint32_t offset) {
  const auto text = tree.source();
  CompletionSite site;
  if (inComment(tree, offset)) return std::nullopt;
  if (const auto string = stringAround(tree, offset); base::valid(string)) {
    const auto written = tree.text(string);
    if (written.starts_with("\"\"\"") || written.find("${") != std::string_view::npos) return std::nullopt;
    const auto span = tree.span(string);
    const bool closed = written.size() >= 2 && written.back() == '"';
    site.replace = {span.begin + 1, closed ? span.end - 1 : span.end};
    site.inString = true;
    site.prefix = text.substr(site.replace.begin, offset - site.replace.begin);
    site.text = text;
    return site;
  }

  site.replace = {offset, offset};
  if (const auto token = tokenTyped(tree, offset); base::valid(token)) {
    const auto span = tree.tokenSpan(token);
    const auto kind = tree.tokenKind(token);
    // `1.▮` and `512▮` are numbers, not places for names.
    if (kind == TokenKind::Number && span.begin < offset) return std::nullopt;
    if (kind == TokenKind::StringChunk && span.begin < offset) return std::nullopt;
    if (syntax::isWord(kind)) site.replace = span;
  }
  site.prefix = text.substr(site.replace.begin, offset - site.replace.begin);
  site.text.reserve(text.size() + caretWord.size());
  site.text.append(text.substr(0, site.replace.begin)).append(caretWord).append(text.substr(site.replace.end));
  return site;
}

}  // namespace kdsl::query
