#pragma once
#include <string>

#include "driver/command_line.hpp"

namespace kdsl::driver {

/// The help of one command: what it does, arguments, options, examples.
std::string commandHelp(const Command& command);

/// The help of kdsl itself: the commands, each with a line.
std::string overview(const CommandLine& commandLine);

/// `kdsl 0.1.0 (Kubernetes 1.32 to 1.36)`.
std::string versionText();

}  // namespace kdsl::driver
