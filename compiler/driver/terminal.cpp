#include "driver/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace kdsl::driver {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

bool wantsColor(ColorChoice choice, int descriptor) {
  if (choice != ColorChoice::Auto) return choice == ColorChoice::Always;
  if (!variable("NO_COLOR").empty()) return false;
  if (const auto force = variable("CLICOLOR_FORCE"); !force.empty() && force != "0") return true;
  return ::isatty(descriptor) == 1 && variable("TERM") != "dumb";
}

std::uint32_t columnsOf(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 120;
  return std::clamp<std::uint32_t>(size.ws_col, 40, 200);
}

void prepareStandardStreams() {
  std::signal(SIGPIPE, SIG_IGN);
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1) continue;
    // open() returns the lowest free number, which is this one. Open for reading only, so that writes are still refused.
    if (::open("/dev/null", O_RDONLY) != descriptor) return;
  }
}

}  // namespace kdsl::driver
