#include <memory>

#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "lsp/server/server.hpp"

namespace kdsl::driver {

void addLsp(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("lsp", "Run the language server, for editors");
  command.details(
      "Speaks the Language Server Protocol on standard input and output, until the editor ends it. Editors start it by themselves.");
  const auto overPipes = std::make_shared<bool>(false);
  command.flag("--stdio", *overPipes, "Use standard input and output: what it does anyway, and what many editors say");
  command.example("kdsl lsp", "What to set as the server's command in an editor");
  command.action([overPipes] { return lsp::serveStandardStreams() == 0 ? ExitCode::Ok : ExitCode::Findings; });
}

}  // namespace kdsl::driver
