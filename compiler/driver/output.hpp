#pragma once
// Where results go: standard output, standard error, files.
#include <string>
#include <string_view>

namespace kdsl::driver {

/// Writes all of `text` to standard output. A reader that went away (`kdsl … | head`) is no error: nobody is left to tell. Any other
/// failure is told on standard error, and false is returned.
[[nodiscard]] bool writeStandardOutput(std::string_view text);

/// Best effort: there is no place left to complain at.
void writeStandardError(std::string_view text);

/// Replaces a file whole or leaves it as it was; makes the folders above it. A file that has these bytes already keeps its time. A failure
/// is told on standard error, and false is returned.
[[nodiscard]] bool writeFile(const std::string& path, std::string_view text);

}  // namespace kdsl::driver
