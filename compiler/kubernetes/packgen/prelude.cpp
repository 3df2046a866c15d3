#include "kubernetes/packgen/prelude.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <tuple>

namespace kdsl::kubernetes::packgen {

namespace {

/// Groups whose names win over those of others, best first.
constexpr std::array<std::string_view, 9> kGroupOrder = {"core", "apps", "batch", "autoscaling", "networking", "policy", "rbac", "storage", "meta"};

size_t groupRank(std::string_view package) {
  return static_cast<size_t>(std::ranges::find(kGroupOrder, package) - kGroupOrder.begin());
}

/// Smaller is better; see SchemaPack::prelude.
auto rankOf(const ApiDefinition& definition, const std::set<const ApiDefinition*>& partsOfKinds) {
  const int tier = definition.isCreatable ? 0 : partsOfKinds.contains(&definition) ? 1 : 2;
  return std::tuple(tier, groupRank(definition.package), std::string_view(definition.package), -versionRank(definition.version));
}

using Choice = std::map<std::string_view, const ApiDefinition*>;

/// The best definition of each short name among those that `isCandidate` takes.
template <typename Predicate>
Choice choose(const Api& api, const std::set<const ApiDefinition*>& partsOfKinds, Predicate isCandidate) {
  Choice best;
  for (const auto& [name, definition] : api.definitions) {
    if (!isCandidate(definition)) continue;
    const auto [entry, isNew] = best.emplace(definition.shortName, &definition);
    if (!isNew && rankOf(definition, partsOfKinds) < rankOf(*entry->second, partsOfKinds)) entry->second = &definition;
  }
  return best;
}

/// Everything that the kinds reach through fields that a user may write.
std::set<const ApiDefinition*> reachableFrom(const Model& model, const Api& api, const Choice& kinds) {
  std::set<const ApiDefinition*> reached;
  std::vector<const ApiDefinition*> pending;
  for (const auto& [name, definition] : kinds) pending.push_back(definition);
  while (!pending.empty()) {
    const ApiDefinition* definition = pending.back();
    pending.pop_back();
    if (!reached.insert(definition).second) continue;
    for (const ApiField& field : definition->fields) {
      const TypeDesc type = field.type.innermost();
      if (field.isServerOnly || type.tag() != TypeTag::Definition) continue;
      pending.push_back(&api.definitions.find(model.names[static_cast<size_t>(type.definition())])->second);
    }
  }
  return reached;
}

}  // namespace

int versionRank(std::string_view version) {
  if (!version.starts_with('v')) return 0;
  int major = 0;
  const char* const end = version.data() + version.size();
  const char* rest = std::from_chars(version.data() + 1, end, major).ptr;
  const std::string_view suffix(rest, static_cast<size_t>(end - rest));
  int minor = 0;
  int stability = 3;
  for (const auto& [word, rank] : {std::pair<std::string_view, int>{"alpha", 1}, {"beta", 2}}) {
    if (!suffix.starts_with(word)) continue;
    stability = rank;
    std::from_chars(suffix.data() + word.size(), end, minor);
  }
  return stability * 10000 + major * 100 + minor;
}

Prelude choosePrelude(const Model& model, const Api& api) {
  const Choice kinds = choose(api, {}, [](const ApiDefinition& definition) { return definition.isCreatable; });
  const auto partsOfKinds = reachableFrom(model, api, kinds);
  Prelude result;
  for (const auto& [name, definition] : choose(api, partsOfKinds, [](const ApiDefinition&) { return true; })) {
    result.definitions.push_back(definition);
    if (definition->isCreatable) result.kinds.push_back(definition);
  }
  return result;
}

}  // namespace kdsl::kubernetes::packgen
