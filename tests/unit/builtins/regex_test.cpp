#include <gtest/gtest.h>

#include "toy_evaluator.hpp"

namespace kdsl::eval::test {
namespace {

class RegexBuiltins : public testing::Test, public Toy {
 protected:
  std::string on(Builtin builtin, std::string_view text, std::string_view pattern) { return run(builtin, {Toy::text(text), Toy::text(pattern)}); }
  std::string replaced(std::string_view from, std::string_view pattern, std::string_view by) {
    return run(Builtin::string_replaceMatches, {text(from), text(pattern), text(by)});
  }
};

TEST_F(RegexBuiltins, MatchesTheWholeText) {
  EXPECT_EQ(on(Builtin::string_matches, "web-1", "[a-z]+-\\d"), "true");
  EXPECT_EQ(on(Builtin::string_matches, "web-1x", "[a-z]+-\\d"), "false");
  EXPECT_EQ(on(Builtin::string_matches, "a", "a|ab"), "true");
  EXPECT_EQ(on(Builtin::string_matches, "ab", "a|ab"), "true");
}

TEST_F(RegexBuiltins, Find) {
  EXPECT_EQ(on(Builtin::string_find, "v1.24.3", "\\d+\\.\\d+"), R"("1.24")");
  EXPECT_EQ(on(Builtin::string_find, "v", "\\d"), "absent");
  EXPECT_EQ(on(Builtin::string_findAll, "a1b22", "\\d+"), R"(["1", "22"])");
  EXPECT_EQ(on(Builtin::string_findAll, "éa", "x*"), R"(["", "", ""])") << "one before each character, and one at the end";
  EXPECT_EQ(on(Builtin::string_findAll, "", "x"), "[]");
}

TEST_F(RegexBuiltins, Captures) {
  EXPECT_EQ(on(Builtin::string_captures, "web:1.4", "(?P<name>\\w+):(.+)"), R"({ name: "web", 2: "1.4" })");
  EXPECT_EQ(on(Builtin::string_captures, "b", "(a)|(b)"), R"({ 2: "b" })");
  EXPECT_EQ(on(Builtin::string_captures, "c", "(a)|(b)"), "absent");
  EXPECT_EQ(on(Builtin::string_captures, "c", "c"), "{}");
}

TEST_F(RegexBuiltins, Replace) {
  EXPECT_EQ(replaced("a1b22", "(\\d+)", "<$1$0$$>"), R"("a<11$>b<2222$>")");
  EXPECT_EQ(replaced("a=b", "(?P<k>\\w)=(?P<v>\\w)", "$<v>=$<k>"), R"("b=a")");
  EXPECT_EQ(replaced("abc", "x*", "-"), R"("-a-b-c-")");
  EXPECT_EQ(replaced("b", "(a)?b", "[$1]"), R"("[]")");
  const std::string bad = "error: a `$` of the replacement names none of the pattern's groups, of which there are 1; a dollar sign is written `$$`";
  EXPECT_EQ(replaced("a", "(a)", "$2"), bad);
  EXPECT_EQ(replaced("a", "(a)", "$<x>"), bad);
  EXPECT_EQ(replaced("a", "(a)", "$<x"), bad);
  EXPECT_EQ(replaced("a", "(a)", "5$"), bad);
}

TEST_F(RegexBuiltins, MalformedPatterns) {
  for (const auto builtin : {Builtin::string_matches, Builtin::string_find, Builtin::string_findAll, Builtin::string_captures}) {
    EXPECT_EQ(on(builtin, "a", "(a"), "error: `(a` is not a regular expression: missing ): (a");
  }
  EXPECT_TRUE(on(Builtin::string_matches, "a", "((a{1000}){1000}){1000}").starts_with("error: ")) << "too large";
}

TEST_F(RegexBuiltins, LinearTime) {
  const std::string text(20'000, 'a');
  EXPECT_EQ(on(Builtin::string_matches, text, "(a*)*b"), "false");
}

TEST_F(RegexBuiltins, EscapedTextMatchesItself) {
  const auto escaped = call(Builtin::string_regexEscape, {text("a.b[é]")});
  EXPECT_EQ(run(Builtin::string_matches, {text("a.b[é]"), escaped}), "true");
  EXPECT_EQ(run(Builtin::string_matches, {text("axb[é]"), escaped}), "false");
}

TEST_F(RegexBuiltins, ManyPatterns) {
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(on(Builtin::string_matches, std::to_string(i), std::to_string(i)), "true");
}

}  // namespace
}  // namespace kdsl::eval::test
