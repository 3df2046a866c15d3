#pragma once
// From a checked root to its objects.
#include "query/loaded_files.hpp"
#include "query/session.hpp"

namespace kdsl::query {

/// Files that the root imports, directly or not, itself first; the prelude is not among them.
std::vector<FileId> importClosure(const sema::Workspace& workspace, FileId root);

/// Syntax, name and type errors of one file.
std::vector<diag::Diagnostic> errorsOf(LoadedFiles& files, const sema::Workspace& workspace, FileId file);

/// Checks everything that the root imports; without errors, evaluates it and writes its objects.
BuildResult buildRoot(LoadedFiles& files, sema::Workspace& workspace, FileId root, const BuildOptions& options);

/// The members of a root with their values, as YAML.
std::string valuesOf(LoadedFiles& files, sema::Workspace& workspace, FileId root);

}  // namespace kdsl::query
