#include "driver/target_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include "driver/output.hpp"
#include "emit/atomic_file.hpp"
#include "source/loader.hpp"

namespace kdsl::driver {
namespace {

namespace fs = std::filesystem;

std::string textOf(const std::string& path) {
  auto loaded = source::loadFile(path);
  return loaded.error == source::LoadError::None ? std::move(loaded.text) : std::string();
}

/// The names that an earlier build wrote. A name that would leave the folder is none of ours.
std::vector<std::string> listedNames(const std::string& folder) {
  std::vector<std::string> names;
  const auto text = textOf((fs::path(folder) / outputListName).string());
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto name = text.substr(at, end - at);
    if (!name.empty() && name.find('/') == std::string::npos && name != "." && name != "..") names.push_back(std::move(name));
    at = end + 1;
  }
  return names;
}

bool writeList(const std::string& folder, std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return writeFile((fs::path(folder) / outputListName).string(), names.empty() ? std::string() : fmt::format("{}\n", fmt::join(names, "\n")));
}

}  // namespace

FolderChange compareFolder(const std::string& folder, const std::vector<query::Rendered>& objects, bool isYaml) {
  FolderChange change;
  std::unordered_set<std::string> kept;
  for (auto& file : fileForEachObject(objects, folder, isYaml)) {
    kept.insert(file.path.substr(file.path.rfind('/') + 1));
    const bool same = emit::fileHolds(file.path, file.text);
    (same ? change.unchanged : change.written).push_back(std::move(file));
  }
  for (const auto& name : listedNames(folder)) {
    std::error_code error;
    const auto path = fs::path(folder) / name;
    if (!kept.contains(name) && fs::exists(path, error)) change.removed.push_back(path.string());
  }
  return change;
}

bool applyChange(const std::string& folder, const FolderChange& change) {
  std::vector<std::string> names;
  for (const auto* files : {&change.written, &change.unchanged}) {
    for (const auto& file : *files) names.push_back(fs::path(file.path).filename().string());
  }
  // The list names what is about to be written and what is still there, whatever becomes of this run: a file that no list names would never be removed.
  auto before = names;
  for (const auto& path : change.removed) before.push_back(fs::path(path).filename().string());
  if ((!change.written.empty() || !change.removed.empty()) && !writeList(folder, before)) return false;
  for (const auto& file : change.written) {
    if (!writeFile(file.path, file.text)) return false;
  }
  bool good = true;
  for (const auto& path : change.removed) {
    std::error_code error;
    if (fs::remove(path, error) || !error) continue;
    writeStandardError(fmt::format("kdsl build: cannot remove `{}`: {}\n", path, error.message()));
    names.push_back(fs::path(path).filename().string());
    good = false;
  }
  return writeList(folder, names) && good;
}

}  // namespace kdsl::driver
