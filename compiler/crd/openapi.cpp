#include "crd/openapi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "crd/schema_reader.hpp"
#include "kubernetes/schema.hpp"

namespace kdsl::crd {
namespace {

using codec::Data;
using codec::DataEntry;

/// How deep schemas are followed, and how many parts all of them may have: a real document stays far below.
constexpr unsigned deepest = 150;
constexpr std::size_t mostParts = 1'000'000;

constexpr std::string_view gvkKey = "x-kubernetes-group-version-kind";
constexpr std::string_view quantityPattern = R"(^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$)";
/// Definitions of Kubernetes that hold any value.
constexpr auto anyValues = std::to_array<std::string_view>({"RawExtension", "JSON", "FieldsV1", "Patch", "JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool", "JSONSchemaPropsOrStringArray"});

struct GroupVersionKind {
  std::string group, version, kind;
  friend auto operator<=>(const GroupVersionKind&, const GroupVersionKind&) = default;
};

GroupVersionKind gvkOf(const Data& map) { return {std::string(textOf(map, "group")), std::string(textOf(map, "version")), std::string(textOf(map, "kind"))}; }

Data mapOf(std::initializer_list<std::pair<std::string_view, Data>> values) {
  codec::DataMap entries;
  for (const auto& [key, value] : values) {
    auto& entry = entries.emplace_back();
    entry.key = key;
    entry.value = value;
  }
  return Data::map(std::move(entries));
}

Data anything() { return mapOf({{"x-kubernetes-preserve-unknown-fields", Data::boolean(true)}}); }

void set(codec::DataMap& entries, std::string_view key, Data value) {
  const auto known = std::find_if(entries.begin(), entries.end(), [&](const DataEntry& entry) { return entry.key == key; });
  auto& entry = known != entries.end() ? *known : entries.emplace_back();
  entry.key = key;
  entry.value = std::move(value);
}

/// The definition that `$ref` names: what follows the last `/`.
std::string_view referred(const Data& schema) {
  auto reference = textOf(schema, "$ref");
  if (const auto slash = reference.rfind('/'); slash != std::string_view::npos) reference.remove_prefix(slash + 1);
  return reference;
}

/// What paths say of a kind.
struct Served {
  bool isNamespaced = false;
  bool isMade = false;  // there is a POST
};

class Document {
 public:
  explicit Document(const Data& document) {
    const auto* components = document.find("components");
    definitions_ = components == nullptr ? document.find("definitions") : components->find("schemas");
    if (const auto* paths = document.find("paths"); paths != nullptr && paths->isMap()) {
      for (const auto& path : paths->entries()) readPath(path);
    }
  }

  bool isOne() const { return definitions_ != nullptr && definitions_->isMap(); }

  OpenApiKinds run() {
    OpenApiKinds result;
    std::map<std::pair<std::string, std::string>, std::vector<std::pair<GroupVersionKind, const Data*>>> kinds;
    for (const auto& definition : definitions_->entries()) {
      const auto* names = definition.value.find(gvkKey);
      // Options and results of requests belong to every group.
      if (names == nullptr || !names->isList() || names->items().size() != 1 || !names->items()[0].isMap()) continue;
      auto gvk = gvkOf(names->items()[0]);
      if (gvk.kind.empty() || gvk.version.empty() || isList(definition.value)) continue;
      const auto apiVersion = gvk.group.empty() ? gvk.version : gvk.group + "/" + gvk.version;
      if (gvk.group.empty() || kubernetes::servedIn(apiVersion, gvk.kind)) {
        ++result.ofKubernetes;
      } else if (!served_.empty() && !served_[gvk].isMade) {
        ++result.readOnly;
      } else {
        kinds[{gvk.group, gvk.kind}].emplace_back(gvk, &definition.value);
      }
    }
    for (const auto& [name, versions] : kinds) result.definitions.push_back(definitionOf(name.first, name.second, versions));
    if (parts_ <= mostParts) return result;
    result.definitions.clear();
    result.fault = fmt::format("the schemas have more than {} parts", mostParts);
    return result;
  }

 private:
  void readPath(const DataEntry& path) {
    if (!path.value.isMap()) return;
    const bool isNamespaced = path.key.find("{namespace}") != std::string::npos;
    for (const auto& method : path.value.entries()) {
      const auto* name = method.value.find(gvkKey);
      if (name == nullptr || !name->isMap()) continue;
      auto& served = served_[gvkOf(*name)];
      served.isNamespaced |= isNamespaced;
      served.isMade |= textOf(method.value, "x-kubernetes-action") == "post";
    }
  }

  static bool isList(const Data& definition) {
    const auto* properties = definition.find("properties");
    return properties != nullptr && properties->find("items") != nullptr && properties->find("metadata") != nullptr && properties->find("spec") == nullptr;
  }

