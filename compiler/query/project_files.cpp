#include "query/project_files.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace kdsl::query {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxEntries = 50'000;
constexpr int maxDepth = 32;

bool isSkipped(const std::string& folderName) { return folderName.starts_with('.') || folderName == "node_modules"; }

}  // namespace

std::vector<std::string> modulesBelow(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  std::size_t seen = 0;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && at != end && seen < maxEntries; at.increment(error), ++seen) {
    std::error_code ignored;
    const auto& path = at->path();
    if (at->is_directory(ignored)) {
      if (at->is_symlink(ignored) || at.depth() >= maxDepth || isSkipped(path.filename().string())) at.disable_recursion_pending();
    } else if (path.extension() == ".kdsl" && !path.filename().string().starts_with('.') && at->is_regular_file(ignored)) {
      found.push_back(path.lexically_normal().string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string projectOf(const std::string& file) {
  for (const char* mark : {"project.kdsl", ".git"}) {
    auto folder = fs::path(file).parent_path();
    for (auto last = fs::path(); !folder.empty() && folder != last; last = folder, folder = folder.parent_path()) {
      std::error_code error;
      if (fs::exists(folder / mark, error)) return folder.string();
    }
  }
  return {};
}

}  // namespace kdsl::query
