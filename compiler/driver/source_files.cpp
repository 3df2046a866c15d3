#include "driver/source_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include "query/dependencies.hpp"

namespace kdsl::driver {
namespace {

namespace fs = std::filesystem;

bool isPassedBy(const fs::path& folder) {
  const auto name = folder.filename().string();
  if (name.starts_with('.') || name == "node_modules") return true;
  // Copies of other projects: their files are pinned by their hash, and their tests are theirs.
  std::error_code ignored;
  return name == query::vendorFolderName && fs::exists(folder.parent_path() / query::projectFileName, ignored);
}

void collect(const fs::path& folder, std::span<const std::string_view> extensions, SourceFiles& found) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) entries.push_back(*it);
  if (error) {
    found.problems.push_back(fmt::format("cannot read the folder `{}`: {}", folder.string(), error.message()));
    return;
  }
  std::sort(entries.begin(), entries.end());
  for (const auto& entry : entries) {
    if (entry.is_symlink(error) && entry.is_directory(error)) continue;
    if (entry.is_directory(error)) {
      if (!isPassedBy(entry.path())) collect(entry.path(), extensions, found);
    } else if (std::find(extensions.begin(), extensions.end(), entry.path().extension().string()) != extensions.end() && entry.is_regular_file(error)) {
      found.paths.push_back(entry.path().lexically_normal().string());
    }
  }
}

}  // namespace

SourceFiles expandFolders(const std::vector<std::string>& paths) {
  static constexpr std::string_view ownExtension[] = {".kdsl"};
  return expandFolders(paths, ownExtension);
}

SourceFiles expandFolders(const std::vector<std::string>& paths, std::span<const std::string_view> extensions) {
  SourceFiles found;
  for (const auto& path : paths) {
    std::error_code ignored;
    if (path != "-" && fs::is_directory(path, ignored)) {
      collect(path, extensions, found);
    } else {
      found.paths.push_back(path);
    }
  }
  // The same file given twice (as itself and in its folder) is one file.
  std::unordered_set<std::string> seen;
  std::erase_if(found.paths, [&](const std::string& path) { return !seen.insert(path).second; });
  return found;
}

}  // namespace kdsl::driver
