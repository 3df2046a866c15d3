#pragma once
// From Kubernetes manifests in YAML to a module of kdsl that builds the same objects.
#include <string>
#include <string_view>
#include <vector>

#include "kubernetes/schema.hpp"

namespace kdsl::convert {

struct Conversion {
  /// The module in the standard layout; empty if the YAML cannot be read.
  std::string text;
  /// What could not be taken over as it is, in the order of the source: one line each, with the line of the YAML.
  std::vector<std::string> problems;
};

/// Each document becomes a `resource`, with its kind as a type: quantities as literals, single keys as paths, comments where they stood. Documents
/// of kind List become one resource an item. What only the cluster writes (`status`, `metadata.uid`) is left out, and so are documents whose kind
/// the schemas do not have. O(n log n).
Conversion fromManifests(std::string_view yaml, const kubernetes::SchemaPack& schema);

}  // namespace kdsl::convert
