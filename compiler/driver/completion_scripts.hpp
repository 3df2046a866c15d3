#pragma once
#include <cstdint>
#include <string>

#include "driver/command_line.hpp"

namespace kdsl::driver {

enum class Shell : std::uint8_t { Bash, Zsh, Fish };

/// The script that teaches a shell the commands, their options and the words that these take.
std::string completionScript(Shell shell, const CommandLine& commandLine);

}  // namespace kdsl::driver
