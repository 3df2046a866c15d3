#include "lsp/server/process.hpp"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

namespace kdsl::lsp {
namespace {

constexpr int pollMilliseconds = 1000;

}  // namespace

bool isAlive(pid_t process) { return process > 0 && (::kill(process, 0) == 0 || errno != ESRCH); }

ByteSource readFrom(int descriptor, std::function<bool()> giveUp) {
  return [descriptor, giveUp = std::move(giveUp)](char* data, std::size_t size) -> std::size_t {
    for (;;) {
      pollfd waiting{descriptor, POLLIN, 0};
      const int ready = ::poll(&waiting, 1, pollMilliseconds);
      if (ready < 0 && errno != EINTR) return 0;
      if (ready <= 0) {
        if (giveUp()) return 0;
        continue;
      }
      const auto count = ::read(descriptor, data, size);
      if (count > 0) return static_cast<std::size_t>(count);
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      return 0;
    }
  };
}

ByteSink writeTo(int descriptor) {
  return [descriptor](std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::write(descriptor, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && errno == EAGAIN) {
        pollfd waiting{descriptor, POLLOUT, 0};
        ::poll(&waiting, 1, pollMilliseconds);
        continue;
      }
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  };
}

int takeStandardOutput() {
  const int output = ::dup(STDOUT_FILENO);
  if (output >= 0) ::dup2(STDERR_FILENO, STDOUT_FILENO);
  return output;
}

}  // namespace kdsl::lsp
