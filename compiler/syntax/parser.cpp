// The parser: the grammar over token kinds, instantiated once.
#include "grammar/syntax.hpp"
#include "syntax/builder.hpp"
#include "syntax/parse.hpp"
#include "syntax/tree_control.hpp"

namespace kdsl::syntax {
namespace {

template <typename Rule>
ParseResult parseAs(source::FileId file, std::string_view text) {
  auto lexed = lex(file, text);
  Builder builder(file, text, lexed);
  matchTokens<Rule, tree_control>(lexed.tokens, builder);
  auto diagnostics = builder.errors().take();
  for (auto& diagnostic : diagnostics) {
    if (const auto* info = diag::codeInfo(diagnostic.code)) diagnostic.severity = info->severity;
  }
  auto nodes = builder.take();
  return {Tree(file, text, std::move(lexed.tokens), std::move(nodes)), std::move(diagnostics)};
}

}  // namespace

ParseResult parse(source::FileId file, std::string_view text) { return parseAs<grammar::file>(file, text); }

ParseResult parseExpression(source::FileId file, std::string_view text) { return parseAs<grammar::lone_expr>(file, text); }

}  // namespace kdsl::syntax
