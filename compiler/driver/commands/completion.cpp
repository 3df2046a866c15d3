#include <memory>

#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "driver/completion_scripts.hpp"
#include "driver/output.hpp"

namespace kdsl::driver {

void addCompletion(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("completion", "Print a script that completes kdsl's commands in your shell");
  const auto shell = std::make_shared<Shell>(Shell::Bash);
  command.choice("SHELL", *shell, Choices<Shell>{{"bash", Shell::Bash}, {"zsh", Shell::Zsh}, {"fish", Shell::Fish}}, "bash, zsh or fish");
  command.required();
  command.example("source <(kdsl completion bash)", "Complete in this bash; the line can stand in ~/.bashrc");
  command.example("kdsl completion zsh > \"${fpath[1]}/_kdsl\"", "Install for zsh");
  command.example("kdsl completion fish > ~/.config/fish/completions/kdsl.fish", "Install for fish");
  command.action(
      [shell, &commandLine] { return writeStandardOutput(completionScript(*shell, commandLine)) ? ExitCode::Ok : ExitCode::Failure; });
}

}  // namespace kdsl::driver
