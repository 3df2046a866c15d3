// The grammar itself: no rule can loop without progress, every rule is used by some text, and the grammar for people names them all.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <tao/pegtl/contrib/analyze.hpp>
#include <tao/pegtl/contrib/coverage.hpp>

#include "grammar/lexical.hpp"
#include "grammar/syntax.hpp"
#include "mistakes.hpp"
#include "programs.hpp"
#include "syntax/tree_control.hpp"

namespace kdsl::syntax::test {
namespace {

namespace peg = tao::pegtl;

TEST(Grammar, NoRuleLoopsWithoutProgress) {
  EXPECT_EQ(peg::analyze<grammar::file>(), 0u);
  EXPECT_EQ(peg::analyze<grammar::lone_expr>(), 0u);
  EXPECT_EQ(peg::analyze<grammar::lexical::code>(), 0u);
  EXPECT_EQ(peg::analyze<grammar::lexical::line_text>(), 0u);
  EXPECT_EQ(peg::analyze<grammar::lexical::block_text>(), 0u);
}

void cover(std::string_view text, peg::coverage_result& coverage) {
  const auto lexed = lex(source::FileId{0}, text);
  Builder builder(source::FileId{0}, text, lexed);
  const auto* kinds = reinterpret_cast<const char*>(lexed.tokens.kind.data());
  peg::memory_input<peg::tracking_mode::lazy, peg::eol::lf, const char*> in(kinds, kinds + lexed.tokens.size(), "");
  EXPECT_TRUE((peg::coverage<grammar::file, peg::nothing, tree_control>(in, coverage, builder)));
}

TEST(Grammar, EveryRuleIsUsed) {
  peg::coverage_result coverage;
  for (const auto& program : programs()) cover(program.source, coverage);
  for (const auto& mistake : mistakes()) cover(std::string(mistake.source) + "\n", coverage);
  std::string unused;
  for (const auto& [rule, counts] : coverage) {
    if (counts.success == 0) unused += std::string(rule) + "\n";
  }
  EXPECT_EQ(unused, "");
  EXPECT_GT(coverage.size(), 300u);
}

std::string fileText(const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Grammar, ThePageForPeopleNamesEveryWordAndSign) {
  const auto page = fileText(KDSL_SOURCE_DIR "/grammar/kdsl.md");
  ASSERT_FALSE(page.empty());
  for (auto kind = TokenKind::LeftBrace; kind <= TokenKind::KwTrue; kind = static_cast<TokenKind>(static_cast<int>(kind) + 1)) {
    if (kind == TokenKind::Name) continue;
    const auto word = std::string(describe(kind));
    const bool named = page.find('"' + word + '"') != std::string::npos || page.find('`' + word + '`') != std::string::npos;
    EXPECT_TRUE(named) << word;
  }
}

TEST(Grammar, ThePageForPeopleNamesEveryNode) {
  const auto page = fileText(KDSL_SOURCE_DIR "/grammar/kdsl.md");
  for (auto kind = NodeKind::Error; kind <= NodeKind::SpreadElem; kind = static_cast<NodeKind>(static_cast<int>(kind) + 1)) {
    EXPECT_NE(page.find(std::string(kindName(kind))), std::string::npos) << kindName(kind);
  }
}

}  // namespace
}  // namespace kdsl::syntax::test
