// One-of groups.
#include <fmt/format.h>

#include <algorithm>

#include "kubernetes/packgen/facts.hpp"

namespace kdsl::kubernetes::packgen {

namespace {

struct NamedCase {
  std::string value;
  std::string member;  ///< empty when the value allows none
};

struct NamedMember {
  std::string field;
  size_t alternative = 0;
};

struct NamedGroup {
  bool isRequired = false;
  std::vector<NamedMember> members;
  bool isExclusion = false;  ///< some alternative has several members
  std::string discriminator;
  std::vector<NamedCase> cases;
};

std::optional<NamedGroup> parseGroup(const TableRow& row, Errors& errors) {
  NamedGroup group;
  const auto& words = row.words;
  if (words.size() < 2 || (words[0] != "exactly-one" && words[0] != "at-most-one")) {
    errors.push_back(fmt::format("{}: expected `exactly-one member...` or `at-most-one member...`", row.where));
    return std::nullopt;
  }
  group.isRequired = words[0] == "exactly-one";
  const auto by = std::find(words.begin() + 1, words.end(), "by");
  size_t alternative = 0;
  for (auto word = words.begin() + 1; word != by; ++word, ++alternative) {
    std::string_view rest = *word;
    while (!rest.empty()) {
      const size_t plus = std::min(rest.find('+'), rest.size());
      group.members.push_back({std::string(rest.substr(0, plus)), alternative});
      if (plus < rest.size()) group.isExclusion = true;
      rest.remove_prefix(std::min(plus + 1, rest.size()));
    }
  }
  if (by == words.end()) return group;
  if (by + 2 >= words.end()) {
    errors.push_back(fmt::format("{}: expected `by field value=member...`", row.where));
    return std::nullopt;
  }
  group.discriminator = *(by + 1);
  for (auto word = by + 2; word != words.end(); ++word) {
    const size_t equals = word->find('=');
    group.cases.push_back({word->substr(0, equals), equals == std::string::npos ? std::string() : word->substr(equals + 1)});
    const std::string& member = group.cases.back().member;
    if (!member.empty() && std::ranges::find(group.members, member, &NamedMember::field) == group.members.end()) {
      errors.push_back(fmt::format("{}: `{}` is no member of the group", row.where, member));
    }
  }
  return group;
}

/// Adds the group with the members that this version has.
void addGroup(ApiDefinition& definition, const NamedGroup& named, const TableRow& row, Errors& errors) {
  ApiOneOf group;
  group.isRequired = named.isRequired;
  const size_t groupIndex = definition.oneOfs.size();
  for (const auto& [member, alternative] : named.members) {
    ApiField* field = definition.field(member);
    if (field == nullptr) continue;  // of another version
    if (field->oneOfGroup) errors.push_back(fmt::format("{}: `{}` is a member of another group already", row.where, member));
    if (field->isRequired) errors.push_back(fmt::format("{}: `{}` is a required field", row.where, member));
    if (!named.isExclusion) field->oneOfGroup = groupIndex;
    group.members.push_back({definition.indexOf(*field), alternative});
  }
  if (group.members.empty()) return;
  if (!named.discriminator.empty()) {
    const ApiField* discriminator = definition.field(named.discriminator);
    if (discriminator == nullptr) {
      errors.push_back(fmt::format("{}: `{}` has no field `{}`", row.where, definition.name, named.discriminator));
      return;
    }
    group.discriminator = definition.indexOf(*discriminator);
    for (const NamedCase& named_case : named.cases) {
      const ApiField* member = definition.field(named_case.member);
      if (member == nullptr && !named_case.member.empty()) continue;  // of another version
      group.cases.push_back({named_case.value, member == nullptr ? std::nullopt : std::optional(definition.indexOf(*member))});
    }
  }
  (named.isExclusion ? definition.exclusions : definition.oneOfs).push_back(std::move(group));
}

}  // namespace

void applyOneOfs(Model& model, std::span<const TableRow> rows, Errors& errors) {
  for (const TableRow& row : rows) {
    const auto group = parseGroup(row, errors);
    if (!group) continue;
    for (const NamedMember& member : group->members) {
      forEachField(model, {row.key + "." + member.field, {}, row.where}, errors, [](ApiField&, const Api&) {});
    }
    forEachDefinition(model, row, errors, [&](ApiDefinition& definition, const Api&) { addGroup(definition, *group, row, errors); });
  }
  for (const Api& api : model.apis) {
    for (const auto& [name, definition] : api.definitions) {
      if (definition.isMarkedAsUnion && definition.oneOfs.empty()) {
        errors.push_back(fmt::format("1.{}: {} is marked as a union, and no row says what its members are", api.minor, name));
      }
    }
  }
}

}  // namespace kdsl::kubernetes::packgen
