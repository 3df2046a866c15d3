#include "driver/git_modules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "driver/git_problem.hpp"
#include "query/paths.hpp"

namespace kdsl::driver {
namespace {

namespace fs = std::filesystem;

/// A folder of its own that is gone afterwards.
class ScratchFolder {
 public:
  explicit ScratchFolder(const fs::path& parent) {
    std::error_code error;
    fs::create_directories(parent, error);
    std::string pattern = (parent / "fetch-XXXXXX").string();
    if (!error && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string firstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

std::string GitModules::getTree(const std::string& written, const std::string& reference, std::string& commit, const std::string& projectFolder) {
  const auto cache = query::cacheFolder();
  if (cache.empty()) return "there is no folder for the cache: set KDSL_CACHE or HOME";
  std::error_code error;
  const auto local = query::joinPath(projectFolder, written);
  const auto address = fs::is_directory(local, error) ? local : written;
  const ScratchFolder scratch(fs::path(cache) / "git");
  if (scratch.path().empty()) return fmt::format("cannot make a folder in `{}`", cache);

  const auto git = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"git", "-C", scratch.path(), "-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false"});
    // No questions, and no transport that runs commands.
    return runProcess(arguments, {{"GIT_TERMINAL_PROMPT", "0"}, {"GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh"}, {"GIT_SSH_COMMAND", "ssh -oBatchMode=yes"}, {"GIT_LFS_SKIP_SMUDGE", "1"}, {"LC_ALL", "C"}}, seconds_);
  };
  if (auto problem = gitProblem(git({"init", "-q", "--template="}), seconds_); !problem.empty()) return problem;
  auto fetched = git({"fetch", "-q", "--depth", "1", "--no-tags", "--", address, reference});
  if (fetched.end == ProcessResult::End::Exited && fetched.code != 0 && !commit.empty()) {
    // Not every server gives a commit that no reference names: then everything is fetched.
    fetched = git({"fetch", "-q", "--no-tags", "--", address, "+refs/heads/*:refs/fetched/heads/*", "+refs/tags/*:refs/fetched/tags/*"});
  }
  if (auto problem = gitProblem(fetched, seconds_); !problem.empty()) return problem;
  const auto found = git({"rev-parse", "--verify", "--quiet", (commit.empty() ? std::string("FETCH_HEAD") : commit) + "^{commit}"});
  if (found.end != ProcessResult::End::Exited || found.code != 0) return fmt::format("the repository has no {}", reference);
  commit = firstLine(found.output);
  if (auto problem = gitProblem(git({"checkout", "-q", "--detach", commit}), seconds_); !problem.empty()) return problem;

  query::LockedDependency entry;
  entry.git = written;
  entry.commit = commit;
  const fs::path tree = query::cachedTree(entry);
  fs::remove_all(fs::path(scratch.path()) / ".git", error);
  fs::create_directories(tree.parent_path(), error);
  if (fs::is_directory(tree, error)) return {};
  fs::rename(scratch.path(), tree, error);
  if (error && !fs::is_directory(tree)) return fmt::format("cannot write `{}`: {}", tree.string(), error.message());
  return {};
}

std::string GitModules::resolve(const query::Dependency& dependency, const std::string& projectFolder, query::LockedDependency& locked) {
  locked = {dependency.name, dependency.git, dependency.tag, dependency.commit, {}};
  const auto reference = dependency.commit.empty() ? "refs/tags/" + dependency.tag : dependency.commit;
  if (auto problem = getTree(dependency.git, reference, locked.commit, projectFolder); !problem.empty()) return problem;
  std::string problem;
  const auto tree = query::cachedTree(locked);
  locked.hash = query::contentHash(tree, problem);
  return problem.empty() ? fetchNested(tree) : problem;
}

std::string GitModules::fetch(const query::LockedDependency& locked, const std::string& projectFolder) {
  const auto tree = query::cachedTree(locked);
  std::error_code error;
  if (tree.empty() || !fs::is_directory(tree, error)) {
    auto commit = locked.commit;
    if (auto problem = getTree(locked.git, locked.commit, commit, projectFolder); !problem.empty()) return problem;
  }
  std::string problem;
  const auto hash = query::contentHash(tree, problem);
  if (!problem.empty()) return problem;
  if (hash != locked.hash) return fmt::format("the files in `{}` are not those that the lock pins: remove the folder, and fetch again", tree);
  return fetchNested(tree);
}

/// What the lock of a dependency pins.
std::string GitModules::fetchNested(const std::string& folder) {
  if (std::find(seen_.begin(), seen_.end(), folder) != seen_.end()) return {};
  seen_.push_back(folder);
  std::string problem;
  const auto entries = query::lockOf(folder, problem);
  if (!entries) return fmt::format("the lock in `{}` is broken: {}", folder, problem);
  for (const auto& entry : *entries) {
    if (problem = fetch(entry, folder); !problem.empty()) return fmt::format("`{}`: {}", entry.name, problem);
  }
  return {};
}

}  // namespace kdsl::driver
