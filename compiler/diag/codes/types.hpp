#pragma once
// The codes 4xxx: types and bodies, by name.
#include "diag/diagnostic.hpp"

namespace kdsl::diag::code {
#define KD_DIAG(number, severity, name, message) inline constexpr Code name{number};
#include "diag/codes/types.def"
#undef KD_DIAG
}  // namespace kdsl::diag::code
