#pragma once
// Rules about the fields of one definition, as a table: field_rules.def.
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "graph/findings.hpp"
#include "kubernetes/formats.hpp"
#include "kubernetes/schema.hpp"

namespace kdsl::graph {

enum class RuleForm : std::uint8_t {
  OnlyWith,   // `field` may be set only if `other` is one of `words`
  NotWith,    // `field` may not be set if `other` is one of `words`
  Needs,      // if `field` is one of `words` (of no words: if it is set), `other` must be set
  AnyOf,      // `field` or `other` must be set
  NotEmpty,   // `field` must have an element
  Required,   // `field` must be set
  AtMostElements,  // the list `field` has at most `words` elements
  AtMost,     // the int `field` is at most the int `other`
  Below,      // the int `field` is less than the int `other`
  Percent,    // a percentage, if it is one, is at most 100%
  Text,       // of `format`
  Keys,       // the keys of a map are of `format`
  Values,     // the values of a map are of `format`
};

/// One row of the table. `definition` ends a definition's full name: `core.v1.Container`.
struct FieldRule {
  std::string_view definition;
  RuleForm form{};
  diag::Code code{};
  std::string_view field;
  std::string_view other;
  std::string_view words;  // separated by blanks
  kubernetes::TextFormat format{};
  std::string_view note;
};

/// A rule with what it needs of the schema, looked up once.
struct BoundRule {
  const FieldRule* rule = nullptr;
  base::Symbol field{}, other{};
  kubernetes::DefaultValue fieldDefault, otherDefault;  // what the server fills in; an empty text if it fills in nothing
  bool hasFieldDefault = false, hasOtherDefault = false;
};

std::span<const FieldRule> allFieldRules();
/// The rule asks for something where its field is not set; others hold then.
bool asksOfMissing(const FieldRule& rule);
std::vector<BoundRule> rulesOf(const kubernetes::Definition& definition);

/// Reports if the record breaks the rule. `field` is the rule's field of it, which may be missing if the rule asks of that.
void apply(const BoundRule& rule, const Node& record, const Node& field, Findings& findings);

}  // namespace kdsl::graph
