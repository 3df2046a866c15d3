#include "crd/conditions.hpp"

#include <fmt/format.h>

#include "crd/cel.hpp"
#include "crd/literals.hpp"
#include "crd/names.hpp"
#include "crd/patterns.hpp"

namespace kdsl::crd {
namespace {

std::string onOneLine(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string namesText(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// A condition that does not hold where its field is unset.
struct Scoped {
  /// The value that is looked at, as kdsl.
  std::string value;
  /// Around a condition on it, outermost first: "(xs).all(item => " and ")".
  std::string before, after;
  std::string path;  // for people: `listeners[]`
  int depth = 0;
};

class Collector {
 public:
  Collector(const SchemaTable& table, const Names& names) : table_(table), names_(names) {}

  Conditions run(SchemaId id) {
    const auto& schema = table_[id];
    for (const auto& presence : schema.presences) addPresence(presence);
    addRules(id, {"self", "", "", "", 0});
    addUnsaid(schema, "");
    for (const auto& field : schema.fields) {
      Scoped scope;
      scope.path = field.name;
      const bool isName = isIdentifier(field.name);
      scope.value = isName ? "self." + field.name : std::string();
      const bool isAlwaysThere = field.required && !field.standard && field.group == 0;
      if (isName && !isAlwaysThere) scope.before = fmt::format("!self.{}? || ", field.name);
      addValue(field.type, scope);
    }
    return std::move(result_);
  }

 private:
  void carry(std::string_view original, std::string_view message, std::string_view path, Origin origin) {
    result_.carried.push_back({{}, onOneLine(message), onOneLine(original), std::string(path), origin});
  }

  static std::string wrapped(const Scoped& scope, std::string condition, bool isLoose) {
    if (isLoose && (!scope.before.empty() || !scope.after.empty())) condition = "(" + condition + ")";
    return scope.before + condition + scope.after;
  }

  void addPresence(const Presence& presence) {
    std::string condition, original = fmt::format("{}: {}", presence.atLeastOne ? "at least one of" : "not all of", namesText(presence.fields));
    for (const auto& name : presence.fields) {
      if (!isIdentifier(name)) return carry(original, "", "", Origin::Constraint);
      condition += fmt::format("{}self.{}?", condition.empty() ? "" : presence.atLeastOne ? " || " : " && ", name);
    }
    if (presence.fields.empty()) return;
    if (!presence.atLeastOne) condition = "!(" + condition + ")";
    auto message = presence.atLeastOne ? "one of these must be set: " + namesText(presence.fields) : "these exclude each other: " + namesText(presence.fields);
    result_.checks.push_back({std::move(condition), std::move(message), std::move(original), {}, Origin::Constraint});
  }

  void addRules(SchemaId id, const Scoped& scope) {
    for (const auto& rule : table_[id].rules) {
      const auto parsed = parseCel(rule.text);
      if (parsed && mentionsOldSelf(*parsed)) {
        ++result_.transitions;
        carry(rule.text, rule.message, scope.path, Origin::Rule);
        continue;
      }
      const auto condition = parsed && !scope.value.empty() ? translateCel(*parsed, scope.value, id, table_) : std::nullopt;
      if (condition) {
        result_.checks.push_back({wrapped(scope, *condition, true), onOneLine(rule.message), onOneLine(rule.text), scope.path, Origin::Rule});
      } else {
        carry(rule.text, rule.message, scope.path, Origin::Rule);
      }
    }
  }

  void addUnsaid(const Schema& schema, std::string_view path) {
    for (const auto& text : schema.unsaid) carry(text, "", path, Origin::Constraint);
    if (!schema.pattern.empty() && !wholePattern(schema.pattern)) carry("pattern: " + schema.pattern, "", path, Origin::Constraint);
  }

  /// The counts that a written type cannot have: of keyed lists, sets and maps.
  void addCounts(const Schema& schema, const Scoped& scope) {
    const bool isCounted = schema.form == Form::Map || (schema.form == Form::List && schema.listKind != ListKind::Atomic);
    if (!isCounted) return;
    for (const bool isLow : {true, false}) {
      const auto& limit = isLow ? schema.low : schema.high;
      if (!limit) continue;
      const auto message = fmt::format("{} has {} {}", scope.path, isLow ? "at least" : "at most", *limit);
      if (scope.value.empty()) {
        carry(message, "", "", Origin::Constraint);
      } else {
        result_.checks.push_back({wrapped(scope, fmt::format("{}.len() {} {}", scope.value, isLow ? ">=" : "<=", *limit), false), message, message, {}, Origin::Constraint});
      }
    }
  }

  /// A value that is no object of its own, and what it consists of. As deep as the schema.
  void addValue(SchemaId id, const Scoped& scope) {
    const auto& schema = table_[id];
    if (Names::needsName(schema)) {
      if (names_.isOfApi(id)) addRules(id, scope);
      return;
    }
    addRules(id, scope);
    addUnsaid(schema, scope.path);
    addCounts(schema, scope);
    if (schema.form != Form::List && schema.form != Form::Map) return;
    auto inner = scope;
    inner.path += schema.form == Form::List ? "[]" : "{}";
    inner.depth = scope.depth + 1;
    const auto item = inner.depth == 1 ? std::string("item") : fmt::format("item{}", inner.depth);
    if (!scope.value.empty()) {
      inner.before = fmt::format("{}{}.all({} => ", scope.before, scope.value, schema.form == Form::List ? item : fmt::format("(_, {})", item));
      inner.after = ")" + scope.after;
      inner.value = item;
    }
    addValue(schema.element, inner);
  }

  const SchemaTable& table_;
  const Names& names_;
  Conditions result_;
};

}  // namespace

Conditions conditionsOf(SchemaId object, const SchemaTable& table, const Names& names) { return Collector(table, names).run(object); }

}  // namespace kdsl::crd
