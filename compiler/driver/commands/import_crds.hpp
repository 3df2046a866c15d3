#pragma once
// `kdsl import crd`.
#include <string>
#include <vector>

#include "driver/exit_code.hpp"

namespace kdsl::driver {

struct CrdImport {
  std::vector<std::string> paths;  // files, folders, `-`
  std::string output;              // empty: standard output
  std::string version;             // of kinds that serve it
};

ExitCode importCrds(const CrdImport& options);

}  // namespace kdsl::driver
