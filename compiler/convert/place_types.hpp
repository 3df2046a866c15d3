#pragma once
// What the text of a value needs to know of the type of its place.
#include <cstdint>
#include <string_view>

#include "kubernetes/schema.hpp"

namespace kdsl::convert {

/// The type of a place: an id of the PlaceTypes that gave it.
enum class PlaceType : std::uint32_t { Unknown = 0xFFFF'FFFF };

/// How a text of YAML is written there, if it can be read so.
enum class TextForm : std::uint8_t { Text, Quantity, Duration };

/// Asked about Unknown, each answers with nothing.
class PlaceTypes {
 public:
  PlaceTypes() = default;
  virtual ~PlaceTypes() = default;
  PlaceTypes(const PlaceTypes&) = delete;
  PlaceTypes& operator=(const PlaceTypes&) = delete;

  /// Of a key of a record or map.
  virtual PlaceType member(PlaceType map, std::string_view key) const = 0;
  virtual PlaceType element(PlaceType list) const = 0;
  virtual TextForm form(PlaceType type) const = 0;
  /// Whether a key is given by the type itself, as `kind` is, or written by the cluster only.
  virtual bool isLeftOut(PlaceType map, std::string_view key) const = 0;
};

/// The types of the Kubernetes API.
class KubernetesPlaces final : public PlaceTypes {
 public:
  explicit KubernetesPlaces(const kubernetes::SchemaPack& schema) : schema_(schema) {}

  static PlaceType of(kubernetes::Definition definition) { return PlaceType{kubernetes::TypeDesc::of(definition.id()).bits()}; }
  /// An object of which only `metadata` is known.
  static constexpr PlaceType anyObject{0xFFFF'FFFE};

  PlaceType member(PlaceType map, std::string_view key) const override;
  PlaceType element(PlaceType list) const override;
  TextForm form(PlaceType type) const override;
  bool isLeftOut(PlaceType map, std::string_view key) const override;

 private:
  const kubernetes::SchemaPack& schema_;
};

}  // namespace kdsl::convert
