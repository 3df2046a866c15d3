#pragma once
// What is known of kinds as targets of references: kinds.def.
#include <string_view>

#include "graph/objects.hpp"

namespace kdsl::graph {

/// An object of this kind is made by somebody who deploys, never by the cluster: naming one that nobody declares is an error.
bool mustBeDeclared(std::string_view kind);

/// Every cluster has this object.
bool isInEveryCluster(const Identity& target);

/// Objects that name another in this field work without it.
bool worksWithout(std::string_view definition, std::string_view field);

/// A controller makes the objects of kind `made` that `object` names.
bool isMadeFor(const Object& object, std::string_view made);

/// Whether a controller that reads `object` makes the object of kind `made` with this name: the field that gives the name, else nothing.
std::string_view makes(const Object& object, std::string_view made, std::string_view name);

}  // namespace kdsl::graph
