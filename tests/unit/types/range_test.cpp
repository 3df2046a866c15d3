// Values against the ranges of their types.
#include "types/range.hpp"

#include <gtest/gtest.h>

namespace kdsl::types {
namespace {

using base::intern;

class Range : public ::testing::Test {
 protected:
  TypeTable table;
  TypeId bounded(TypeKind kind, Bounds bounds) {
    TypeNode node;
    node.kind = kind;
    node.bounds = std::move(bounds);
    return table.intern(std::move(node));
  }
  std::string wrong(TypeId type, const Scalar& value) { return violation(table, type, value).value_or("fine"); }
};

TEST_F(Range, Numbers) {
  Bounds bounds;
  bounds.low = 1;
  bounds.high = 65535;
  const auto port = bounded(TypeKind::Int, bounds);
  EXPECT_EQ(wrong(port, std::int64_t{80}), "fine");
  EXPECT_EQ(wrong(port, std::int64_t{0}), "is below 1");
  EXPECT_EQ(wrong(port, std::int64_t{65536}), "is above 65535");
  EXPECT_EQ(wrong(table.optional(port), std::int64_t{0}), "is below 1");
  Bounds share;
  share.lowNumber = 0;
  share.highNumber = 0.5;
  EXPECT_EQ(wrong(bounded(TypeKind::Float, share), 0.75), "is above 0.5");
  EXPECT_EQ(wrong(bounded(TypeKind::Float, share), std::int64_t{1}), "is above 0.5");
}

TEST_F(Range, TextIsCountedInCharacters) {
  Bounds bounds;
  bounds.low = 2;
  bounds.high = 3;
  const auto text = bounded(TypeKind::String, bounds);
  EXPECT_EQ(wrong(text, std::string_view("äöü")), "fine");
  EXPECT_EQ(wrong(text, std::string_view("a")), "has 1 character; it needs at least 2");
  EXPECT_EQ(wrong(text, std::string_view("abcd")), "has 4 characters; the most is 3");
  EXPECT_EQ(wrong(text, std::string_view("")), "is empty; it needs at least 2 characters");
}

TEST_F(Range, PatternsMatchAsAWhole) {
  Bounds bounds;
  bounds.patterns = {intern("[a-z]+")};
  const auto text = bounded(TypeKind::String, bounds);
  EXPECT_EQ(wrong(text, std::string_view("abc")), "fine");
  EXPECT_EQ(wrong(text, std::string_view("abc1")), "does not match `[a-z]+`");
  EXPECT_FALSE(patternError(intern("[a-z]+")));
  EXPECT_TRUE(patternError(intern("[a-z")));
  EXPECT_TRUE(patternError(intern("(?=a)")));
}

TEST_F(Range, UnitsCompareByValue) {
  Bounds bounds;
  bounds.lowUnit = intern("1Gi");
  bounds.highUnit = intern("4Gi");
  const auto memory = bounded(TypeKind::Quantity, bounds);
  EXPECT_EQ(wrong(memory, *quantityBound(intern("1024Mi"))), "fine");
  EXPECT_EQ(wrong(memory, *quantityBound(intern("512Mi"))), "is below 1Gi");
  EXPECT_EQ(wrong(memory, *quantityBound(intern("5Gi"))), "is above 4Gi");
  EXPECT_EQ(wrong(secondsType, *durationBound(intern("1500ms"))), "is no whole number of seconds");
  EXPECT_EQ(wrong(secondsType, *durationBound(intern("90s"))), "fine");
}

TEST_F(Range, ChoicesNameTheNearOne) {
  const auto choice = table.unite({table.stringLiteral(intern("dev")), table.stringLiteral(intern("prod"))});
  EXPECT_EQ(wrong(choice, std::string_view("dev")), "fine");
  EXPECT_EQ(wrong(choice, std::string_view("prd")), "is none of \"dev\", \"prod\"; did you mean \"prod\"?");
  EXPECT_EQ(wrong(table.unite({choice, intType}), std::int64_t{3}), "fine");
}

TEST_F(Range, CountsOfElements) {
  Bounds bounds;
  bounds.low = 1;
  const auto list = table.list(intType, bounds);
  EXPECT_FALSE(countViolation(table, list, 1));
  EXPECT_EQ(countViolation(table, list, 0).value_or("fine"), "is empty; it needs at least 1 element");
  EXPECT_FALSE(countViolation(table, table.list(intType), 0));
}

}  // namespace
}  // namespace kdsl::types
