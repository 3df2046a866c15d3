#pragma once
// What is told of all that is wrong with one file: one cause, one message.
#include <vector>

#include "query/loaded_files.hpp"

namespace kdsl::query {

/// Syntax, name and type errors of one file, without those that only follow from another.
std::vector<diag::Diagnostic> errorsOf(LoadedFiles& files, const sema::Workspace& workspace, FileId file);

}  // namespace kdsl::query
