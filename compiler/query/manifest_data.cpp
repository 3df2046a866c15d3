#include "query/manifest_data.hpp"

#include <fmt/format.h>

#include <map>
#include <unordered_set>
#include <utility>

namespace kdsl::query {

using codec::Data;

namespace {

std::string textAt(const Data& map, std::string_view key) {
  const auto* found = map.find(key);
  return found != nullptr && found->isString() ? found->asString() : std::string();
}

void collect(const Data& document, std::vector<const Data*>& out, std::vector<ManifestProblem>& problems) {
  if (document.isNull()) return;
  for (const auto* key : {"apiVersion", "kind"}) {
    if (!textAt(document, key).empty()) continue;
    problems.push_back({document.span(), key, false});
    return;
  }
  if (const auto* items = document.find("items"); items != nullptr && items->isList() && textAt(document, "kind").ends_with("List")) {
    for (const auto& item : items->items()) collect(item, out, problems);
    return;
  }
  out.push_back(&document);
}

Data withoutNulls(const Data& data) {
  if (data.isList()) {
    codec::DataList items;
    for (const auto& item : data.items()) items.push_back(withoutNulls(item));
    return Data::list(std::move(items), data.span());
  }
  if (!data.isMap()) return data;
  codec::DataMap entries;
  for (const auto& entry : data.entries()) {
    if (!entry.value.isNull()) entries.push_back({entry.key, entry.keySpan, withoutNulls(entry.value)});
  }
  return Data::map(std::move(entries), data.span());
}

std::string nameIn(const Data& object, std::string_view key) {
  const auto* metadata = object.find("metadata");
  return metadata == nullptr ? std::string() : textAt(*metadata, key);
}

}  // namespace

Data manifestsOf(const Data& file, std::vector<ManifestProblem>& problems) {
  std::vector<const Data*> objects;
  if (file.isList()) {
    for (const auto& document : file.items()) collect(document, objects, problems);
  } else if (!file.isMap() || !file.entries().empty()) {
    collect(file, objects, problems);
  }
  const auto shortName = [](const Data& object) {
    const auto name = nameIn(object, "name");
    return name.empty() ? textAt(object, "kind") : fmt::format("{}/{}", textAt(object, "kind"), name);
  };
  std::map<std::string, int> uses;
  for (const auto* object : objects) ++uses[shortName(*object)];
  codec::DataMap entries;
  std::unordered_set<std::string> taken;
  for (const auto* object : objects) {
    auto name = shortName(*object);
    if (const auto space = nameIn(*object, "namespace"); uses[name] > 1 && !space.empty()) name = fmt::format("{}/{}/{}", textAt(*object, "kind"), space, nameIn(*object, "name"));
    if (!taken.insert(name).second) {
      problems.push_back({object->span(), name, true});
      continue;
    }
    auto kept = withoutNulls(*object);
    std::erase_if(kept.entries(), [](const codec::DataEntry& entry) { return entry.key == "status"; });
    entries.push_back({std::move(name), object->span(), std::move(kept)});
  }
  return Data::map(std::move(entries), file.span());
}

}  // namespace kdsl::query
