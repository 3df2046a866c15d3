#pragma once
// Drawing with Graphviz, where it is installed.
#include <optional>
#include <string>

namespace kdsl::driver {

/// What `dot -Tsvg` makes of a graph in the DOT language; nothing, and the reason in `problem`, if it is not installed or fails.
std::optional<std::string> drawSvg(const std::string& dot, std::string& problem);

}  // namespace kdsl::driver
