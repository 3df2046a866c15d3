#include <memory>

#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "driver/git_tree.hpp"
#include "lsp/server/server.hpp"

namespace kdsl::driver {
namespace {

/// What an editor waits for at most when it asks for a build of a revision.
constexpr unsigned gitSeconds = 10;

class CheckedOut final : public lsp::RevisionTree {
 public:
  std::string checkOut(const std::string& file, const std::string& revision) { return tree_.checkOut(file, revision, gitSeconds); }
  const std::string& path() const override { return tree_.path(); }

 private:
  GitTree tree_;
};

std::unique_ptr<lsp::RevisionTree> checkOut(const std::string& file, const std::string& revision, std::string& problem) {
  auto tree = std::make_unique<CheckedOut>();
  problem = tree->checkOut(file, revision);
  if (!problem.empty()) return nullptr;
  return tree;
}

}  // namespace

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
    serving.checkOut = checkOut;
    return lsp::serve(serving) == 0 ? ExitCode::Ok : ExitCode::Findings;
  });
}

}  // namespace kdsl::driver
