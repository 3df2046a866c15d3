#include "lsp/server/process.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

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
  const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (output >= 0) ::dup2(STDERR_FILENO, STDOUT_FILENO);
  return output;
}

std::uint64_t residentBytes() {
  std::ifstream statistics("/proc/self/statm");
  std::uint64_t size = 0, resident = 0;
  statistics >> size >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

int acceptClient(std::uint16_t port) {
  const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listening < 0) return -1;
  const int yes = 1;
  ::setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int connection = -1;
  if (::bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && ::listen(listening, 1) == 0)
    connection = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
  ::close(listening);
  return connection;
}

}  // namespace kdsl::lsp
