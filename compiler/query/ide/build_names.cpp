#include "query/ide/build_names.hpp"

#include "codec/read.hpp"

namespace kdsl::query {

using codec::Data;

namespace {

void addKeys(const Data* map, std::set<std::string>& out) {
  if (map == nullptr || !map->isMap()) return;
  for (const auto& entry : map->entries()) out.insert(entry.key);
}

/// The fields that the API's lists are keyed by, as far as they are texts.
constexpr const char* keyFields[] = {"name", "mountPath", "devicePath"};

/// Labels, ports and names of elements, wherever they stand in an object that is called `title`.
void collect(const Data& data, const std::string& title, BuildNames& names, BuildNames::Object& object) {
  if (data.isList()) {
    for (const auto& item : data.items()) collect(item, title, names, object);
    return;
  }
  if (!data.isMap()) return;
  for (const auto& entry : data.entries()) {
    if (entry.key == "labels" && entry.value.isMap()) {
      for (const auto& label : entry.value.entries()) {
        if (label.value.isString()) names.labels[label.key].insert(label.value.asString());
      }
      continue;
    }
    for (const char* key : keyFields) {
      if (!entry.value.isList()) break;
      for (const auto& item : entry.value.items()) {
        if (const auto* name = item.isMap() ? item.find(key) : nullptr; name != nullptr && name->isString()) names.elements[{entry.key, key}].emplace(name->asString(), title);
      }
    }
    if (entry.key == "ports" && entry.value.isList()) {
      for (const auto& port : entry.value.items()) {
        if (const auto* name = port.find("name"); name != nullptr && name->isString()) object.ports.insert(name->asString());
        for (const char* key : {"port", "containerPort"}) {
          if (const auto* number = port.find(key); number != nullptr && number->kind() == Data::Kind::Integer) object.portNumbers.insert(std::to_string(number->asInteger()));
        }
      }
      continue;
    }
    collect(entry.value, title, names, object);
  }
}

}  // namespace

BuildNames BuildNames::of(const BuildResult& build) {
  BuildNames names;
  for (const auto& object : build.objects) {
    const auto read = codec::readYaml(object.text);
    if (read.documents.empty() || object.name.empty()) continue;
    auto& known = names.kinds[object.kind][object.name];
    const auto& data = read.documents[0];
    for (const char* key : {"data", "stringData", "binaryData"}) addKeys(data.find(key), known.keys);
    collect(data, object.kind + "/" + object.name, names, known);
  }
  return names;
}

}  // namespace kdsl::query
