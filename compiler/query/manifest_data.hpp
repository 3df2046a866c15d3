#pragma once
// A file of Kubernetes manifests as one map of its objects, for `import "./v.yaml" as v: Manifests`.
#include <string>
#include <vector>

#include "codec/data.hpp"

namespace kdsl::query {

/// Something in the file that is no object with a name of its own.
struct ManifestProblem {
  codec::ByteSpan span;
  std::string what;      // `kind`: what it lacks; or the entry that two objects would be
  bool isTwice = false;
};

/// The objects of a file by `Kind/name`; those that share kind and name are `Kind/namespace/name`, and one without a name is `Kind`. Lists are taken apart, and
/// what says nothing about the object is left out: nulls, and the `status` that a cluster wrote. `file`: one document, or a list of several.
codec::Data manifestsOf(const codec::Data& file, std::vector<ManifestProblem>& problems);

}  // namespace kdsl::query
