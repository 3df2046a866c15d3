#pragma once
// From a project file to what it says.
#include <optional>

#include "eval/build.hpp"
#include "query/build.hpp"
#include "query/build_inputs.hpp"
#include "query/project.hpp"

namespace kdsl::query {

/// Evaluates a project file; nothing, and why, if it has errors.
std::optional<Project> readProject(LoadedFiles& files, sema::Workspace& workspace, FileId file, std::vector<diag::Diagnostic>& out);

}  // namespace kdsl::query
