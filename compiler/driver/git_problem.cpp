#include "driver/git_problem.hpp"

#include <fmt/format.h>

namespace kdsl::driver {

std::string gitProblem(const ProcessResult& result, unsigned seconds) {
  switch (result.end) {
    case ProcessResult::End::NotFound: return "git is not installed: there is no program `git` in PATH";
    case ProcessResult::End::TimedOut: return fmt::format("git did not answer within {} seconds (--git-timeout)", seconds);
    case ProcessResult::End::Failed: return "git could not be run";
    case ProcessResult::End::Exited: break;
  }
  if (result.code == 0) return {};
  auto said = result.errors.substr(0, result.errors.find('\n'));
  if (said.starts_with("fatal: ")) said.erase(0, 7);
  return said.empty() ? fmt::format("git failed with code {}", result.code) : said;
}

}  // namespace kdsl::driver
