#include "tree_invariants.hpp"

#include <cstdlib>

namespace kdsl::fuzz {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

void checkTree(std::string_view text, const syntax::ParseResult& result) {
  const auto& tree = result.tree;
  const auto& tokens = tree.tokens();
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    require(tokens.begin[i] <= tokens.end[i] && tokens.end[i] <= text.size());
    if (tokens.begin[i] == tokens.end[i]) continue;
    require(tokens.begin[i] >= at);
    at = tokens.end[i];
  }
  require(tree.kind(tree.root()) == syntax::NodeKind::File && tree.node(tree.root()).size == tree.size());
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const auto& node = tree.node(syntax::NodeId{i});
    auto token = node.first;
    std::uint32_t nodes = 1;
    for (const auto child : tree.children(syntax::NodeId{i})) {
      const auto& each = tree.node(child);
      require(each.first >= token && each.end <= node.end && each.height < node.height);
      token = each.end;
      nodes += each.size;
    }
    require(nodes == node.size && tree.span(syntax::NodeId{i}).end <= text.size());
  }
  require(!tree.broken(tree.root()) || !result.diagnostics.empty());
  require(result.diagnostics.size() <= syntax::maxDiagnostics + 1);
  for (const auto& diagnostic : result.diagnostics) {
    require(diagnostic.primary.at.span.begin <= diagnostic.primary.at.span.end && diagnostic.primary.at.span.end <= text.size());
  }
}

}  // namespace kdsl::fuzz
