#include "graph/rules/field_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace kdsl::graph {
namespace {

std::vector<kubernetes::Definition> definitionsOf(const kubernetes::SchemaPack& pack, std::string_view name) {
  std::vector<kubernetes::Definition> found;
  for (const auto group : pack.groupVersions()) {
    for (const auto id : group.definitions()) {
      const auto definition = pack.definition(id);
      if (definition.name().ends_with("." + std::string(name))) found.push_back(definition);
    }
  }
  return found;
}

/// Words of a rule must be values that the field takes, where the schema knows them.
void expectValues(const kubernetes::Field& field, std::string_view words) {
  const auto values = field.enumValues();
  if (values.empty()) return;
  while (!words.empty()) {
    const auto blank = std::min(words.find(' '), words.size());
    EXPECT_NE(std::find(values.begin(), values.end(), words.substr(0, blank)), values.end()) << field.name() << " takes no " << words.substr(0, blank);
    words.remove_prefix(std::min(blank + 1, words.size()));
  }
}

// A row that names nothing would be a rule that never holds, without anybody noticing.
TEST(FieldRules, EveryRowNamesFieldsOfTheNewestSchema) {
  const auto& pack = kubernetes::SchemaPack::newest();
  for (const auto& rule : allFieldRules()) {
    SCOPED_TRACE(std::string(rule.definition) + "." + std::string(rule.field));
    const auto definitions = definitionsOf(pack, rule.definition);
    ASSERT_EQ(definitions.size(), 1u);
    const auto field = definitions[0].field(rule.field);
    ASSERT_TRUE(field.has_value());
    const auto other = rule.other.empty() ? std::nullopt : definitions[0].field(rule.other);
    EXPECT_EQ(other.has_value(), !rule.other.empty());
    if (rule.form == RuleForm::Needs) expectValues(*field, rule.words);
    if (rule.form == RuleForm::OnlyWith || rule.form == RuleForm::NotWith) expectValues(*other, rule.words);
    const auto tag = field->type().tag();
    switch (rule.form) {
      case RuleForm::Keys:
      case RuleForm::Values: EXPECT_EQ(tag, kubernetes::TypeTag::Map); break;
      case RuleForm::Text: EXPECT_EQ(tag, kubernetes::TypeTag::String); break;
      case RuleForm::Percent: EXPECT_EQ(tag, kubernetes::TypeTag::IntOrString); break;
      case RuleForm::NotEmpty: EXPECT_EQ(tag, kubernetes::TypeTag::List); break;
      default: break;
    }
    const auto bound = rulesOf(definitions[0]);
    EXPECT_TRUE(std::any_of(bound.begin(), bound.end(), [&](const BoundRule& one) { return one.rule == &rule; }));
  }
}

TEST(FieldRules, ADefinitionWithoutRowsHasNone) {
  const auto& pack = kubernetes::SchemaPack::newest();
  EXPECT_TRUE(rulesOf(definitionsOf(pack, "core.v1.Affinity").at(0)).empty());
}

}  // namespace
}  // namespace kdsl::graph
