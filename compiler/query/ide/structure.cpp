// What the layout of a file alone says: folds and selections.
#include <algorithm>

#include "query/ide/questions.hpp"
#include "syntax/views.hpp"

namespace kdsl::query {

using syntax::NodeId;
using syntax::NodeKind;

namespace {

bool spansLines(std::string_view text, Span span) { return text.substr(span.begin, span.size()).find('\n') != std::string_view::npos; }

bool folds(NodeKind kind) {
  switch (kind) {
    case NodeKind::Body:
    case NodeKind::RecordType:
    case NodeKind::ListExpr:
    case NodeKind::MatchExpr:
    case NodeKind::StringExpr:
    case NodeKind::RawExpr:
    case NodeKind::ArgList: return true;
    default: return false;
  }
}

void foldImports(const Facts& facts, std::vector<Fold>& out) {
  const auto& tree = *facts.tree;
  Span run;
  unsigned count = 0;
  const auto finish = [&] {
    if (count > 1 || (count == 1 && spansLines(facts.text(), run))) out.push_back({run, FoldKind::Imports});
    count = 0;
  };
  for (const auto child : tree.children(tree.root())) {
    if (tree.kind(child) == NodeKind::ImportDecl) {
      run = count == 0 ? tree.span(child) : source::join(run, tree.span(child));
      ++count;
    } else if (count != 0) {
      finish();
    }
  }
  finish();
}

/// Runs of two or more lines that hold a comment only.
void foldComments(const Facts& facts, std::vector<Fold>& out) {
  const auto text = facts.text();
  const auto& tokens = facts.tree->tokens();
  std::uint32_t gapBegin = 0;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens.begin[i] == tokens.end[i] && i + 1 != tokens.size()) continue;  // a token without bytes ends no gap
    const Span gap{gapBegin, i + 1 == tokens.size() ? static_cast<std::uint32_t>(text.size()) : tokens.begin[i]};
    gapBegin = tokens.end[i];
    if (gap.end <= gap.begin) continue;
    const auto blank = text.substr(0, gap.end);
    Span run;
    unsigned lines = 0;
    auto at = gap.begin;
    while (at < gap.end) {
      const auto end = std::min<std::size_t>(blank.find('\n', at), gap.end);
      const auto line = text.substr(at, end - at);
      const auto first = line.find_first_not_of(" \t\r");
      const bool startsLine = at == 0 || text[at - 1] == '\n';
      if (startsLine && first != std::string_view::npos && line.substr(first).starts_with("//")) {
        const Span comment{static_cast<std::uint32_t>(at + first), static_cast<std::uint32_t>(end)};
        run = lines == 0 ? comment : source::join(run, comment);
        ++lines;
      } else {
        if (lines > 1) out.push_back({run, FoldKind::Comment});
        lines = 0;
      }
      at = static_cast<std::uint32_t>(end) + 1;
    }
    if (lines > 1) out.push_back({run, FoldKind::Comment});
  }
}

}  // namespace

std::vector<Fold> folds(const Facts& facts) {
  std::vector<Fold> out;
  const auto& tree = *facts.tree;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const NodeId id{i};
    if (!folds(tree.kind(id))) continue;
    const auto span = tree.span(id);
    if (spansLines(facts.text(), span)) out.push_back({span, FoldKind::Region});
  }
  foldImports(facts, out);
  foldComments(facts, out);
  std::stable_sort(out.begin(), out.end(), [](const Fold& a, const Fold& b) { return a.span.begin < b.span.begin; });
  return out;
}

std::vector<Span> selections(const Facts& facts, std::uint32_t offset) {
  std::vector<Span> ranges;
  const auto& tree = *facts.tree;
  const auto add = [&](Span span) {
    if (!span.touches(offset) || span.empty()) return;
    if (!ranges.empty() && (ranges.back() == span || span.begin > ranges.back().begin || span.end < ranges.back().end)) return;
    ranges.push_back(span);
  };
  if (const auto token = tree.tokenAt(offset); base::valid(token)) add(tree.tokenSpan(token));
  for (auto node = tree.nodeAt(offset); base::valid(node); node = tree.parent(node)) {
    const auto span = tree.span(node);
    // First what is between the braces, then the braces too.
    const bool isBraced = folds(tree.kind(node)) && span.size() > 2;
    if (isBraced && span.begin < offset && offset < span.end) add({span.begin + 1, span.end - 1});
    add(span);
  }
  add({0, static_cast<std::uint32_t>(facts.text().size())});
  return ranges;
}

}  // namespace kdsl::query
