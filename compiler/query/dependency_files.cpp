// Imports from other projects: `import "platform/web"`.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/near_name.hpp"
#include "diag/codes/files.hpp"
#include "diag/codes/projects.hpp"
#include "query/loaded_files.hpp"
#include "query/paths.hpp"

namespace kdsl::query {

namespace code = diag::code;
namespace fs = std::filesystem;
using source::Location;

namespace {

diag::Diagnostic& report(std::vector<diag::Diagnostic>& out, diag::Code code, Location at, std::vector<std::string> arguments) {
  diag::Sink sink;
  sink.report(code, at, std::move(arguments));
  return out.emplace_back(sink.take().front());
}

bool isFolder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

}  // namespace

const std::vector<Dependency>& LoadedFiles::dependenciesOf(const std::string& projectFolder) {
  const auto [known, isNew] = dependencies_.try_emplace(projectFolder);
  if (!isNew) return known->second;
  const auto path = joinPath(projectFolder, projectFileName);
  std::vector<diag::Diagnostic> problems;  // told where the project file itself is checked
  const auto file = load(path, {}, path, problems);
  if (!base::valid(file)) return known->second;
  auto written = writtenDependencies(*hir(file), problems);
  if (problems.empty()) known->second = std::move(written);
  return known->second;
}

std::string LoadedFiles::dependencyFolder(const std::string& projectFolder, std::string_view name, Location at, std::vector<diag::Diagnostic>& out, bool& named) {
  const auto& all = dependenciesOf(projectFolder);
  const auto dependency = std::find_if(all.begin(), all.end(), [&](const Dependency& candidate) { return candidate.name == name; });
  named = dependency != all.end();
  if (!named) return {};
  const auto key = fmt::format("{}\n{}", projectFolder, name);
  if (const auto known = dependencyFolders_.find(key); known != dependencyFolders_.end()) return known->second;
  std::string folder;
  if (!dependency->path.empty()) {
    folder = joinPath(projectFolder, dependency->path);
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
    if (!isFolder(folder)) {
      auto& diagnostic = report(out, code::dependency_folder_missing, dependency->at, {displayPath(folder)});
      if (!(at == dependency->at)) diagnostic.also(at, "imported here");
      return {};
    }
  } else {
    folder = lockedFolder(projectFolder, *dependency, at, out);
    if (folder.empty()) return {};
  }
  dependencyRoots_.push_back(folder);
  return dependencyFolders_[key] = folder;
}

/// The vendored or cached files of a git dependency, if they are those that the lock pins.
std::string LoadedFiles::lockedFolder(const std::string& projectFolder, const Dependency& dependency, Location at, std::vector<diag::Diagnostic>& out) {
  std::string problem;
  const auto entries = lockOf(projectFolder, problem);
  if (!entries) {
    report(out, code::lock_malformed, at, {displayPath(joinPath(projectFolder, lockFileName)), problem}).note("remove it, and `kdsl mod update` writes it anew");
    return {};
  }
  const auto locked = std::ranges::find(*entries, dependency.name, &LockedDependency::name);
  if (locked == entries->end() || !pins(*locked, dependency)) {
    auto& diagnostic = report(out, code::dependency_not_locked, at, {dependency.name});
    auto words = locked == entries->end() ? std::string("wanted here") : fmt::format("the lock has {} at {}", locked->git, locked->tag.empty() ? locked->commit : locked->tag);
    if (at == dependency.at) {
      diagnostic.label(std::move(words));
    } else {
      diagnostic.also(dependency.at, std::move(words));
    }
    diagnostic.note("`kdsl mod update` fetches it and writes kdsl.lock; a build itself never touches the network");
    return {};
  }
  const auto vendored = joinPath(joinPath(projectFolder, vendorFolderName), dependency.name);
  auto folder = isFolder(vendored) ? vendored : cachedTree(*locked);
  if (folder.empty() || !isFolder(folder)) {
    report(out, code::dependency_not_fetched, at, {dependency.name}).note("`kdsl mod fetch` gets what kdsl.lock pins; a build itself never touches the network");
    return {};
  }
  const auto hash = contentHash(folder, problem);
  if (hash != locked->hash) {
    auto& diagnostic = report(out, code::dependency_altered, at, {dependency.name});
    diagnostic.note(hash.empty() ? problem : fmt::format("`{}` has {}; the lock says {}", displayPath(folder), hash, locked->hash));
    diagnostic.note(folder == vendored ? "`kdsl mod vendor` writes the folder anew" : "remove that folder, and `kdsl mod fetch` gets it anew");
    return {};
  }
  return folder;
}

sema::ImportTarget LoadedFiles::resolveDependency(FileId from, std::string_view written, Location at, std::vector<diag::Diagnostic>& out) {
  const auto slash = written.find('/');
  const auto name = written.substr(0, slash);
  const auto projectFolder = rootFor(from);
  std::error_code ignored;
  if (!fs::exists(joinPath(projectFolder, projectFileName), ignored)) return {};
  bool named = false;
  const auto folder = dependencyFolder(projectFolder, name, at, out, named);
  if (!named) {
    std::vector<std::string_view> names;
    for (const auto& dependency : dependenciesOf(projectFolder)) names.push_back(dependency.name);
    if (const auto near = base::nearest(name, names); !near.empty()) suggestPath(report(out, code::import_not_found, at, {std::string(written)}), written, fmt::format("{}{}", near, slash == std::string_view::npos ? "" : written.substr(slash)));
    return {};
  }
  if (folder.empty()) return {};
  if (slash == std::string_view::npos || slash + 1 == written.size()) {
    report(out, code::import_not_found, at, {std::string(written)}).note(fmt::format("name a file of the dependency: `{}/…`", name));
    return {};
  }
  auto file = joinPath(folder, written.substr(slash + 1));
  if (!isDataFile(file) && !file.ends_with(".kdsl")) file += ".kdsl";  // before it is looked at: the file may be a link
  if (!isInside(file, folder)) {
    report(out, code::import_outside_root, at, {std::string(written)}).note(fmt::format("the root of `{}` is `{}`", name, displayPath(folder)));
    return {};
  }
  return loadModule(std::move(file), written, at, out);
}

}  // namespace kdsl::query
