#pragma once
// The codes 8xxx: projects and tests, by name.
#include "diag/diagnostic.hpp"

namespace kdsl::diag::code {
#define KD_DIAG(number, severity, name, message) inline constexpr Code name{number};
#include "diag/codes/projects.def"
#undef KD_DIAG
}  // namespace kdsl::diag::code
