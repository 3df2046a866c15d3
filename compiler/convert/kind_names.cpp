#include "convert/kind_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "syntax/literal.hpp"

namespace kdsl::convert {

namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// What tells two kinds of one name apart: the version, if the group is the same, else the group.
std::string distinguishedName(const UsedKind& used, const std::vector<UsedKind>& all) {
  const auto slash = used.apiVersion.find('/');
  const auto group = slash == std::string::npos ? std::string() : used.apiVersion.substr(0, slash);
  const bool isOfVersions = std::any_of(all.begin(), all.end(), [&](const UsedKind& other) {
    return &other != &used && other.kind == used.kind && other.apiVersion.starts_with(group + "/");
  });
  const auto kind = typeIdentifier(used.kind);
  if (!used.isDeclared || isOfVersions) return kind + typeIdentifier(slash == std::string::npos ? used.apiVersion : used.apiVersion.substr(slash + 1));
  return typeIdentifier(group.substr(0, group.find('.'))) + kind;
}

}  // namespace

std::string identifier(std::string_view name) {
  std::string out;
  bool startsWord = false;
  for (const char c : name) {
    const bool fits = isLetter(c) || (isDigit(c) && !out.empty());
    if (fits) out += startsWord && !out.empty() ? upper(c) : c;
    startsWord = !fits;
  }
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

std::string typeIdentifier(std::string_view name) {
  auto out = identifier(name);
  if (!out.empty()) out[0] = upper(out[0]);
  return out;
}

void nameKinds(std::vector<UsedKind>& kinds, const kubernetes::SchemaPack& schema) {
  std::set<std::string, std::less<>> taken;
  for (const auto& used : kinds) {
    if (used.module.empty() && !used.isDeclared) taken.insert(used.kind);
  }
  for (auto& used : kinds) {
    if (used.module.empty() && !used.isDeclared) {
      used.name = used.kind;
      continue;
    }
    used.name = typeIdentifier(used.kind);
    const bool isAmbiguous = std::any_of(kinds.begin(), kinds.end(), [&](const UsedKind& other) { return &other != &used && other.kind == used.kind; });
    if (isAmbiguous || used.name.empty() || (used.isDeclared && schema.prelude(used.name))) used.name = distinguishedName(used, kinds);
    if (used.name.empty()) used.name = "Kind";
    const auto base = used.name;
    for (int number = 2; !taken.insert(used.name).second; ++number) used.name = fmt::format("{}{}", base, number);
  }
}

std::string declarationsOf(const std::vector<UsedKind>& kinds) {
  std::map<std::string, std::set<std::string>> imports;  // by module
  std::string declared;
  for (const auto& used : kinds) {
    if (!used.module.empty()) imports[used.module].insert(used.name == used.kind ? used.name : used.kind + " as " + used.name);
    if (!used.isDeclared) continue;
    declared += fmt::format("\n/// Its fields are not checked: `kdsl import crd` makes a schema of its definition.\nschema {} extends {} {{\n  apiVersion: {}\n", used.name,
                            used.isNamespaced ? "Namespaced" : "Resource", syntax::quoted(used.apiVersion));
    if (used.name != used.kind) declared += fmt::format("  kind: {}\n", syntax::quoted(used.kind));
    declared += "  [string]: any\n}\n";
  }
  std::string out;
  for (const auto& [from, names] : imports) out += fmt::format("import {{ {} }} from {}\n", fmt::join(names, ", "), syntax::quoted(from));
  return out + declared;
}

}  // namespace kdsl::convert
