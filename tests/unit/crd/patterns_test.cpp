// Patterns: matched anywhere in CRDs, as a whole in kdsl.
#include "crd/patterns.hpp"

#include <gtest/gtest.h>

#include "crd/literals.hpp"
#include "crd/names.hpp"

namespace kdsl::crd {
namespace {

TEST(Patterns, BecomeWhole) {
  EXPECT_EQ(wholePattern("^[a-z]+$"), "[a-z]+");
  EXPECT_EQ(wholePattern("^a"), "a(?s:.*)");
  EXPECT_EQ(wholePattern("a$"), "(?s:.*)a");
  EXPECT_EQ(wholePattern("a"), "(?s:.*)a(?s:.*)");
  EXPECT_EQ(wholePattern(R"(^a\$)"), R"(a\$(?s:.*))") << "a dollar sign, no anchor";
  EXPECT_EQ(wholePattern(R"(^a\\$)"), R"(a\\)");
  EXPECT_EQ(wholePattern("^$|^a$"), "(?s:.*)(?:^$|^a$)(?s:.*)") << "anchors of one alternative each";
  EXPECT_EQ(wholePattern("^(a|b)[|]$"), "(a|b)[|]");
  EXPECT_EQ(wholePattern("^[]|]$"), "[]|]");
}

TEST(Patterns, ThatTakeMoreThanLinearTime) {
  EXPECT_EQ(wholePattern("^(?=a)b$"), std::nullopt);
  EXPECT_EQ(wholePattern(R"(^(a)\1$)"), std::nullopt);
  EXPECT_EQ(wholePattern("("), std::nullopt);
}

TextForm formOf(Form form, std::string pattern) {
  Schema schema;
  schema.form = form;
  schema.pattern = std::move(pattern);
  return textForm(schema);
}

TEST(Patterns, ThatAreTypes) {
  EXPECT_EQ(formOf(Form::IntOrString, R"(^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$)"), TextForm::Quantity);
  EXPECT_EQ(formOf(Form::String, "^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$"), TextForm::Duration);
  EXPECT_EQ(formOf(Form::String, "^([0-9]{1,5}(h|m|s|ms)){1,4}$"), TextForm::Duration);
  EXPECT_EQ(formOf(Form::String, "^[a-z0-9]+$"), TextForm::Plain);
  EXPECT_EQ(formOf(Form::String, ""), TextForm::Plain);
}

TEST(Names, Words) {
  EXPECT_EQ(pascalCase("privateKey"), "PrivateKey");
  EXPECT_EQ(pascalCase("x-kube.y"), "XKubeY");
  EXPECT_EQ(singular("endpoints"), "endpoint");
  EXPECT_EQ(singular("policies"), "policy");
  EXPECT_EQ(singular("addresses"), "address");
  EXPECT_EQ(singular("matches"), "match");
  EXPECT_EQ(singular("status"), "status");
  EXPECT_EQ(singular("tls"), "tls");
}

TEST(Literals, OnOneLine) {
  EXPECT_EQ(textLiteral("a\"b\\c\n${x} $y \x01"), "\"a\\\"b\\\\c\\n\\${x} $y \\u{1}\"");
  EXPECT_EQ(rawLiteral(R"(\d+)"), R"(r"\d+")");
  EXPECT_EQ(rawLiteral("a\"b"), "\"a\\\"b\"");
  EXPECT_EQ(fieldKey("for"), "for");
  EXPECT_EQ(fieldKey("$ref"), "\"$ref\"");
}

}  // namespace
}  // namespace kdsl::crd
