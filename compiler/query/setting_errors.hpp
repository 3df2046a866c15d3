#pragma once
// What is wrong with the params that a project sets, told before anything is built.
#include <vector>

#include "eval/limits.hpp"
#include "query/loaded_files.hpp"
#include "query/project.hpp"

namespace kdsl::query {

/// Of the settings for the params of a root: names that it has no param of, values that are not of the param's type; at their places in the project file. Nothing while the
/// root has static errors, which are told in its own files. Evaluates the params alone.
std::vector<diag::Diagnostic> settingErrors(LoadedFiles& files, sema::Workspace& workspace, FileId root, const std::vector<Setting>& settings, const eval::Limits& limits);

}  // namespace kdsl::query
