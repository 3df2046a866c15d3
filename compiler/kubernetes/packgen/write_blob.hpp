// Writes the model in the layout of blob.hpp.
#pragma once

#include <string>

#include "kubernetes/packgen/model.hpp"

namespace kdsl::kubernetes::packgen {

/// The whole blob. Precondition: the model has at least one version and was read without errors.
std::string writeBlob(const Model& model);

}  // namespace kdsl::kubernetes::packgen
