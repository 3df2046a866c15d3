#include "graph/rules/field_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <unordered_map>

#include "diag/codes/kubernetes.hpp"

namespace kdsl::graph {

namespace code = diag::code;
using base::Symbol;
using kubernetes::DefaultValue;
using kubernetes::TextFormat;

namespace {

constexpr FieldRule rows[] = {
#define KD_ONLY_WITH(definition, id, field, other, words, note) {definition, RuleForm::OnlyWith, code::id, field, other, words, {}, note},
#define KD_NOT_WITH(definition, id, field, other, words, note) {definition, RuleForm::NotWith, code::id, field, other, words, {}, note},
#define KD_NEEDS(definition, id, field, words, other, note) {definition, RuleForm::Needs, code::id, field, other, words, {}, note},
#define KD_ANY_OF(definition, id, field, other, note) {definition, RuleForm::AnyOf, code::id, field, other, {}, {}, note},
#define KD_NOT_EMPTY(definition, id, field, note) {definition, RuleForm::NotEmpty, code::id, field, {}, {}, {}, note},
#define KD_REQUIRED(definition, id, field, note) {definition, RuleForm::Required, code::id, field, {}, {}, {}, note},
#define KD_MOST(definition, id, field, count) {definition, RuleForm::AtMostElements, code::id, field, {}, count, {}, {}},
#define KD_AT_MOST(definition, id, field, other, note) {definition, RuleForm::AtMost, code::id, field, other, {}, {}, note},
#define KD_BELOW(definition, id, field, other, note) {definition, RuleForm::Below, code::id, field, other, {}, {}, note},
#define KD_PERCENT(definition, id, field) {definition, RuleForm::Percent, code::id, field, {}, {}, {}, {}},
#define KD_TEXT(definition, field, form) {definition, RuleForm::Text, code::wrong_form, field, {}, {}, TextFormat::form, {}},
#define KD_KEYS(definition, field, form) {definition, RuleForm::Keys, code::wrong_form, field, {}, {}, TextFormat::form, {}},
#define KD_VALUES(definition, field, form) {definition, RuleForm::Values, code::wrong_form, field, {}, {}, TextFormat::form, {}},
#include "graph/rules/field_rules.def"
#undef KD_ONLY_WITH
#undef KD_NOT_WITH
#undef KD_NEEDS
#undef KD_ANY_OF
#undef KD_NOT_EMPTY
#undef KD_REQUIRED
#undef KD_MOST
#undef KD_AT_MOST
#undef KD_BELOW
#undef KD_PERCENT
#undef KD_TEXT
#undef KD_KEYS
#undef KD_VALUES
};

bool isOneOf(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto blank = std::min(words.find(' '), words.size());
    if (words.substr(0, blank) == word) return true;
    words.remove_prefix(std::min(blank + 1, words.size()));
  }
  return false;
}

/// `"LoadBalancer" or "NodePort"`
std::string spelled(std::string_view words) {
  std::string out;
  while (!words.empty()) {
    const auto blank = std::min(words.find(' '), words.size());
    if (!out.empty()) out += " or ";
    out += fmt::format("\"{}\"", words.substr(0, blank));
    words.remove_prefix(std::min(blank + 1, words.size()));
  }
  return out;
}

/// The text of a field, or what the server takes for it.
std::string_view textOr(const Node& field, bool hasDefault, const DefaultValue& otherwise) {
  if (field) return field.text();
  return hasDefault && otherwise.kind == DefaultValue::Kind::String ? otherwise.string : std::string_view();
}

struct Number {
  bool isKnown = false;
  std::int64_t value = 0;
};

Number numberOr(const Node& field, bool hasDefault, const DefaultValue& otherwise) {
  if (field) return {field.isInteger(), field.integer()};
  return {hasDefault && otherwise.kind == DefaultValue::Kind::Int, otherwise.integer};
}

/// Set to something: an empty list or map is not.
bool isSet(const Node& field) { return field && !(field.value().is(ValueKind::List) && field.value().asList().items.empty()); }

void addNote(diag::Diagnostic& diagnostic, const FieldRule& rule) {
  if (!rule.note.empty()) diagnostic.note(std::string(rule.note));
}

void checkForm(const FieldRule& rule, const Node& at, std::string_view text, Findings& findings) {
  auto wrong = kubernetes::formatViolation(rule.format, text);
  if (!wrong.empty()) findings.report(rule.code, at, {std::string(text), std::string(kubernetes::formatName(rule.format)), std::move(wrong)});
}

}  // namespace

