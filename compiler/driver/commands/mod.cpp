#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "base/near_name.hpp"
#include "driver/commands/commands.hpp"
#include "driver/git_modules.hpp"
#include "driver/output.hpp"
#include "driver/report_output.hpp"
#include "query/paths.hpp"
#include "query/session.hpp"
#include "source/loader.hpp"

namespace kdsl::driver {
namespace {

namespace fs = std::filesystem;

enum class Action : std::uint8_t { Add, Remove, Update, Fetch, Vendor, Verify, Graph };

struct Options {
  Action action = Action::Graph;
  std::vector<std::string> names;
  std::string git, tag, commit, path;
  unsigned seconds = 60;
  ReportOptions report;
};

ExitCode failed(const std::string& message, ExitCode code = ExitCode::Findings) {
  writeStandardError("kdsl mod: " + message + "\n");
  return code;
}

/// The project above the working folder, as its file names its dependencies.
struct Place {
  std::string folder;
  std::vector<query::Dependency> dependencies;
  std::vector<query::LockedDependency> locked;
  std::string problem;
};

std::vector<query::Dependency> dependenciesIn(const std::string& folder, std::string& problem) {
  query::Session session;
  std::vector<diag::Diagnostic> found;
  auto dependencies = session.dependencies(folder, found);
  diag::Report report;
  report.add(session.files(), std::move(found));
  if (report.hasErrors()) problem = reportText(report, {}, 2);
  return dependencies;
}

std::vector<query::LockedDependency> lockIn(const std::string& folder, std::string& problem) {
  auto entries = query::lockOf(folder, problem);
  if (entries) return std::move(*entries);
  problem = fmt::format("kdsl mod: `{}` is no lock: {}; remove it, and `kdsl mod update` writes it anew\n", query::displayPath(query::joinPath(folder, query::lockFileName)), problem);
  return {};
}

Place findPlace() {
  Place place;
  place.folder = query::findProjectFolder(".");
  if (place.folder.empty()) {
    place.problem = "kdsl mod: there is no project.kdsl here or above; `kdsl init` makes a project\n";
    return place;
  }
  place.dependencies = dependenciesIn(place.folder, place.problem);
  if (place.problem.empty()) place.locked = lockIn(place.folder, place.problem);
  return place;
}

const query::LockedDependency* lockedOf(const Place& place, const query::Dependency& dependency) {
  const auto found = std::find_if(place.locked.begin(), place.locked.end(), [&](const query::LockedDependency& entry) { return entry.name == dependency.name; });
  return found == place.locked.end() ? nullptr : &*found;
}

// --- update

ExitCode update(const Place& place, const Options& options) {
  GitModules modules(options.seconds);
  std::vector<query::LockedDependency> entries;
  std::string told;
  for (const auto& name : options.names) {
    if (std::none_of(place.dependencies.begin(), place.dependencies.end(), [&](const query::Dependency& dependency) { return dependency.name == name; })) {
      return failed(fmt::format("the project has no dependency `{}`", name), ExitCode::Usage);
    }
  }
  for (const auto& dependency : place.dependencies) {
    if (dependency.git.empty()) continue;
    const auto* known = lockedOf(place, dependency);
    const bool asked = options.names.empty() || std::find(options.names.begin(), options.names.end(), dependency.name) != options.names.end();
    query::LockedDependency entry;
    if (known != nullptr && query::pins(*known, dependency) && !asked) {
      entry = *known;
    } else if (const auto problem = modules.resolve(dependency, place.folder, entry); !problem.empty()) {
      return failed(fmt::format("`{}` from {}: {}", dependency.name, dependency.git, problem));
    }
    if (known != nullptr && known->commit == entry.commit && known->hash != entry.hash && query::pins(*known, dependency)) {
      return failed(fmt::format("`{}`: the files of commit {} are not those that kdsl.lock pins", dependency.name, entry.commit));
    }
    if (known == nullptr || known->commit != entry.commit) told += fmt::format("{}: {} {}\n", entry.name, entry.tag.empty() ? "at" : entry.tag, entry.commit.substr(0, 12));
    entries.push_back(std::move(entry));
  }
  if (!writeFile(query::displayPath(query::joinPath(place.folder, query::lockFileName)), query::lockText(std::move(entries)))) return ExitCode::Failure;
  writeStandardError(told.empty() ? "nothing changed\n" : told);
  return ExitCode::Ok;
}

// --- add

ExitCode add(const Place& place, const Options& options) {
  if (options.names.size() != 1) return usageError("mod", "`add` wants one name: kdsl mod add platform --git https://… --tag v1");
  const auto& name = options.names.front();
  const bool plain = !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }) && name.front() != '-' && name.back() != '-';
  if (!plain) return usageError("mod", fmt::format("`{}` is no name for a dependency: lower-case letters, digits and `-`", name));
  if (options.git.empty() == options.path.empty()) return usageError("mod", "a dependency is either a repository, `--git ADDRESS`, or a folder, `--path DIR`");
  if (!options.git.empty() && options.tag.empty() == options.commit.empty()) return usageError("mod", "a repository is taken at a `--tag` or at a `--commit`");
  if (std::any_of(place.dependencies.begin(), place.dependencies.end(), [&](const query::Dependency& dependency) { return dependency.name == name; })) {
    return failed(fmt::format("the project has a dependency `{}` already", name));
  }
  const auto quoted = [](const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\' || c == '$') out += '\\';
      out += c;
    }
    return out + "\"";
  };
  // The lock first: if the repository cannot be had, the project stays as it is.
  Place changed = place;
  changed.dependencies.push_back({name, options.path, options.git, options.tag, options.commit, {}});
  Options onlyNew = options;
  onlyNew.names = {name};
  std::string line;
  if (!options.git.empty()) {
    if (const auto code = update(changed, onlyNew); code != ExitCode::Ok) return code;
    std::string problem;
    const auto locked = lockIn(place.folder, problem);
    const auto entry = std::ranges::find(locked, name, &query::LockedDependency::name);
    if (entry == locked.end()) return failed(problem);
    // A commit is written in full, whatever digits it was asked for by.
    line = fmt::format("{{ git: {}, {}: {} }}", quoted(options.git), options.tag.empty() ? "commit" : "tag", quoted(options.tag.empty() ? entry->commit : options.tag));
  } else {
    std::error_code ignored;
    if (!fs::is_directory(query::joinPath(place.folder, options.path), ignored)) return failed(fmt::format("there is no folder `{}` beside the project file", options.path));
    line = fmt::format("{{ path: {} }}", quoted(options.path));
  }
  const auto path = query::displayPath(query::joinPath(place.folder, query::projectFileName));
  auto text = source::loadFile(path).text;
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += fmt::format("\ndependencies[{}]: {}\n", quoted(name), line);
  const bool bare = name.find('-') == std::string::npos && !(name.front() >= '0' && name.front() <= '9');
  if (bare) {
    const auto at = text.rfind(fmt::format("dependencies[{}]", quoted(name)));
    text.replace(at, fmt::format("dependencies[{}]", quoted(name)).size(), "dependencies." + name);
  }
  return writeFile(path, text) ? ExitCode::Ok : ExitCode::Failure;
}

