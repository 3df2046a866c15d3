#include "delta/compare.hpp"

namespace kdsl::delta {
namespace {

std::string textOf(const codec::Data& map, std::string_view key) {
  const auto* found = map.find(key);
  return found != nullptr && found->isString() ? found->asString() : std::string();
}

void add(const codec::Data& data, Found& found) {
  Object object;
  object.apiVersion = textOf(data, "apiVersion");
  object.kind = textOf(data, "kind");
  if (!data.isMap() || object.kind.empty()) {
    if (!data.isNull()) ++found.others;
    return;
  }
  if (const auto* items = data.find("items"); items != nullptr && items->isList() && object.kind.ends_with("List")) {
    for (const auto& item : items->items()) add(item, found);
    return;
  }
  if (const auto* metadata = data.find("metadata"); metadata != nullptr) {
    object.name = textOf(*metadata, "name");
    object.namespaceName = textOf(*metadata, "namespace");
  }
  object.data = data;
  found.objects.push_back(std::move(object));
}

}  // namespace

std::string_view Object::group() const {
  const auto slash = apiVersion.find('/');
  return slash == std::string::npos ? std::string_view() : std::string_view(apiVersion).substr(0, slash);
}

Found objectsOf(const codec::Data& document) {
  Found found;
  add(document, found);
  return found;
}

}  // namespace kdsl::delta
