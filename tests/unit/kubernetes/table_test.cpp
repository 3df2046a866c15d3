// The text of our tables.
#include "kubernetes/packgen/table.hpp"

#include <gtest/gtest.h>

namespace kdsl::kubernetes::packgen {

namespace {

using Strings = std::vector<std::string>;

std::vector<TableRow> parse(std::string_view text) {
  Errors errors;
  auto rows = parseTable("t.txt", text, errors);
  EXPECT_EQ(errors, Errors());
  return rows;
}

Errors errorsOf(std::string_view text) {
  Errors errors;
  parseTable("t.txt", text, errors);
  return errors;
}

}  // namespace

TEST(Table, KeysAndWords) {
  const auto rows = parse("# facts\n\na.B.c: x y  # why\nd.E: \"two words\" \"\"\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].key, "a.B.c");
  EXPECT_EQ(rows[0].words, Strings({"x", "y"}));
  EXPECT_EQ(rows[0].where, "t.txt:3");
  EXPECT_EQ(rows[1].words, Strings({"two words", ""}));
}

TEST(Table, BracesMultiply) {
  const auto rows = parse("a.{v1,v2}.T.{x,y}: w");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].key, "a.v1.T.x");
  EXPECT_EQ(rows[1].key, "a.v1.T.y");
  EXPECT_EQ(rows[3].key, "a.v2.T.y");
  EXPECT_EQ(rows[3].words, Strings({"w"}));
}

TEST(Table, IndentedLinesContinueEveryRowOfTheLineAbove) {
  const auto rows = parse("a.{b,c}: 1\n    2\n\t3\nd: 4");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].words, Strings({"1", "2", "3"}));
  EXPECT_EQ(rows[1].words, Strings({"1", "2", "3"}));
  EXPECT_EQ(rows[2].words, Strings({"4"}));
}

TEST(Table, NamedLists) {
  const auto rows = parse("$l: a b\n    c\nx: $l d");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].words, Strings({"a", "b", "c", "d"}));
}

TEST(Table, Errors) {
  EXPECT_EQ(errorsOf("no colon"), Errors({"t.txt:1: expected `key: words`"}));
  EXPECT_EQ(errorsOf("\na: \"open"), Errors({"t.txt:2: a quote is not closed"}));
  EXPECT_EQ(errorsOf("a: $nothing"), Errors({"t.txt:1: `$nothing` is not defined"}));
}

}  // namespace kdsl::kubernetes::packgen
