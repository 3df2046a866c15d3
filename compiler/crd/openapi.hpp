#pragma once
// OpenAPI documents, as clusters and aggregated API servers publish them, to definitions of their kinds.
#include <cstddef>
#include <string>
#include <vector>

#include "codec/data.hpp"

namespace kdsl::crd {

struct OpenApiKinds {
  /// A CustomResourceDefinition for each kind that people make and that is not one of Kubernetes' own: with all its versions, every reference replaced by what it refers to.
  std::vector<codec::Data> definitions;
  std::size_t ofKubernetes = 0;     // kinds that kdsl knows without
  std::size_t readOnly = 0;         // kinds of which nobody makes objects
  std::string fault;                // empty if the document is one
};

/// Version 2 (`swagger`) or 3 (`openapi`). A definition that contains itself takes anything where it does. O(size of what is referred to), which is bounded.
OpenApiKinds kindsOfOpenApi(const codec::Data& document);

}  // namespace kdsl::crd
