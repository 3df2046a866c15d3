#pragma once
// The codes 1xxx: files and imports, by name.
#include "diag/diagnostic.hpp"

namespace kdsl::diag::code {
#define KD_DIAG(number, severity, name, message) inline constexpr Code name{number};
#include "diag/codes/files.def"
#undef KD_DIAG
}  // namespace kdsl::diag::code
