#pragma once
// `kdsl import crd` and `kdsl import openapi`.
#include <string>
#include <vector>

#include "driver/exit_code.hpp"

namespace kdsl::driver {

struct CrdImport {
  bool isOpenApi = false;          // documents of API servers instead of definitions
  std::vector<std::string> paths;  // files, folders, `-`
  std::string output;              // empty: standard output
  std::string version;             // of kinds that serve it
};

ExitCode importCrds(const CrdImport& options);

}  // namespace kdsl::driver
