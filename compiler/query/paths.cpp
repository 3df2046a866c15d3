#include "query/paths.hpp"

#include <filesystem>
#include <system_error>

namespace kdsl::query {

namespace fs = std::filesystem;

namespace {

bool isBelow(const fs::path& path, const fs::path& folder) {
  const auto relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

fs::path resolved(const fs::path& path) {
  std::error_code error;
  auto real = fs::weakly_canonical(path, error);
  return error ? path : real;
}

}  // namespace

std::string absolutePath(std::string_view path) {
  std::error_code error;
  const auto absolute = fs::absolute(fs::path(path), error);
  return (error ? fs::path(path) : absolute).lexically_normal().string();
}

std::string folderOf(std::string_view path) { return fs::path(path).parent_path().string(); }

std::string joinPath(std::string_view folder, std::string_view relative) { return (fs::path(folder) / fs::path(relative)).lexically_normal().string(); }

std::string rootOf(const std::string& file) {
  std::error_code error;
  const fs::path own = fs::path(file).parent_path();
  for (const char* mark : {"project.kdsl", ".git"}) {
    for (auto folder = own; !folder.empty(); folder = folder.parent_path()) {
      if (fs::exists(folder / mark, error)) return folder.string();
      if (folder == folder.parent_path()) break;
    }
  }
  const auto working = fs::current_path(error);
  if (!error && isBelow(file, working)) return working.string();
  return own.string();
}

std::string displayPath(const std::string& absolute) {
  std::error_code error;
  const auto working = fs::current_path(error);
  if (error) return absolute;
  const auto relative = fs::path(absolute).lexically_relative(working);
  return relative.empty() || *relative.begin() == ".." ? absolute : relative.string();
}

bool isDataFile(std::string_view path) {
  const auto extension = std::filesystem::path(path).extension().string();
  return !extension.empty() && extension != ".kdsl";
}

bool isInside(const std::string& path, const std::string& root) { return isBelow(path, root) && isBelow(resolved(path), resolved(root)); }

}  // namespace kdsl::query
