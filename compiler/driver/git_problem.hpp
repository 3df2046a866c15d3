#pragma once
#include <string>

#include "driver/process.hpp"

namespace kdsl::driver {

/// Empty if git did what it was asked within `seconds`; else why not, in one line.
std::string gitProblem(const ProcessResult& result, unsigned seconds);

}  // namespace kdsl::driver
