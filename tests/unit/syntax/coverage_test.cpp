// The grammar itself: no rule can loop without progress, every rule is used by some text, and the grammar for people names them all.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>
#include <tao/pegtl/contrib/analyze.hpp>

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

struct Uses {
  std::string_view rule;
  std::size_t matches = 0;
};

/// All rules of the grammar: each registers itself when the program starts, because it is instantiated.
std::vector<Uses*>& allUses() {
  static std::vector<Uses*> all;
  return all;
}

template <typename Rule>
struct UsesOf : Uses {
  UsesOf() : Uses{peg::demangle<Rule>()} { allUses().push_back(this); }
  static inline UsesOf instance;
};

/// Builds the tree, and counts the matches of each rule.
template <typename Rule>
struct counting_control : tree_control<Rule> {
  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control, typename... Arguments>
  static bool match(Arguments&&... arguments) {
    const bool matched = tree_control<Rule>::template match<A, M, Action, Control>(arguments...);
    if (matched) ++UsesOf<Rule>::instance.matches;
    return matched;
  }
};

void use(std::string_view text) {
  const auto lexed = lex(source::FileId{0}, text);
  Builder builder(source::FileId{0}, text, lexed);
  matchTokens<grammar::file, counting_control>(lexed.tokens, builder);
}

TEST(Grammar, EveryRuleIsUsed) {
  for (const auto& program : programs()) use(program.source);
  for (const auto& mistake : mistakes()) use(std::string(mistake.source) + "\n");
  EXPECT_GT(allUses().size(), 200u);
  for (const auto* uses : allUses()) EXPECT_NE(uses->matches, 0u) << uses->rule;
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
