#pragma once
// What a build reports besides errors: how many checks ran, and the waivers that lifted some.
#include <string>
#include <vector>

#include "driver/projects.hpp"

namespace kdsl::driver {

/// For people: the waivers of each build with their reasons.
std::string reportAsText(const std::vector<TargetBuild>& builds);

/// For programs; one object a build with its `target`, `objects`, `checks`, `errors`, `warnings` and `waivers`.
std::string reportAsJson(const std::vector<TargetBuild>& builds);

}  // namespace kdsl::driver