  Data definitionOf(const std::string& group, const std::string& kind, const std::vector<std::pair<GroupVersionKind, const Data*>>& versions) {
    codec::DataList list;
    bool isNamespaced = served_.empty();
    for (const auto& [gvk, schema] : versions) {
      isNamespaced |= !served_.empty() && served_[gvk].isNamespaced;
      within_.clear();
      list.push_back(mapOf({{"name", Data::string(gvk.version)},
                                {"served", Data::boolean(true)},
                                {"subresources", mapOf({{"status", Data::map()}})},  // only the cluster writes it
                                {"schema", mapOf({{"openAPIV3Schema", expanded(*schema, 0)}})}}));
    }
    return mapOf({{"kind", Data::string("CustomResourceDefinition")},
                      {"spec", mapOf({{"group", Data::string(group)},
                                          {"names", mapOf({{"kind", Data::string(kind)}})},
                                          {"scope", Data::string(isNamespaced ? "Namespaced" : "Cluster")},
                                          {"versions", Data::list(std::move(list))}})}});
  }

  /// A schema with its references replaced.
  Data expanded(const Data& schema, unsigned depth) {
    if (++parts_ > mostParts || depth > deepest) return anything();
    if (schema.isList()) {
      codec::DataList items;
      for (const auto& item : schema.items()) items.push_back(expanded(item, depth + 1));
      return Data::list(std::move(items), schema.span());
    }
    if (!schema.isMap()) return schema;
    codec::DataMap entries;
    const auto* all = schema.find("allOf");
    // Version 3 writes `allOf: [{ $ref }]` where a reference has something beside it.
    const bool isWrapped = all != nullptr && all->isList() && all->items().size() == 1 && !referred(all->items()[0]).empty();
    if (isWrapped || !referred(schema).empty()) {
      auto target = resolved(std::string(referred(isWrapped ? all->items()[0] : schema)), depth + 1);
      if (target.isMap()) entries = std::move(target.entries());
    }
    for (const auto& entry : schema.entries()) {
      if (entry.key == "$ref" || (isWrapped && entry.key == "allOf")) continue;
      // The server's own default of a struct says nothing.
      if (isWrapped && entry.key == "default" && entry.value.isMap() && entry.value.entries().empty()) continue;
      if (entry.key == "allOf" && entry.value.isList()) continue;
      const bool isPlain = entry.key == "default" || entry.key == "const" || entry.key == "enum" || entry.key == "example";
      set(entries, entry.key, isPlain ? entry.value : expanded(entry.value, depth + 1));
    }
    if (!isWrapped && all != nullptr && all->isList()) {
      for (const auto& part : all->items()) mergeInto(entries, expanded(part, depth + 1));
    }
    return Data::map(std::move(entries), schema.span());
  }

  /// One part of `allOf`: its fields and demands are those of the whole. What both say in different words stays a part.
  static void mergeInto(codec::DataMap& entries, Data part) {
    if (!part.isMap()) return;
    const auto find = [&](std::string_view key) { return std::find_if(entries.begin(), entries.end(), [&](const DataEntry& entry) { return entry.key == key; }); };
    codec::DataMap rest;
    for (auto& entry : part.entries()) {
      const auto known = find(entry.key);
      if (known == entries.end()) {
        entries.push_back(std::move(entry));
      } else if (entry.key == "properties" && known->value.isMap() && entry.value.isMap()) {
        for (auto& property : entry.value.entries()) set(known->value.entries(), property.key, std::move(property.value));
      } else if (entry.key == "required" && known->value.isList() && entry.value.isList()) {
        for (auto& name : entry.value.items()) known->value.items().push_back(std::move(name));
      } else if (entry.key != "type" && entry.key != "description" && entry.key != "default") {
        rest.push_back(std::move(entry));
      }
    }
    if (rest.empty()) return;
    const auto list = find("allOf");
    if (list == entries.end()) {
      set(entries, "allOf", Data::list({Data::map(std::move(rest))}));
    } else {
      list->value.items().push_back(Data::map(std::move(rest)));
    }
  }

  Data resolved(const std::string& name, unsigned depth) {
    const auto last = std::string_view(name).substr(name.rfind('.') == std::string::npos ? 0 : name.rfind('.') + 1);
    if (last == "Quantity") return mapOf({{"x-kubernetes-int-or-string", Data::boolean(true)}, {"pattern", Data::string(std::string(quantityPattern))}});
    if (last == "IntOrString") return mapOf({{"x-kubernetes-int-or-string", Data::boolean(true)}});
    if (std::find(anyValues.begin(), anyValues.end(), last) != anyValues.end()) return anything();
    const auto* target = definitions_->find(name);
    if (target == nullptr || !within_.insert(name).second) return anything();
    auto made = expanded(*target, depth);
    within_.erase(name);
    return made;
  }

  const Data* definitions_ = nullptr;
  std::map<GroupVersionKind, Served> served_;
  std::set<std::string> within_;  // definitions that are being expanded
  std::size_t parts_ = 0;
};

}  // namespace

OpenApiKinds kindsOfOpenApi(const Data& document) {
  Document reader(document);
  if (document.isMap() && reader.isOne() && (document.find("swagger") != nullptr || document.find("openapi") != nullptr)) return reader.run();
  OpenApiKinds result;
  result.fault = "this is no OpenAPI document: it has no `definitions` and no `components.schemas`";
  return result;
}

}  // namespace kdsl::crd
