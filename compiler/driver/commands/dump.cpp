#include <memory>

#include "driver/commands/commands.hpp"
#include "driver/inputs.hpp"
#include "driver/output.hpp"

namespace kdsl::driver {
namespace {

struct Options {
  std::string pass;
  InputOptions input;
  ReportOptions report;
  std::string file;
};

ExitCode dump(Options& options) {
  Workers workers(options.input, {options.file});
  std::string text;
  const auto report = workers.run(options.report, [&](std::size_t, query::Session& session, source::FileId file) {
    text = session.dump(file, options.pass).value_or(std::string());
    return std::vector<diag::Diagnostic>();
  });
  writeStandardError(reportText(report, options.report, 2));
  if (report.hasErrors()) return ExitCode::Findings;
  return writeStandardOutput(text) ? ExitCode::Ok : ExitCode::Failure;
}

}  // namespace

void addDump(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("dump", "Print what a pass of the compiler makes of a file");
  command.details("For those who work on kdsl: every product of the compiler in a stable text form. Input with errors is dumped too.");
  const auto options = std::make_shared<Options>();
  Choices<std::string> passes;
  for (const auto* pass : {"tokens", "tree", "items", "hir", "types", "values", "graph"}) passes.emplace_back(pass, pass);
  command.choice("PASS", options->pass, passes, "tokens, tree, items, hir, types, values or graph");
  command.required();
  command.text("FILE", "FILE", options->file, "A .kdsl file; `-` is standard input");
  command.required();
  command.example("kdsl dump tree main.kdsl", "Print the syntax tree");
  command.example("echo 'let x = 1' | kdsl dump tokens -", "Print the tokens of one line");
  command.action([options] { return dump(*options); });
}

}  // namespace kdsl::driver
