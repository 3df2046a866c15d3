#pragma once
// Where files are: roots of projects, and paths that may not leave them.
#include <optional>
#include <string>
#include <string_view>

namespace kdsl::query {

/// Absolute and without `.`, `..` and doubled slashes; symbolic links are kept.
std::string absolutePath(std::string_view path);
/// The folder that imports of a file may not leave; see Options::root.
std::string rootOf(const std::string& absoluteFile);
/// As messages name it: relative to the working folder when it is below.
std::string displayPath(const std::string& absolute);
/// `folder` + `relative`, normalised.
std::string joinPath(std::string_view folder, std::string_view relative);
std::string folderOf(std::string_view path);
/// False if `path` is not below `root`, by name or through symbolic links.
bool isInside(const std::string& path, const std::string& root);
/// Has an extension that is not .kdsl: imported as data.
bool isDataFile(std::string_view path);

}  // namespace kdsl::query
