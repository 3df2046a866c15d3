#pragma once
// Stable text forms of the syntax products, for `kdsl dump` and tests.
#include <string>

#include "syntax/tree.hpp"

namespace kdsl::syntax {

/// One token a line: `line:column-line:column Kind "text"`, columns in bytes.
std::string dumpTokens(const Tree& tree);
/// One node a line, indented by depth, with its place and, for a leaf, its text.
std::string dumpTree(const Tree& tree);

}  // namespace kdsl::syntax
