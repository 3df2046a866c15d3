#pragma once
// The options that say what to work on, and how.
#include <string>
#include <vector>

#include "driver/command_line.hpp"
#include "query/session.hpp"

namespace kdsl::driver {

struct InputOptions {
  std::vector<std::string> files;
  std::vector<query::Parameter> parameters;
  int kubernetesMinor = 0;
  /// Files worked on at once; 0: as many as there are processors.
  unsigned jobs = 0;
  bool timings = false;
};

/// Adds --param, --kubernetes, --jobs and --time.
void addInputOptions(Command& command, InputOptions& options);

}  // namespace kdsl::driver
