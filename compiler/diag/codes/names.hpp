#pragma once
// The codes 3xxx: names and declarations, by name.
#include "diag/diagnostic.hpp"

namespace kdsl::diag::code {
#define KD_DIAG(number, severity, name, message) inline constexpr Code name{number};
#include "diag/codes/names.def"
#undef KD_DIAG
}  // namespace kdsl::diag::code
