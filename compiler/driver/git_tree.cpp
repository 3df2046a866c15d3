#include "driver/git_tree.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "driver/git_problem.hpp"

namespace kdsl::driver {
namespace {

namespace fs = std::filesystem;

std::string firstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

GitTree::~GitTree() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::string GitTree::checkOut(const std::string& file, const std::string& revision, unsigned seconds) {
  // It would be taken for an option.
  if (revision.empty() || revision.starts_with('-')) return fmt::format("`{}` is no revision", revision);
  std::error_code error;
  const auto absolute = fs::absolute(file, error).lexically_normal();
  const auto folder = absolute.parent_path().string();
  if (!fs::is_directory(folder, error)) return fmt::format("there is no folder `{}`", folder);
  const auto git = [&](std::vector<std::string> arguments, std::vector<std::pair<std::string, std::string>> environment) {
    arguments.insert(arguments.begin(), {"git", "-C", folder});
    environment.insert(environment.end(), {{"GIT_TERMINAL_PROMPT", "0"}, {"GIT_OPTIONAL_LOCKS", "0"}, {"GIT_LFS_SKIP_SMUDGE", "1"}, {"LC_ALL", "C"}});
    return runProcess(arguments, environment, seconds);
  };

  auto asked = git({"rev-parse", "--show-toplevel", "--show-prefix"}, {});
  if (auto problem = gitProblem(asked, seconds); !problem.empty()) return problem;
  const auto top = firstLine(asked.output);
  const auto inside = firstLine(asked.output.substr(std::min(top.size() + 1, asked.output.size())));
  asked = git({"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}"}, {});
  if (asked.end == ProcessResult::End::Exited && asked.code != 0) return fmt::format("`{}` is no revision of {}", revision, top);
  if (auto problem = gitProblem(asked, seconds); !problem.empty()) return problem;
  const auto tree = firstLine(asked.output);

  std::string name = (fs::temp_directory_path(error) / "kdsl-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return fmt::format("cannot make a folder in `{}`", fs::temp_directory_path(error).string());
  folder_ = name;
  prefix_ = folder_ + "/tree/";
  // As in the repository itself, imports may reach every file of it and none outside.
  fs::create_directories(prefix_ + ".git", error);
  const std::vector<std::pair<std::string, std::string>> ownIndex = {{"GIT_INDEX_FILE", folder_ + "/index"}};
  if (auto problem = gitProblem(git({"read-tree", tree}, ownIndex), seconds); !problem.empty()) return problem;
  if (auto problem = gitProblem(git({"-C", top, "checkout-index", "--all", "--force", "--prefix=" + prefix_}, ownIndex), seconds); !problem.empty()) return problem;
  path_ = prefix_ + inside + absolute.filename().string();
  if (!fs::exists(path_, error)) return fmt::format("`{}` has no file `{}{}`", revision, inside, absolute.filename().string());
  return {};
}

}  // namespace kdsl::driver
