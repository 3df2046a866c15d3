// Which definition a bare name means.
#pragma once

#include <vector>

#include "kubernetes/packgen/model.hpp"

namespace kdsl::kubernetes::packgen {

struct Prelude {
  std::vector<const ApiDefinition*> definitions;  ///< one for each short name, in the order of short names
  std::vector<const ApiDefinition*> kinds;        ///< the creatable kinds among them
};

/// Applies the order that `SchemaPack::prelude` documents.
Prelude choosePrelude(const Model& model, const Api& api);

/// Orders versions by stability, then by number: v2 > v1 > v1beta2 > v1beta1 > v1alpha1. Larger is preferred; 0 for no version.
int versionRank(std::string_view version);

}  // namespace kdsl::kubernetes::packgen
