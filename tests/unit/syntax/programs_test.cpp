// Correct programs: the shape of the tree, and that nothing is reported.
#include "programs.hpp"

#include <gtest/gtest.h>

#include "text_form.hpp"

namespace kdsl::syntax::test {
namespace {

TEST(Programs, HaveTheirShape) {
  for (const auto& program : programs()) {
    for (const auto* end : {"", "\n", "\r\n", " // comment\n"}) {
      const auto text = std::string(program.source) + end;
      const auto result = parseText(text);
      EXPECT_EQ(codesOf(text, result.diagnostics), "") << text;
      EXPECT_EQ(shapeOf(result.tree), program.shape) << text;
      EXPECT_EQ(violation(text, result), "") << text;
    }
  }
}

TEST(Programs, TogetherAreOneFile) {
  std::string text;
  for (const auto& program : programs()) {
    if (!program.source.starts_with("extends")) text += std::string(program.source) + "\n";
  }
  const auto result = parseText(text);
  EXPECT_EQ(codesOf(text, result.diagnostics), "");
  EXPECT_EQ(violation(text, result), "");
}

TEST(Programs, MayBeBodiesOfComponents) {
  for (const auto& program : programs()) {
    if (program.source.starts_with("extends")) continue;
    const auto text = "component C {\n" + std::string(program.source) + "\n}";
    const auto result = parseText(text);
    EXPECT_EQ(codesOf(text, result.diagnostics), "") << text;
    const auto expected = program.shape.empty() ? std::string("ComponentDecl(Name Body)") : "ComponentDecl(Name Body(" + std::string(program.shape) + "))";
    EXPECT_EQ(shapeOf(result.tree), expected) << text;
  }
}

TEST(Programs, ExpressionsAlone) {
  EXPECT_EQ(shapeOf(parseExpression(source::FileId{0}, "a + 1").tree), "BinaryExpr(NameExpr NumberExpr)");
  EXPECT_EQ(shapeOf(parseExpression(source::FileId{0}, "\n  { a: 1 }\n").tree), "Body(SetEntry(Path NumberExpr))");
  EXPECT_TRUE(parseExpression(source::FileId{0}, "[1, 2]").diagnostics.empty());
  const std::string_view two = "a, b";
  EXPECT_EQ(codesOf(two, parseExpression(source::FileId{0}, two).diagnostics), "1:4 KD2010");
  EXPECT_EQ(codesOf("", parseExpression(source::FileId{0}, "").diagnostics), "1:1 KD2010");
}

}  // namespace
}  // namespace kdsl::syntax::test
