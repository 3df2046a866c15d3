#pragma once
// The codes 5xxx: evaluation, by name.
#include "diag/diagnostic.hpp"

namespace kdsl::diag::code {
#define KD_DIAG(number, severity, name, message) inline constexpr Code name{number};
#include "diag/codes/evaluation.def"
#undef KD_DIAG
}  // namespace kdsl::diag::code
