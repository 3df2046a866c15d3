#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "lsp/server/server.hpp"

namespace kdsl::driver {

void addLsp(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("lsp", "Run the language server, for editors");
  command.details(
      "Speaks the Language Server Protocol on standard input and output, until the editor ends it. Editors start it by themselves.");
  command.example("kdsl lsp", "What to set as the server's command in an editor");
  command.action([] { return lsp::serveStandardStreams() == 0 ? ExitCode::Ok : ExitCode::Findings; });
}

}  // namespace kdsl::driver
