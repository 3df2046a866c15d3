#include <memory>

#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "lsp/server/server.hpp"

namespace kdsl::driver {

void addLsp(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("lsp", "Run the language server, for editors");
  command.details(
      "Speaks the Language Server Protocol on standard input and output, until the editor ends it. Editors start it by themselves.");
  struct Options {
    bool overPipes = false;
    bool unguarded = false;
    unsigned port = 0;
  };
  const auto options = std::make_shared<Options>();
  command.flag("--stdio", options->overPipes, "Use standard input and output: what it does anyway, and what many editors say");
  command.number("--socket", "PORT", options->port, 1, 65535, "For debugging: wait for one editor at this port of this machine instead");
  command.flag("--no-guard", options->unguarded, "For debugging: do the work in this process, which a crash then ends");
  command.example("kdsl lsp", "What to set as the server's command in an editor");
  command.action([options] {
    lsp::ServeOptions serving;
    serving.guarded = !options->unguarded;
    serving.port = static_cast<std::uint16_t>(options->port);
    return lsp::serve(serving) == 0 ? ExitCode::Ok : ExitCode::Findings;
  });
}

}  // namespace kdsl::driver
