#include "driver/graphviz.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

extern char** environ;

namespace kdsl::driver {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

std::string reason(int error) { return std::generic_category().message(error); }

/// From the begin; what could be read, if not all of it.
std::string readAll(std::FILE* file) {
  std::string text;
  if (std::fseek(file, 0, SEEK_SET) != 0) return text;
  std::array<char, 1 << 14> part{};
  while (std::feof(file) == 0 && std::ferror(file) == 0) {
    const auto count = std::fread(part.data(), 1, part.size(), file);
    text.append(part.data(), count);
  }
  return text;
}

}  // namespace

std::optional<std::string> drawSvg(const std::string& dot, std::string& problem) {
  // Files instead of pipes: neither side can wait for the other.
  const File in(std::tmpfile()), out(std::tmpfile());
  if (in == nullptr || out == nullptr || std::fwrite(dot.data(), 1, dot.size(), in.get()) != dot.size() || std::fflush(in.get()) != 0 || std::fseek(in.get(), 0, SEEK_SET) != 0) {
    problem = "no temporary file can be written: " + reason(errno);
    return std::nullopt;
  }
  posix_spawn_file_actions_t files{};
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, fileno(in.get()), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, fileno(out.get()), STDOUT_FILENO);
  std::string program = "dot", option = "-Tsvg";
  std::array<char*, 3> arguments{program.data(), option.data(), nullptr};
  pid_t child = 0;
  const int error = posix_spawnp(&child, program.c_str(), &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) {
    problem = error == ENOENT ? "Graphviz is not installed: its `dot` draws the picture (package `graphviz` of most systems); `--format dot` prints what it would draw"
                              : "Graphviz cannot be started: " + reason(error);
    return std::nullopt;
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno == EINTR) continue;
    problem = "Graphviz is lost: " + reason(errno);
    return std::nullopt;
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    problem = WIFEXITED(status) && WEXITSTATUS(status) == 127 ? "Graphviz is not installed: its `dot` draws the picture" : "Graphviz failed";
    return std::nullopt;
  }
  return readAll(out.get());
}

}  // namespace kdsl::driver
