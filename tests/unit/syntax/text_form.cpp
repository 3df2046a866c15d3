#include "text_form.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "source/file.hpp"

namespace kdsl::syntax::test {
namespace {

bool hidden(const Tree& tree, NodeId id) { return tree.kind(id) == NodeKind::PathWord || tree.kind(id) == NodeKind::QualifiedName; }

void appendShape(const Tree& tree, NodeId id, std::string& out) {
  out += kindName(tree.kind(id));
  bool any = false;
  for (const auto child : tree.children(id)) {
    if (hidden(tree, child)) continue;
    out += any ? ' ' : '(';
    any = true;
    appendShape(tree, child, out);
  }
  if (any) out += ')';
}

}  // namespace

ParseResult parseText(std::string_view text) { return parse(source::FileId{0}, text); }

std::string shapeOf(const Tree& tree) {
  std::string out;
  for (const auto child : tree.children(tree.root())) {
    if (!out.empty()) out += ' ';
    appendShape(tree, child, out);
  }
  return out;
}

std::string codesOf(std::string_view text, const std::vector<diag::Diagnostic>& diagnostics) {
  const source::LineTable lines(text);
  std::string out;
  for (const auto& diagnostic : diagnostics) {
    const auto at = lines.lineColumn(text, diagnostic.primary.at.span.begin, source::ColumnUnit::CodePoint);
    out += fmt::format("{}{}:{} {}", out.empty() ? "" : ", ", at.line + 1, at.column + 1, diag::codeText(diagnostic));
  }
  return out;
}

std::string kindsOf(const Tree& tree) {
  std::string out;
  for (std::uint32_t i = 0; i + 1 < tree.tokens().size(); ++i) {
    if (i != 0) out += ' ';
    out += kindName(tree.tokenKind(TokenId{i}));
  }
  return out;
}

std::string applied(std::string_view text, const diag::Fix& fix) {
  auto edits = fix.edits;
  std::sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.at.span.begin > b.at.span.begin; });
  std::string out(text);
  for (const auto& edit : edits) out.replace(edit.at.span.begin, edit.at.span.size(), edit.text);
  return out;
}

std::string violation(std::string_view text, const ParseResult& result) {
  const auto& tree = result.tree;
  const auto& tokens = tree.tokens();
  if (tokens.kind.back() != TokenKind::EndOfFile) return "no EndOfFile token";
  // Tokens and gaps make up the text: tokens are in order, inside, and the gaps hold only blanks and comments.
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens.begin[i] > tokens.end[i] || tokens.end[i] > text.size()) return fmt::format("token {} is outside the text", i);
    if (tokens.begin[i] == tokens.end[i]) continue;
    if (tokens.begin[i] < at) return fmt::format("token {} overlaps the one before", i);
    auto gap = text.substr(at, tokens.begin[i] - at);
    while (!gap.empty()) {
      const bool comment = gap.starts_with("//") || gap.starts_with("#") || gap.starts_with("/*");
      if (!comment && std::string_view(" \t\r\n").find(gap.front()) == std::string_view::npos) return fmt::format("bytes before token {} belong to nothing", i);
      if (gap.starts_with("/*")) gap.remove_prefix(std::min(gap.find("*/") == std::string_view::npos ? gap.size() : gap.find("*/") + 2, gap.size()));
      else gap.remove_prefix(comment ? std::min(gap.find_first_of("\r\n"), gap.size()) : 1);
    }
    at = tokens.end[i];
  }
  // Nodes nest, are in order, and lie within their parents.
  if (tree.size() == 0 || tree.kind(tree.root()) != NodeKind::File || tree.node(tree.root()).size != tree.size()) return "no File at the root";
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const auto& node = tree.node(NodeId{i});
    if (node.first > node.end || node.end > tokens.size()) return fmt::format("node {} has no range", i);
    if (node.size == 0 || i + node.size > tree.size()) return fmt::format("node {} has no size", i);
    auto token = node.first;
    std::uint32_t nodes = 1;
    bool broken = node.kind <= NodeKind::Missing;
    for (const auto child : tree.children(NodeId{i})) {
      const auto& each = tree.node(child);
      if (each.first < token || each.end > node.end) return fmt::format("node {} is not in its place in node {}", base::index(child), i);
      if (each.height >= node.height) return fmt::format("node {} is as high as its parent", base::index(child));
      token = each.end;
      nodes += each.size;
      broken = broken || each.broken;
    }
    if (nodes != node.size) return fmt::format("the children of node {} do not fill it", i);
    if (broken != (node.broken != 0)) return fmt::format("node {} says wrongly whether it is broken", i);
    const auto span = tree.span(NodeId{i});
    if (span.begin > span.end || span.end > text.size()) return fmt::format("node {} is outside the text", i);
  }
  if (tree.broken(tree.root()) && result.diagnostics.empty()) return "a broken tree without a diagnostic";
  if (result.diagnostics.size() > maxDiagnostics + 1) return "too many diagnostics";
  for (const auto& diagnostic : result.diagnostics) {
    if (diagnostic.primary.at.span.begin > diagnostic.primary.at.span.end || diagnostic.primary.at.span.end > text.size()) return "a diagnostic is outside the text";
    for (const auto& fix : diagnostic.fixes) {
      for (const auto& edit : fix.edits) {
        if (edit.at.span.begin > edit.at.span.end || edit.at.span.end > text.size()) return "a fix is outside the text";
      }
    }
  }
  return {};
}

}  // namespace kdsl::syntax::test