// --- remove

ExitCode remove(const Place& place, const Options& options) {
  if (options.names.size() != 1) return usageError("mod", "`remove` wants one name: kdsl mod remove platform");
  const auto& name = options.names.front();
  const auto found = std::find_if(place.dependencies.begin(), place.dependencies.end(), [&](const query::Dependency& dependency) { return dependency.name == name; });
  if (found == place.dependencies.end()) {
    std::vector<std::string_view> names;
    names.reserve(place.dependencies.size());
    for (const auto& dependency : place.dependencies) names.push_back(dependency.name);
    const auto near = base::nearest(name, names);
    return failed(fmt::format("the project has no dependency `{}`{}", name, near.empty() ? "" : fmt::format("; did you mean `{}`?", near)), ExitCode::Usage);
  }
  const auto path = query::displayPath(query::joinPath(place.folder, query::projectFileName));
  if (!writeFile(path, query::withoutDependency(source::loadFile(path).text, *found))) return ExitCode::Failure;
  auto entries = place.locked;
  std::erase_if(entries, [&](const query::LockedDependency& entry) { return entry.name == name; });
  if (entries.size() != place.locked.size() && !writeFile(query::displayPath(query::joinPath(place.folder, query::lockFileName)), query::lockText(std::move(entries)))) return ExitCode::Failure;
  std::error_code error;
  fs::remove_all(fs::path(place.folder) / query::vendorFolderName / name, error);
  if (error) return failed(fmt::format("cannot remove the vendored files: {}", error.message()), ExitCode::Failure);
  return ExitCode::Ok;
}

