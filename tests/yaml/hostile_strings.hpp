#pragma once
// Text that YAML readers are known to misread, and random text made of its parts. The same for every run.
#include <cstddef>
#include <string>
#include <vector>

namespace kdsl::testing_support {

/// At least `count` different strings of valid UTF-8.
std::vector<std::string> hostileStrings(std::size_t count);

}  // namespace kdsl::testing_support
