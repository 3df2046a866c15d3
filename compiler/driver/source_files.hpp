#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kdsl::driver {

struct SourceFiles {
  /// In the order given; the files of a folder by path.
  std::vector<std::string> paths;
  /// What could not be read, as messages.
  std::vector<std::string> problems;
};

/// Replaces each folder by the `.kdsl` files in and below it. Folders whose name begins with a dot, `node_modules`, a project's
/// `vendor` and links to folders are passed by. Files are kept as they are, there or not.
SourceFiles expandFolders(const std::vector<std::string>& paths);
/// The same for files with one of these extensions, such as `.yaml`.
SourceFiles expandFolders(const std::vector<std::string>& paths, std::span<const std::string_view> extensions);

}  // namespace kdsl::driver
