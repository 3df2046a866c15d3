#pragma once
// From Kubernetes manifests in YAML to a module of kdsl that builds the same objects.
#include <string>
#include <string_view>
#include <vector>

#include "convert/foreign_kinds.hpp"
#include "kubernetes/schema.hpp"

namespace kdsl::convert {

struct Conversion {
  /// The module in the standard layout; empty if the YAML cannot be read.
  std::string text;
  /// What could not be taken over, in the order of the source: one line each, with the line of the YAML.
  std::vector<std::string> problems;
  /// What one should know of the module, though nothing is lost.
  std::vector<std::string> notes;
};

/// Each document becomes a `resource`, with its kind as a type: quantities as literals, single keys as paths, comments where they stood. Documents
/// of kind List become one resource an item. A kind of an operator is imported from the module that has it; where none has it, or the object has fields that
/// it does not know, the module declares the kind itself, with fields that nobody checks. What only the cluster writes is left out, and so are objects
/// that a controller makes. O(n log n), and a check of each object of `kinds`.
Conversion fromManifests(std::string_view yaml, const kubernetes::SchemaPack& schema, ForeignKinds& kinds);

}  // namespace kdsl::convert
