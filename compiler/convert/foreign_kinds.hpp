#pragma once
// Kinds that are none of Kubernetes itself, as far as modules at hand declare them.
#include <optional>
#include <string>
#include <string_view>

#include "convert/place_types.hpp"

namespace kdsl::convert {

struct ForeignKind {
  std::string module;      // `std/crd/gateway`
  std::string name;        // as the module exports it
  std::string apiVersion;
  PlaceType type = PlaceType::Unknown;  // of `types()`
};

class ForeignKinds {
 public:
  ForeignKinds() = default;
  virtual ~ForeignKinds() = default;
  ForeignKinds(const ForeignKinds&) = delete;
  ForeignKinds& operator=(const ForeignKinds&) = delete;

  /// Of this version, else of another version of the group.
  virtual std::optional<ForeignKind> find(std::string_view apiVersion, std::string_view kind) = 0;
  virtual const PlaceTypes& types() const = 0;
  /// Why a module has errors: the first one; none if it has none.
  virtual std::optional<std::string> faultOf(const std::string& module) = 0;
};

}  // namespace kdsl::convert
