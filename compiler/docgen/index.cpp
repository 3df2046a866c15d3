#include "docgen/index.hpp"

#include <algorithm>

namespace kdsl::docgen {

using query::DocItem;
using query::DocModule;

Index::Index(std::span<const DocModule> modules) : modules_(modules) {
  for (const auto& module : modules) {
    byFile_.emplace(base::index(module.file), &module);
    for (const auto& item : module.items) byItem_[item.name].push_back(&module);
  }
}

std::optional<Index::Target> Index::find(const query::DocLink& link) const {
  const auto found = byFile_.find(base::index(link.file));
  if (found == byFile_.end()) return std::nullopt;
  const auto& items = found->second->items;
  const bool isThere = std::any_of(items.begin(), items.end(), [&](const DocItem& item) { return item.name == link.item; });
  if (!isThere && !link.item.empty()) return std::nullopt;
  return Target{found->second, link.item};
}

std::optional<Index::Target> Index::find(std::string_view word, const DocModule& from) const {
  const auto found = byItem_.find(std::string(word));
  if (found == byItem_.end()) return std::nullopt;
  const auto& holders = found->second;
  if (std::find(holders.begin(), holders.end(), &from) != holders.end()) return Target{&from, found->first};
  return holders.size() == 1 ? std::optional(Target{holders[0], found->first}) : std::nullopt;
}

std::string pageOf(const DocModule& module) { return module.path == "index" || module.path == "README" ? module.path + "-module" : module.path; }

std::string prefixOf(std::string_view path) {
  std::string prefix;
  for (auto depth = std::count(path.begin(), path.end(), '/'); depth > 0; --depth) prefix += "../";
  return prefix;
}

}  // namespace kdsl::docgen
