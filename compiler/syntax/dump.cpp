#include "syntax/dump.hpp"

#include <fmt/format.h>

#include "source/file.hpp"
#include "syntax/literal.hpp"

namespace kdsl::syntax {
namespace {

std::string_view slotName(Slot slot) {
  switch (slot) {
    case Slot::Junk: return "";
    case Slot::Name: return " name";
    case Slot::Type: return " type";
    case Slot::Expr: return " expression";
    case Slot::Item: return " item";
  }
  return "";
}

std::string place(const source::LineTable& lines, std::string_view text, source::Span span) {
  const auto begin = lines.lineColumn(text, span.begin, source::ColumnUnit::Utf8);
  const auto end = lines.lineColumn(text, span.end, source::ColumnUnit::Utf8);
  return fmt::format("{}:{}-{}:{}", begin.line + 1, begin.column + 1, end.line + 1, end.column + 1);
}

}  // namespace

std::string dumpTokens(const Tree& tree) {
  const source::LineTable lines(tree.source());
  std::string out;
  for (std::uint32_t i = 0; i < tree.tokens().size(); ++i) {
    const auto span = tree.tokenSpan(TokenId{i});
    out += fmt::format("{} {}", place(lines, tree.source(), span), kindName(tree.tokenKind(TokenId{i})));
    if (!span.empty()) out += ' ' + quoted(tree.tokenText(TokenId{i}));
    out += '\n';
  }
  return out;
}

std::string dumpTree(const Tree& tree) {
  const source::LineTable lines(tree.source());
  std::string out;
  std::vector<std::uint32_t> ends;  // of the nodes around
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    while (!ends.empty() && i >= ends.back()) ends.pop_back();
    const auto& node = tree.node(NodeId{i});
    const auto span = tree.span(NodeId{i});
    out.append(2 * ends.size(), ' ');
    out += fmt::format("{}{} {}", kindName(node.kind), node.kind <= NodeKind::Missing ? slotName(node.slot) : "", place(lines, tree.source(), span));
    if (node.size == 1 && !span.empty()) out += ' ' + quoted(tree.text(NodeId{i}));
    out += '\n';
    ends.push_back(i + node.size);
  }
  return out;
}

}  // namespace kdsl::syntax