void apply(const BoundRule& bound, const Node& record, const Node& field, Findings& findings) {
  const auto& rule = *bound.rule;
  const auto other = bound.other == base::emptySymbol ? Node() : record[bound.other];
  switch (rule.form) {
    case RuleForm::OnlyWith:
    case RuleForm::NotWith: {
      if (!isSet(field)) return;
      const auto seen = textOr(other, bound.hasOtherDefault, bound.otherDefault);
      if (isOneOf(rule.words, seen) == (rule.form == RuleForm::OnlyWith)) return;
      const auto shown = rule.form == RuleForm::NotWith ? fmt::format("\"{}\"", seen) : spelled(rule.words);
      auto* diagnostic = findings.report(rule.code, field, {std::string(rule.field), std::string(rule.other), shown});
      if (diagnostic == nullptr) return;
      if (other) diagnostic->also(other.where(findings.evaluator()), fmt::format("is \"{}\"", seen));
      if (!other && !seen.empty()) diagnostic->note(fmt::format("`{}` is \"{}\" where nothing else is written", rule.other, seen));
      addNote(*diagnostic, rule);
      return;
    }
    case RuleForm::Needs: {
      const auto given = textOr(field, bound.hasFieldDefault, bound.fieldDefault);
      const bool asks = rule.words.empty() ? isSet(field) : isOneOf(rule.words, given);
      if (!asks || isSet(other)) return;
      const auto why = rule.words.empty() ? fmt::format("`{}`", rule.field) : fmt::format("`{}: \"{}\"`", rule.field, given);
      if (auto* diagnostic = findings.report(rule.code, field ? field : record, {why, std::string(rule.other)})) addNote(*diagnostic, rule);
      return;
    }
    case RuleForm::AnyOf:
      if (isSet(field) || isSet(other)) return;
      if (auto* diagnostic = findings.report(rule.code, record, {std::string(rule.field), std::string(rule.other)})) addNote(*diagnostic, rule);
      return;
    case RuleForm::NotEmpty:
      if (field && field.count() > 0) return;
      if (auto* diagnostic = findings.report(rule.code, field ? field : record, {std::string(rule.field)})) addNote(*diagnostic, rule);
      return;
    case RuleForm::Required: {
      if (isSet(field)) return;
      const auto owner = rule.definition.substr(rule.definition.rfind('.') + 1);
      if (auto* diagnostic = findings.report(rule.code, record, {fmt::format("`{}`", owner), std::string(rule.field)})) addNote(*diagnostic, rule);
      return;
    }
    case RuleForm::AtMostElements: {
      std::size_t most = 0;
      std::from_chars(rule.words.data(), rule.words.data() + rule.words.size(), most);
      if (const auto count = field.count(); count > most) findings.report(rule.code, field, {std::string(rule.field), fmt::format("{}", count), std::string(rule.words)});
      return;
    }
    case RuleForm::AtMost:
    case RuleForm::Below: {
      if (!field && !other) return;
      const auto low = numberOr(field, bound.hasFieldDefault, bound.fieldDefault), high = numberOr(other, bound.hasOtherDefault, bound.otherDefault);
      if (!low.isKnown || !high.isKnown || low.value < high.value || (rule.form == RuleForm::AtMost && low.value == high.value)) return;
      auto* diagnostic = findings.report(rule.code, field ? field : other, {std::string(rule.field), fmt::format("{}", low.value), rule.form == RuleForm::AtMost ? "at most" : "less than", std::string(rule.other), fmt::format("{}", high.value)});
      if (diagnostic == nullptr) return;
      if (field && other) diagnostic->also(other.where(findings.evaluator()), fmt::format("is {}", high.value));
      addNote(*diagnostic, rule);
      return;
    }
    case RuleForm::Percent: {
      auto text = field.text();
      if (!text.ends_with('%')) return;
      text.remove_suffix(1);
      std::int64_t percent = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
      if (error == std::errc{} && end == text.data() + text.size() && percent > 100) findings.report(rule.code, field, {std::string(rule.field), std::string(field.text())});
      return;
    }
    case RuleForm::Text:
      if (field.isText()) checkForm(rule, field, field.text(), findings);
      return;
    case RuleForm::Keys:
      field.entries([&](Symbol key, const Node& entry) { checkForm(rule, entry, base::text(key), findings); });
      return;
    case RuleForm::Values:
      field.each([&](const Node& entry) {
        if (entry.isText()) checkForm(rule, entry, entry.text(), findings);
      });
      return;
  }
}

std::span<const FieldRule> allFieldRules() { return rows; }

namespace {

std::string_view lastPart(std::string_view name) { return name.substr(name.rfind('.') + 1); }

/// The rows by the last part of their definition's name.
const std::unordered_multimap<std::string_view, const FieldRule*>& rowsByName() {
  static const auto all = [] {
    std::unordered_multimap<std::string_view, const FieldRule*> made;
    for (const auto& row : rows) made.emplace(lastPart(row.definition), &row);
    return made;
  }();
  return all;
}

}  // namespace

std::vector<BoundRule> rulesOf(const kubernetes::Definition& definition) {
  std::vector<const FieldRule*> candidates;
  const auto name = definition.name();
  const auto [begin, end] = rowsByName().equal_range(lastPart(name));
  for (auto row = begin; row != end; ++row) candidates.push_back(row->second);
  std::sort(candidates.begin(), candidates.end());  // as in the table
  std::vector<BoundRule> found;
  for (const auto* candidate : candidates) {
    const auto& rule = *candidate;
    if (!name.ends_with(rule.definition) || name.size() == rule.definition.size() || name[name.size() - rule.definition.size() - 1] != '.') continue;
    BoundRule bound;
    bound.rule = &rule;
    const auto bind = [&](std::string_view fieldName, Symbol& symbol, bool& hasDefault, DefaultValue& otherwise) {
      if (fieldName.empty()) return true;
      symbol = base::intern(fieldName);
      const auto field = definition.field(fieldName);
      if (!field) return false;
      if (const auto value = field->defaultValue()) {
        hasDefault = true;
        otherwise = *value;
      }
      return true;
    };
    // A field that this version of Kubernetes lacks cannot be set.
    if (bind(rule.field, bound.field, bound.hasFieldDefault, bound.fieldDefault) && bind(rule.other, bound.other, bound.hasOtherDefault, bound.otherDefault)) found.push_back(bound);
  }
  return found;
}

bool asksOfMissing(const FieldRule& rule) { return rule.form == RuleForm::AnyOf || rule.form == RuleForm::Required || rule.form == RuleForm::NotEmpty || rule.form == RuleForm::AtMost || rule.form == RuleForm::Below; }

}  // namespace kdsl::graph
