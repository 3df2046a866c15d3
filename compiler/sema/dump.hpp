#pragma once
#include <string>

#include "sema/workspace.hpp"

namespace kdsl::sema {

/// `kdsl dump types`: every declaration of a file with its type, members indented below their owner, then the locals; in the order of the file.
std::string dumpTypes(const Workspace& workspace, FileId file);

}  // namespace kdsl::sema
