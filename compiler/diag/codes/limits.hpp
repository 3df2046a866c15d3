#pragma once
// The codes 9xxx: limits and internal errors, by name.
#include "diag/diagnostic.hpp"

namespace kdsl::diag::code {
#define KD_DIAG(number, severity, name, message) inline constexpr Code name{number};
#include "diag/codes/limits.def"
#undef KD_DIAG
}  // namespace kdsl::diag::code
