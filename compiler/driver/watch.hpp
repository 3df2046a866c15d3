#pragma once
#include <string>
#include <vector>

namespace kdsl::driver {

/// Waits until one of the files changes, appears or goes away. Looks four times a second, which works on every file system.
void waitForChange(const std::vector<std::string>& paths);

}  // namespace kdsl::driver
