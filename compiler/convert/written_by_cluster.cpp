#include "convert/written_by_cluster.hpp"

#include <algorithm>
#include <string_view>

namespace kdsl::convert {

using codec::Data;
using codec::DataEntry;

namespace {

constexpr std::string_view inMetadata[] = {"creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid"};
constexpr std::string_view annotations[] = {"deployment.kubernetes.io/revision", "deprecated.daemonset.template.generation", "kubectl.kubernetes.io/last-applied-configuration",
                                            "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller", "volume.beta.kubernetes.io/storage-provisioner",
                                            "volume.kubernetes.io/storage-provisioner"};
// Of a Service: an address that the cluster chose means nothing in another one.
constexpr std::string_view chosen[] = {"clusterIP", "clusterIPs"};

template <typename Table>
bool isIn(const Table& table, std::string_view key) {
  return std::find(std::begin(table), std::end(table), key) != std::end(table);
}

Data* entryOf(Data* map, std::string_view key) {
  if (map == nullptr || !map->isMap()) return nullptr;
  auto& entries = map->entries();
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const DataEntry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

/// What was null says nothing, and is dropped without a word.
template <typename Table>
void drop(Data* map, const Table& table, std::set<std::string>& names) {
  if (map == nullptr || !map->isMap()) return;
  std::erase_if(map->entries(), [&](const DataEntry& entry) {
    if (!isIn(table, entry.key)) return false;
    if (!entry.value.isNull()) names.insert(entry.key);
    return true;
  });
}

bool isHeadless(const Data* address) { return address != nullptr && address->isString() && address->asString() == "None"; }

}  // namespace

void dropWrittenByCluster(Data& object, std::set<std::string>& names) {
  auto* metadata = entryOf(&object, "metadata");
  const bool isLive = entryOf(metadata, "uid") != nullptr || entryOf(metadata, "resourceVersion") != nullptr;
  auto* spec = entryOf(&object, "spec");
  if (isLive && !isHeadless(entryOf(spec, "clusterIP"))) {
    const auto* kind = object.find("kind");
    if (kind != nullptr && kind->isString() && kind->asString() == "Service") drop(spec, chosen, names);
  }
  constexpr std::string_view ofObject[] = {"status"};
  drop(&object, ofObject, names);
  drop(metadata, inMetadata, names);
  auto* notes = entryOf(metadata, "annotations");
  drop(notes, annotations, names);
  if (notes != nullptr && notes->isMap() && notes->entries().empty()) std::erase_if(metadata->entries(), [](const DataEntry& entry) { return entry.key == "annotations"; });
}

std::string makerOf(const Data& object) {
  const auto* metadata = object.find("metadata");
  const auto* owners = metadata == nullptr ? nullptr : metadata->find("ownerReferences");
  if (owners == nullptr || !owners->isList()) return {};
  for (const auto& owner : owners->items()) {
    const auto *controls = owner.find("controller"), *kind = owner.find("kind"), *name = owner.find("name");
    const bool isController = controls != nullptr && controls->kind() == Data::Kind::Bool && controls->asBool();
    if (isController && kind != nullptr && kind->isString() && name != nullptr && name->isString()) return kind->asString() + "/" + name->asString();
  }
  return {};
}

}  // namespace kdsl::convert
