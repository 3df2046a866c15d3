#include "driver/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>

namespace kdsl::driver {
namespace {

constexpr std::size_t longestOutput = std::size_t{16} << 20;
constexpr std::size_t longestErrors = std::size_t{16} << 10;
constexpr int notFoundCode = 127;

/// Both ends of a pipe, closed with it.
class Pipe {
 public:
  Pipe() { open_ = ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
  ~Pipe() {
    closeEnd(0);
    closeEnd(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  bool isOpen() const { return open_; }
  int readEnd() const { return ends_[0]; }
  int writeEnd() const { return ends_[1]; }
  void closeEnd(std::size_t end) {
    if (open_ && ends_[end] >= 0) ::close(ends_[end]);
    ends_[end] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  bool open_ = false;
};

/// In the child, which may only do what is safe between fork and exec.
[[noreturn]] void execute(char* const* arguments, char* const* environment, int output, int errors) {
  ::setpgid(0, 0);
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing >= 0) ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  ::execvpe(arguments[0], arguments, environment);
  ::_exit(notFoundCode);
}

/// Reads what there is; false at the end of the stream.
bool drain(int descriptor, std::string& into, std::size_t longest) {
  std::array<char, 65536> buffer;
  const auto got = ::read(descriptor, buffer.data(), buffer.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  if (into.size() < longest) into.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0;
}

/// Reads both streams until they end; false if the time runs out first.
bool readAll(Pipe& output, Pipe& errors, ProcessResult& result, std::chrono::steady_clock::time_point end) {
  std::array<pollfd, 2> streams{pollfd{output.readEnd(), POLLIN, 0}, pollfd{errors.readEnd(), POLLIN, 0}};
  while (streams[0].fd >= 0 || streams[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    const int ready = ::poll(streams.data(), streams.size(), static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    if (streams[0].revents != 0 && !drain(streams[0].fd, result.output, longestOutput)) streams[0].fd = -1;
    if (streams[1].revents != 0 && !drain(streams[1].fd, result.errors, longestErrors)) streams[1].fd = -1;
  }
  return true;
}

}  // namespace

namespace {

/// Git tells its hooks by these which repository they are about (`git rev-parse --local-env-vars`). What kdsl runs is about one that it names itself:
/// with them it would write into the index and the files of whoever called.
bool isOfCallersRepository(std::string_view name) {
  static constexpr std::string_view names[] = {"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_DIR", "GIT_GRAFT_FILE",
                                               "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
                                               "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE"};
  return std::ranges::find(names, name) != std::end(names);
}

/// The variables of this process with `own` in place of those of their names: of two with one name a program may take either.
std::vector<std::string> variablesWith(const std::vector<std::pair<std::string, std::string>>& own) {
  std::vector<std::string> variables;
  for (auto* const* variable = ::environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const auto name = text.substr(0, text.find('='));
    const bool isReplaced = std::ranges::any_of(own, [&](const auto& pair) { return pair.first == name; });
    if (!isReplaced && !isOfCallersRepository(name)) variables.emplace_back(text);
  }
  for (const auto& [name, value] : own) variables.push_back(fmt::format("{}={}", name, value));
  return variables;
}

}  // namespace

ProcessResult runProcess(const std::vector<std::string>& arguments, const std::vector<std::pair<std::string, std::string>>& environment, unsigned seconds) {
  ProcessResult result;
  Pipe output, errors;
  if (!output.isOpen() || !errors.isOpen()) return result;

  // Everything that the child needs is made before it is: after fork it must not allocate.
  auto variables = variablesWith(environment);
  std::vector<char*> argumentList, variableList;
  for (const auto& argument : arguments) argumentList.push_back(const_cast<char*>(argument.c_str()));
  for (const auto& variable : variables) variableList.push_back(const_cast<char*>(variable.c_str()));
  argumentList.push_back(nullptr);
  variableList.push_back(nullptr);

  const auto child = ::fork();
  if (child < 0) return result;
  if (child == 0) execute(argumentList.data(), variableList.data(), output.writeEnd(), errors.writeEnd());
  ::setpgid(child, child);  // as the child does: whoever comes first
  output.closeEnd(1);
  errors.closeEnd(1);
  const bool inTime = readAll(output, errors, result, std::chrono::steady_clock::now() + std::chrono::seconds(seconds));
  if (!inTime) ::kill(-child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!inTime) {
    result.end = ProcessResult::End::TimedOut;
  } else if (WIFEXITED(status)) {
    result.code = WEXITSTATUS(status);
    result.end = result.code == notFoundCode ? ProcessResult::End::NotFound : ProcessResult::End::Exited;
  }
  return result;
}

}  // namespace kdsl::driver
