#pragma once
// `kdsl build --check`: how a target's folder differs from what would be written to it.
#include <string>

#include "driver/projects.hpp"

namespace kdsl::driver {

/// By object and field, with the places of both sides, as `kdsl diff` tells it; files that hold no objects by their lines. Empty if the folder has the same
/// objects, however they are laid out. `build` was made as YAML with the sources of its lines. Reads only.
std::string describeDrift(const std::string& folder, const TargetBuild& build, bool isYaml, bool color);

}  // namespace kdsl::driver
