// Reads the JSON schemas of the pinned package.
#pragma once

#include <span>
#include <string>

#include "kubernetes/packgen/model.hpp"

namespace kdsl::kubernetes::packgen {

/// Reads `<folder>/v1.NN.json` for each path and fills `names` and `apis`. A shape that the packs cannot express is an error, never skipped.
void readSchemas(std::span<const std::string> paths, Model& model, Errors& errors);

}  // namespace kdsl::kubernetes::packgen
