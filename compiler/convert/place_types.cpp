#include "convert/place_types.hpp"

#include <optional>

namespace kdsl::convert {

using kubernetes::Definition;
using kubernetes::TypeDesc;
using kubernetes::TypeTag;

namespace {

bool isOfApi(PlaceType type) { return type != PlaceType::Unknown && type != KubernetesPlaces::anyObject; }
TypeDesc descOf(PlaceType type) { return TypeDesc(static_cast<std::uint32_t>(type)); }
PlaceType placeOf(TypeDesc desc) { return PlaceType{desc.bits()}; }

std::optional<Definition> definitionOf(const kubernetes::SchemaPack& schema, PlaceType type) {
  if (!isOfApi(type) || descOf(type).tag() != TypeTag::Definition) return std::nullopt;
  return schema.definition(descOf(type).definition());
}

}  // namespace

PlaceType KubernetesPlaces::member(PlaceType map, std::string_view key) const {
  if (map == anyObject) {
    const auto metadata = key == "metadata" ? schema_.prelude("ObjectMeta") : std::nullopt;
    return metadata ? placeOf(TypeDesc::of(*metadata)) : PlaceType::Unknown;
  }
  if (!isOfApi(map)) return PlaceType::Unknown;
  if (const auto definition = definitionOf(schema_, map)) {
    const auto field = definition->field(key);
    return field ? placeOf(field->type()) : PlaceType::Unknown;
  }
  return descOf(map).tag() == TypeTag::Map ? placeOf(descOf(map).element()) : PlaceType::Unknown;
}

PlaceType KubernetesPlaces::element(PlaceType list) const { return isOfApi(list) && descOf(list).tag() == TypeTag::List ? placeOf(descOf(list).element()) : PlaceType::Unknown; }

TextForm KubernetesPlaces::form(PlaceType type) const { return isOfApi(type) && descOf(type).tag() == TypeTag::Quantity ? TextForm::Quantity : TextForm::Text; }

bool KubernetesPlaces::isLeftOut(PlaceType map, std::string_view key) const {
  if (map == anyObject) return key == "kind" || key == "apiVersion";
  const auto definition = definitionOf(schema_, map);
  if (!definition) return false;
  if (definition->isKind() && (key == "kind" || key == "apiVersion")) return true;
  const auto field = definition->field(key);
  return field && field->isServerOnly();
}

}  // namespace kdsl::convert
