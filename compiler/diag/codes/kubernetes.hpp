#pragma once
// The codes 6xxx: Kubernetes objects, by name.
#include "diag/diagnostic.hpp"

namespace kdsl::diag::code {
#define KD_DIAG(number, severity, name, message) inline constexpr Code name{number};
#include "diag/codes/kubernetes.def"
#undef KD_DIAG
}  // namespace kdsl::diag::code
