#include "query/ide/build_names.hpp"

#include "codec/read.hpp"

namespace kdsl::query {

using codec::Data;

namespace {

void addKeys(const Data* map, std::set<std::string>& out) {
  if (map == nullptr || !map->isMap()) return;
  for (const auto& entry : map->entries()) out.insert(entry.key);
}

/// Labels and ports, wherever they stand in an object.
void collect(const Data& data, BuildNames& names, BuildNames::Object& object) {
  if (data.isList()) {
    for (const auto& item : data.items()) collect(item, names, object);
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
    if (entry.key == "ports" && entry.value.isList()) {
      for (const auto& port : entry.value.items()) {
        if (const auto* name = port.find("name"); name != nullptr && name->isString()) object.ports.insert(name->asString());
        for (const char* key : {"port", "containerPort"}) {
          if (const auto* number = port.find(key); number != nullptr && number->kind() == Data::Kind::Integer) object.portNumbers.insert(std::to_string(number->asInteger()));
        }
      }
      continue;
    }
    collect(entry.value, names, object);
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
    collect(data, names, known);
  }
  return names;
}

}  // namespace kdsl::query
