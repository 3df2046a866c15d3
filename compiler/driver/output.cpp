#include "driver/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "emit/atomic_file.hpp"

namespace kdsl::driver {
namespace {

void complain(const std::string& message) { writeStandardError(fmt::format("kdsl: {}\n", message)); }

}  // namespace

bool writeStandardOutput(std::string_view text) {
  const auto result = emit::writeToDescriptor(STDOUT_FILENO, text, "standard output");
  if (result || result.code == EPIPE) return true;
  complain(result.message);
  return false;
}

void writeStandardError(std::string_view text) {
  const auto result = emit::writeToDescriptor(STDERR_FILENO, text, "standard error");
  static_cast<void>(result.code);
}

bool writeFile(const std::string& path, std::string_view text) {
  const auto result = emit::writeFileAtomically(path, text, {.createFolders = true, .keepIfEqual = true});
  if (!result) complain(result.message);
  return static_cast<bool>(result);
}

}  // namespace kdsl::driver
