#pragma once
// Routes of the Gateway API: the Gateways of the build that they name must take them.
#include "graph/findings.hpp"
#include "graph/objects.hpp"

namespace kdsl::graph {

bool isRoute(std::string_view group, std::string_view kind);

/// `route` is one; so is a Canary of Flagger, which makes one. Nothing is said about Gateways that are not of the build.
void checkRoute(const Object& route, const Objects& objects, Findings& findings);

}  // namespace kdsl::graph
