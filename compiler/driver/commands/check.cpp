#include <memory>

#include "driver/commands/commands.hpp"
#include "diag/codes/evaluation.hpp"
#include "driver/inputs.hpp"
#include "driver/output.hpp"
#include "driver/source_files.hpp"
#include "driver/stopwatch.hpp"
#include "query/paths.hpp"

namespace kdsl::driver {
namespace {

struct Options {
  InputOptions input;
  ReportOptions report;
};

ExitCode check(const Options& options) {
  Stopwatch stopwatch;
  const auto sources = expandFolders(options.input.files);
  for (const auto& problem : sources.problems) writeStandardError("kdsl check: " + problem + "\n");
  Workers workers(options.input, sources.paths);
  stopwatch.lap("start");
  query::BuildOptions buildOptions;
  buildOptions.parameters = options.input.parameters;
  const auto report = workers.run(options.report, [&](std::size_t, query::Session& session, source::FileId file) {
    // The project's policies hold for each of its files. What is wrong with the project is told at its own file.
    auto own = buildOptions;
    std::vector<diag::Diagnostic> ofProject;
    const auto& path = session.files()[file].path;
    const auto folder = path.starts_with('/') ? query::findProjectFolder(path) : std::string();
    const bool isProject = !folder.empty() && path == query::joinPath(folder, query::projectFileName);
    if (!folder.empty()) own.project = session.project(folder, ofProject);
    if (isProject) return ofProject;
    auto found = session.check(file, own);
    // Files that others extend or make instances of get their parameters there. Only who gives some means to give all.
    if (buildOptions.parameters.empty())
      std::erase_if(found, [](const diag::Diagnostic& diagnostic) { return diagnostic.code == diag::code::params_missing; });
    return found;
  });
  stopwatch.lap("check");
  const bool written = writeStandardOutput(reportText(report, options.report, 1));
  stopwatch.lap("report");
  if (options.input.timings) writeStandardError(stopwatch.text());
  if (!written || !sources.problems.empty()) return ExitCode::Failure;
  return report.hasErrors() ? ExitCode::Findings : ExitCode::Ok;
}

}  // namespace

void addCheck(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("check", "Find the errors of files, write nothing");
  command.details(
      "Errors and warnings go to standard output. A file whose parameters are not all set is checked as far as that is possible without "
      "them.");
  const auto options = std::make_shared<Options>();
  command.texts("PATH", "PATH", options->input.files, "A .kdsl file, a folder of them, or `-`, standard input");
  command.required();
  addInputOptions(command, options->input);
  addReportOptions(command, options->report);
  command.example("kdsl check .", "Check all files in this folder and below it");
  command.example("kdsl check prod.kdsl -p tag=1.4.2", "Check one file with a parameter set");
  command.example("kdsl check . --diagnostics sarif > kdsl.sarif", "A report for code scanning");
  command.action([options] { return check(*options); });
}

}  // namespace kdsl::driver
