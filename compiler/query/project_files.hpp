#pragma once
// The modules below a folder: what an editor's questions about a whole project look through.
#include <string>
#include <vector>

namespace kdsl::query {

/// The absolute paths of the .kdsl files in a folder and below it, sorted. Hidden folders, `node_modules` and links are left out. Looks at
/// 50,000 entries and 32 levels at most, so that a home folder opened by mistake costs little; what is beyond is not found.
std::vector<std::string> modulesBelow(const std::string& folder);

/// The folder that a file's project is: the nearest one above it with a project.kdsl or a .git; empty if there is none.
std::string projectOf(const std::string& file);

}  // namespace kdsl::query