// --- fetch, vendor, verify

ExitCode fetch(const Place& place, const Options& options) {
  GitModules modules(options.seconds);
  for (const auto& entry : place.locked) {
    if (const auto problem = modules.fetch(entry, place.folder); !problem.empty()) return failed(fmt::format("`{}` from {}: {}", entry.name, entry.git, problem));
  }
  writeStandardError(fmt::format("{} dependenc{} on this machine\n", place.locked.size(), place.locked.size() == 1 ? "y is" : "ies are"));
  return ExitCode::Ok;
}

ExitCode vendor(const Place& place, const Options& options) {
  if (const auto code = fetch(place, options); code != ExitCode::Ok) return code;
  for (const auto& entry : place.locked) {
    const fs::path into = fs::path(place.folder) / query::vendorFolderName / entry.name;
    const fs::path fresh = into.string() + ".new";
    std::error_code error;
    fs::remove_all(fresh, error);
    fs::create_directories(into.parent_path(), error);
    fs::copy(query::cachedTree(entry), fresh, fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
    if (!error) fs::remove_all(into, error);
    if (!error) fs::rename(fresh, into, error);
    if (error) return failed(fmt::format("cannot write `{}`: {}", into.string(), error.message()), ExitCode::Failure);
  }
  return ExitCode::Ok;
}

ExitCode verify(const Place& place) {
  std::string text;
  bool good = true;
  for (const auto& dependency : place.dependencies) {
    if (dependency.git.empty()) continue;
    const auto* entry = lockedOf(place, dependency);
    std::string state;
    if (entry == nullptr || !query::pins(*entry, dependency)) {
      state = "not locked as project.kdsl wants it: `kdsl mod update`";
    } else {
      std::error_code error;
      const auto vendored = (fs::path(place.folder) / query::vendorFolderName / dependency.name).string();
      const auto folder = fs::is_directory(vendored, error) ? vendored : query::cachedTree(*entry);
      std::string problem;
      if (!fs::is_directory(folder, error)) {
        state = "not on this machine: `kdsl mod fetch`";
      } else if (query::contentHash(folder, problem) != entry->hash) {
        state = fmt::format("altered: `{}` is not what kdsl.lock pins", query::displayPath(folder));
      }
    }
    good &= state.empty();
    text += fmt::format("{}: {}\n", dependency.name, state.empty() ? "good" : state);
  }
  if (!writeStandardOutput(text)) return ExitCode::Failure;
  return good ? ExitCode::Ok : ExitCode::Findings;
}

// --- graph

void drawGraph(const Place& place, const std::string& indent, std::vector<std::string>& above, std::string& out, bool& ring) {
  above.push_back(place.folder);
  for (const auto& dependency : place.dependencies) {
    Place inner;
    const auto* entry = dependency.git.empty() ? nullptr : lockedOf(place, dependency);
    inner.folder = dependency.git.empty() ? query::joinPath(place.folder, dependency.path) : entry == nullptr ? std::string() : query::cachedTree(*entry);
    while (inner.folder.size() > 1 && inner.folder.back() == '/') inner.folder.pop_back();
    const auto where = dependency.git.empty() ? dependency.path : fmt::format("{} {}", dependency.git, dependency.tag.empty() ? dependency.commit.substr(0, 12) : dependency.tag);
    const bool again = std::find(above.begin(), above.end(), inner.folder) != above.end();
    std::error_code error;
    const bool there = !inner.folder.empty() && fs::is_directory(inner.folder, error);
    out += fmt::format("{}{}: {}{}{}\n", indent, dependency.name, where, again ? " (depends on itself)" : "", there ? "" : " (not on this machine)");
    ring |= again;
    if (again || !there || !fs::exists(fs::path(inner.folder) / query::projectFileName, error)) continue;
    inner.dependencies = dependenciesIn(inner.folder, inner.problem);
    inner.locked = lockIn(inner.folder, inner.problem);
    drawGraph(inner, indent + "  ", above, out, ring);
  }
  above.pop_back();
}

ExitCode graph(const Place& place) {
  std::string text;
  std::vector<std::string> above;
  bool ring = false;
  drawGraph(place, "", above, text, ring);
  if (!writeStandardOutput(text)) return ExitCode::Failure;
  return ring ? failed("projects that depend on each other in a ring cannot be built in any order") : ExitCode::Ok;
}

ExitCode run(const Options& options) {
  const auto place = findPlace();
  if (!place.problem.empty()) {
    writeStandardError(place.problem);
    return place.folder.empty() ? ExitCode::Usage : ExitCode::Findings;
  }
  if (!options.names.empty() && options.action != Action::Add && options.action != Action::Remove && options.action != Action::Update) return usageError("mod", "only `add`, `remove` and `update` take names");
  switch (options.action) {
    case Action::Add: return add(place, options);
    case Action::Remove: return remove(place, options);
    case Action::Update: return update(place, options);
    case Action::Fetch: return fetch(place, options);
    case Action::Vendor: return vendor(place, options);
    case Action::Verify: return verify(place);
    case Action::Graph: break;
  }
  return graph(place);
}

}  // namespace

