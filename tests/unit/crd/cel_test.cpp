// CEL rules and what they are in kdsl.
#include "crd/cel.hpp"

#include <gtest/gtest.h>

#include "codec/read.hpp"
#include "crd/schema_reader.hpp"

namespace kdsl::crd {
namespace {

constexpr std::string_view definition = R"(
type: object
required: [kind]
properties:
  kind: { type: string }
  mode: { type: string, default: Fast }
  name: { type: string }
  min: { type: integer }
  max: { type: integer }
  namespace: { type: string }
  rules: { type: array, items: { type: object, properties: { port: { type: integer } } } }
  names: { type: array, x-kubernetes-list-type: set, items: { type: string } }
  labels: { type: object, additionalProperties: { type: string } }
  a-b: { type: string }
)";

/// The rule in kdsl; empty if it has no counterpart.
std::string translated(std::string_view rule) {
  static SchemaTable table;
  static const auto type = readSchema(codec::readYaml(definition).documents.at(0), table);
  const auto parsed = parseCel(rule);
  return parsed ? translateCel(*parsed, "self", type, table).value_or("") : "";
}

TEST(Cel, Operators) {
  EXPECT_EQ(translated("self.min <= self.max"), "self.min <= self.max");
  EXPECT_EQ(translated("self.min + 1 - (self.max - 2) == 3 * 4"), "self.min + 1 - (self.max - 2) == 3 * 4");
  EXPECT_EQ(translated("!(self.min > 1 && self.max > 1) || self.min == -1"), "!(self.min > 1 && self.max > 1) || self.min == -1");
  EXPECT_EQ(translated("self.kind in ['A', \"B\"]"), "self.kind in [\"A\", \"B\"]");
  EXPECT_EQ(translated("self.kind == 'x' ? self.min > 1 : self.max > 1"), "if (self.kind == \"x\") self.min > 1 else self.max > 1");
  EXPECT_EQ(translated("(self.kind == 'x' ? 1 : 0) + self.min > 1"), "(if (self.kind == \"x\") 1 else 0) + self.min > 1");
}

TEST(Cel, ConstantBranchesNarrow) {
  EXPECT_EQ(translated("has(self.name) ? self.name != '' : true"), "!self.name? || self.name != \"\"");
  EXPECT_EQ(translated("has(self.name) ? self.name != '' : false"), "self.name? && self.name != \"\"");
  EXPECT_EQ(translated("has(self.name) ? true : self.min > 1"), "self.name? || self.min > 1");
  EXPECT_EQ(translated("has(self.name) ? false : self.min > 1"), "!self.name? && self.min > 1");
}

TEST(Cel, WhatIsAlwaysThere) {
  EXPECT_EQ(translated("has(self.kind) && has(self.name)"), "self.name?") << "required";
  EXPECT_EQ(translated("!has(self.mode) || self.mode == 'Fast'"), "self.mode == \"Fast\"") << "has a default";
  EXPECT_EQ(translated("has(self.kind)"), "") << "says nothing";
}

TEST(Cel, Collections) {
  EXPECT_EQ(translated("size(self.rules) > 0 && self.rules.size() < 9"), "self.rules.len() > 0 && self.rules.len() < 9");
  EXPECT_EQ(translated("self.rules.all(r, has(r.port))"), "self.rules.all(r => r.port?)");
  EXPECT_EQ(translated("self.rules.exists(r, r.port == 80)"), "self.rules.any(r => r.port == 80)");
  EXPECT_EQ(translated("self.rules.exists_one(r, r.port == 80)"), "self.rules.count(r => r.port == 80) == 1");
  EXPECT_EQ(translated("self.names.exists_one(n, n == 'a')"), "self.names.toList().count(n => n == \"a\") == 1");
  EXPECT_EQ(translated("self.rules.filter(r, r.port == 80).size() <= 1"), "self.rules.filter(r => r.port == 80).len() <= 1");
  EXPECT_EQ(translated("self.labels.all(k, k != 'x')"), "self.labels.all((k, _) => k != \"x\")");
  EXPECT_EQ(translated("'x' in self.labels"), "self.labels.has(\"x\")");
  EXPECT_EQ(translated("self.rules[0].port == 80"), "self.rules[0].port == 80");
  EXPECT_EQ(translated("self.rules.all(match, match.port == 80)"), "self.rules.all(match_ => match_.port == 80)") << "a word of kdsl";
}

TEST(Cel, Texts) {
  EXPECT_EQ(translated("self.name.startsWith('/') && !self.name.contains('//')"), "self.name.startsWith(\"/\") && !self.name.contains(\"//\")");
  EXPECT_EQ(translated(R"(self.name.matches(r'^a\d$'))"), R"(self.name.find(r"^a\d$")?)");
  EXPECT_EQ(translated(R"(self.name == "a\n\"${x}\"\u00e4")"), "self.name == \"a\\n\\\"\\${x}\\\"ä\"");
  EXPECT_EQ(translated("self.name == '''it's'''"), "self.name == \"it's\"");
}

TEST(Cel, EscapedNames) {
  EXPECT_EQ(translated("self.__namespace__ == ''"), "self.namespace == \"\"");
  EXPECT_EQ(translated("self.a__dash__b == ''"), "") << "no name in kdsl";
}

TEST(Cel, WithoutCounterpart) {
  for (const auto* rule : {"duration(self.name) > duration('1s')", "self.min / 2 == 1", "isIP(self.name)", "self.unknown(1)", "type(self) == string", "other == 1",
                           "{'a': 1} == self", "b'x' == self.name", "self.?name.orValue('') == ''", "self.min == 1u", "1e3 > self.min"})
    EXPECT_EQ(translated(rule), "") << rule;
}

TEST(Cel, SyntaxErrors) {
  for (const auto* rule : {"", "self.", "self.name ==", "(self.min > 1", "self.name == 'x", "a ? b", "self.all(x", "1 2", "\"\\q\" == self.name", "has(self)", "[1, 2"}) {
    EXPECT_FALSE(parseCel(rule)) << rule;
  }
}

TEST(Cel, IsBounded) {
  EXPECT_FALSE(parseCel(std::string(100'000, '(') + "1"));
  EXPECT_FALSE(parseCel(std::string(100'000, '!') + "true"));
  std::string chain = "true";
  for (int i = 0; i < 100'000; ++i) chain += " && true";
  EXPECT_FALSE(parseCel(chain));
}

TEST(Cel, OldSelf) {
  EXPECT_TRUE(mentionsOldSelf(*parseCel("self.a.all(x, x == oldSelf.a[0])")));
  EXPECT_FALSE(mentionsOldSelf(*parseCel("self.oldSelf == 'oldSelf'")));
}

}  // namespace
}  // namespace kdsl::crd
