#pragma once
// What has to be there before a root is evaluated.
#include <memory>
#include <vector>

#include "codec/data.hpp"
#include "eval/evaluator.hpp"
#include "query/build_inputs.hpp"
#include "query/policies.hpp"

namespace kdsl::query {

/// Evaluation reads the inputs, the settings and the namespace's name: the setup must outlive it.
struct BuildSetup {
  bool ok = false;                        // no errors: the rest is complete
  std::vector<FileId> closure;            // all files that are in the build
  std::vector<PolicyFile> policies;
  FileId targetLayer = base::none<FileId>;  // std/target.kdsl, where the target has a namespace
  std::vector<Setting> settings;          // the target's
  codec::Data namespaceName;
  std::unique_ptr<BuildInputs> inputs;
};

/// Finds the files of a build and their static errors; if there are none, loads what the build reads besides modules.
BuildSetup setUp(LoadedFiles& files, sema::Workspace& workspace, FileId root, const BuildOptions& options, std::vector<diag::Diagnostic>& out);

/// The instance of the root with what the target lays on it.
eval::Place* rootOf(eval::Evaluator& evaluator, const BuildSetup& setup, FileId root, const BuildOptions& options);

}  // namespace kdsl::query