void addMod(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("mod", "Manage the dependencies of a project");
  command.details(
      "Dependencies are named in project.kdsl and pinned in kdsl.lock, by commit and by the hash of their files. This command alone uses the network; builds read the vendor folder or the cache "
      "($KDSL_CACHE, else ~/.cache/kdsl) and refuse what was altered.");
  const auto options = std::make_shared<Options>();
  command.choice("ACTION", options->action,
                 Choices<Action>{{"add", Action::Add}, {"remove", Action::Remove}, {"update", Action::Update}, {"fetch", Action::Fetch}, {"vendor", Action::Vendor}, {"verify", Action::Verify}, {"graph", Action::Graph}},
                 "add a dependency; remove one, with its entry in the lock and its vendored files; update: find the commits of tags, and lock them; fetch what is locked; vendor: copy it into the project; verify the files on this machine; graph: show who needs whom");
  command.required();
  command.texts("NAME", "NAME", options->names, "Of dependencies; for `update`: these only");
  command.text("--git", "ADDRESS", options->git, "add: the repository");
  command.text("--tag", "TAG", options->tag, "add: its tag");
  command.text("--commit", "COMMIT", options->commit, "add: its commit; the project file names it in full");
  command.text("--path", "DIR", options->path, "add: a folder, from the project's root");
  command.number("--git-timeout", "SECONDS", options->seconds, 1, 3600, "End a git that has not answered after so long. Default: 60");
  command.example("kdsl mod add platform --git https://git.example.com/platform.git --tag v1.2", "Use modules of another repository: import \"platform/…\"");
  command.example("kdsl mod update", "Find the commits of all tags anew");
  command.example("kdsl mod fetch", "For a pipeline: get what kdsl.lock pins");
  command.example("kdsl mod vendor", "Copy the dependencies into vendor/, to build without a cache");
  command.action([options] { return run(*options); });
}

}  // namespace kdsl::driver
