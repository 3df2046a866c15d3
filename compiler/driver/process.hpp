#pragma once
// Other programs.
#include <string>
#include <utility>
#include <vector>

namespace kdsl::driver {

struct ProcessResult {
  enum class End { Exited, NotFound, TimedOut, Failed };
  End end = End::Failed;
  int code = -1;        // Exited
  std::string output;   // standard output, at most some MiB
  std::string errors;   // standard error, at most some KiB
};

/// Runs a program found by PATH, with an empty standard input, and waits. After `seconds` it is ended, with all that it started. `environment` is added to
/// the own one.
ProcessResult runProcess(const std::vector<std::string>& arguments, const std::vector<std::pair<std::string, std::string>>& environment, unsigned seconds);

}  // namespace kdsl::driver
