#include "kubernetes/packgen/model.hpp"

#include <algorithm>

namespace kdsl::kubernetes::packgen {

const ApiField* ApiDefinition::field(std::string_view fieldName) const {
  const auto found = std::ranges::lower_bound(fields, fieldName, {}, &ApiField::name);
  return found != fields.end() && found->name == fieldName ? &*found : nullptr;
}

ApiField* ApiDefinition::field(std::string_view fieldName) {
  return const_cast<ApiField*>(static_cast<const ApiDefinition*>(this)->field(fieldName));
}

std::optional<DefId> Model::idOf(std::string_view name) const {
  const auto found = std::ranges::lower_bound(names, name);
  if (found == names.end() || *found != name) return std::nullopt;
  return static_cast<DefId>(found - names.begin());
}

}  // namespace kdsl::kubernetes::packgen
