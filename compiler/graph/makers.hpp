#pragma once
// Objects that controllers make of those of the build.
#include <optional>
#include <string_view>

#include "graph/objects.hpp"

namespace kdsl::graph {

struct Maker {
  ObjectId object{};       // what the controller reads
  std::string_view field;  // of it, which says so: `spec.secretName`
};

/// What makes an object that is not of the build. `from` names it. O(n) in objects.
std::optional<Maker> makerOf(const Identity& target, const Objects& objects, ObjectId from);

}  // namespace kdsl::graph
