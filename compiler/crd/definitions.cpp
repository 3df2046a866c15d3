#include "crd/definitions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "crd/schema_reader.hpp"

namespace kdsl::crd {
namespace {

using codec::Data;

/// Kubernetes' order of versions: `v2` before `v1` before `v1beta2` before `v1alpha1` before other names. Larger is better.
std::tuple<int, long, long> rankOf(std::string_view version) {
  const auto number = [&](std::string_view& text) {
    long value = 0;
    std::size_t digits = 0;
    while (digits < text.size() && digits < 9 && text[digits] >= '0' && text[digits] <= '9') value = value * 10 + (text[digits++] - '0');
    text.remove_prefix(digits);
    return digits == 0 ? -1 : value;
  };
  auto rest = version;
  if (!rest.starts_with('v')) return {0, 0, 0};
  rest.remove_prefix(1);
  const auto major = number(rest);
  if (major < 0) return {0, 0, 0};
  if (rest.empty()) return {3, major, 0};
  const int stability = rest.starts_with("beta") ? 2 : rest.starts_with("alpha") ? 1 : 0;
  if (stability == 0) return {0, 0, 0};
  rest.remove_prefix(stability == 2 ? 4 : 5);
  const auto minor = number(rest);
  return rest.empty() && minor >= 0 ? std::tuple{stability, major, minor} : std::tuple{0, 0L, 0L};
}

struct Version {
  std::string name;
  const Data* schema = nullptr;
  const Data* subresources = nullptr;
  std::string deprecation;
};

std::vector<Version> versionsOf(const Data& spec) {
  std::vector<Version> versions;
  const auto* common = spec.find("validation");  // apiextensions.k8s.io/v1beta1 has one schema for all
  const auto* list = spec.find("versions");
  if (list != nullptr && list->isList()) {
    for (const auto& entry : list->items()) {
      if (!entry.isMap() || textOf(entry, "name").empty()) continue;
      if (const auto* served = entry.find("served"); served != nullptr && !isTrue(entry, "served")) continue;
      Version version;
      version.name = textOf(entry, "name");
      const auto* holder = entry.find("schema");
      if (holder == nullptr) holder = common;
      version.schema = holder == nullptr ? nullptr : holder->find("openAPIV3Schema");
      version.subresources = entry.find("subresources");
      if (version.subresources == nullptr) version.subresources = spec.find("subresources");
      if (isTrue(entry, "deprecated")) version.deprecation = textOf(entry, "deprecationWarning").empty() ? "this version is deprecated" : std::string(textOf(entry, "deprecationWarning"));
      versions.push_back(std::move(version));
    }
  }
  if (versions.empty() && !textOf(spec, "version").empty()) {
    versions.push_back({std::string(textOf(spec, "version")), common == nullptr ? nullptr : common->find("openAPIV3Schema"), spec.find("subresources"), {}});
  }
  return versions;
}

const Version* choose(const std::vector<Version>& versions, const std::string& wanted) {
  const auto asked = std::find_if(versions.begin(), versions.end(), [&](const Version& version) { return version.name == wanted; });
  if (asked != versions.end()) return &*asked;
  const auto best = std::max_element(versions.begin(), versions.end(), [](const Version& a, const Version& b) { return rankOf(a.name) < rankOf(b.name); });
  return best == versions.end() ? nullptr : &*best;
}

/// The schema without what every kind has and without what only the cluster writes.
SchemaId withoutCommon(SchemaId id, bool withoutStatus, SchemaTable& table) {
  auto schema = table[id];
  if (schema.form != Form::Object) {  // nothing is known of it: anything goes
    schema = Schema{};
    schema.form = Form::Object;
    schema.open = true;
  }
  std::erase_if(schema.fields, [&](const Field& field) {
    return field.name == "apiVersion" || field.name == "kind" || field.name == "metadata" || (withoutStatus && field.name == "status");
  });
  return table.intern(std::move(schema));
}

void readDefinition(const Data& data, const std::string& wantedVersion, SchemaTable& table, Definitions& result) {
  const auto* metadata = data.find("metadata");
  const auto title = metadata == nullptr ? std::string_view() : textOf(*metadata, "name");
  const auto* spec = data.find("spec");
  const auto* names = spec == nullptr ? nullptr : spec->find("names");
  const auto group = spec == nullptr ? std::string_view() : textOf(*spec, "group");
  const auto kind = names == nullptr ? std::string_view() : textOf(*names, "kind");
  if (group.empty() || kind.empty()) {
    result.faults.push_back(fmt::format("the definition `{}` has no `spec.{}`", title, group.empty() ? "group" : "names.kind"));
    return;
  }
  const auto versions = versionsOf(*spec);
  const auto* version = choose(versions, wantedVersion);
  if (version == nullptr) {
    result.faults.push_back(fmt::format("the definition `{}` serves no version", title));
    return;
  }
  KindDefinition made;
  made.group = group;
  made.version = version->name;
  made.kind = kind;
  made.isNamespaced = textOf(*spec, "scope") != "Cluster";
  made.deprecation = version->deprecation;
  if (version->schema != nullptr && version->schema->isMap()) made.doc = textOf(*version->schema, "description");
  const auto schema = version->schema == nullptr ? table.intern(Schema{}) : readSchema(*version->schema, table);
  const bool hasStatus = version->subresources != nullptr && version->subresources->find("status") != nullptr;
  made.schema = withoutCommon(schema, hasStatus, table);
  result.kinds.push_back(std::move(made));
}

}  // namespace

void readDefinitions(std::span<const Data> documents, const std::string& wantedVersion, SchemaTable& table, Definitions& result) {
  for (const auto& document : documents) {
    if (document.isNull()) continue;
    const auto kind = document.isMap() ? textOf(document, "kind") : std::string_view();
    const auto* items = document.isMap() ? document.find("items") : nullptr;
    if (kind.ends_with("List") && items != nullptr && items->isList()) {
      for (const auto& item : items->items()) {
        if (item.isMap() && (textOf(item, "kind") == "CustomResourceDefinition" || kind == "CustomResourceDefinitionList")) {
          readDefinition(item, wantedVersion, table, result);
        } else {
          ++result.otherDocuments;
        }
      }
    } else if (kind == "CustomResourceDefinition") {
      readDefinition(document, wantedVersion, table, result);
    } else {
      ++result.otherDocuments;
    }
  }
}

void finish(Definitions& definitions) {
  auto& kinds = definitions.kinds;
  const auto key = [](const KindDefinition& kind) { return std::tie(kind.group, kind.kind); };
  std::stable_sort(kinds.begin(), kinds.end(), [&](const KindDefinition& a, const KindDefinition& b) { return key(a) < key(b); });
  const auto same = [&](const KindDefinition& a, const KindDefinition& b) { return key(a) == key(b); };
  for (auto at = std::adjacent_find(kinds.begin(), kinds.end(), same); at != kinds.end(); at = std::adjacent_find(at + 1, kinds.end(), same)) {
    definitions.faults.push_back(fmt::format("`{}` of {} is defined twice", at->kind, at->group));
  }
  kinds.erase(std::unique(kinds.begin(), kinds.end(), same), kinds.end());
}

}  // namespace kdsl::crd
