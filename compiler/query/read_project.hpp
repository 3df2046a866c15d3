#pragma once
// From a project file to what it says.
#include <optional>

#include "eval/build.hpp"
#include "query/build.hpp"
#include "query/build_inputs.hpp"
#include "query/project.hpp"

namespace kdsl::query {

/// Evaluates a project file; nothing, and why, if it has errors. The policies of its dependencies hold for it as well.
std::optional<Project> readProject(LoadedFiles& files, sema::Workspace& workspace, FileId file, const std::vector<PolicyUse>& ofDependencies, std::vector<diag::Diagnostic>& out);

}  // namespace kdsl::query
