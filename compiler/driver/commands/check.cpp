#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>

#include "driver/commands/commands.hpp"
#include "diag/codes/evaluation.hpp"
#include "driver/inputs.hpp"
#include "driver/output.hpp"
#include "driver/projects.hpp"
#include "driver/source_files.hpp"
#include "driver/stopwatch.hpp"
#include "query/paths.hpp"

namespace kdsl::driver {
namespace {

struct Options {
  InputOptions input;
  ReportOptions report;
};

bool isProjectFile(const std::string& path) { return path.starts_with('/') && path == query::joinPath(query::findProjectFolder(path), query::projectFileName); }

/// What the project of the files says; 0 if there is none.
int kubernetesOf(const std::vector<std::string>& paths) {
  const auto folder = paths.empty() || paths.front() == "-" ? std::string() : query::findProjectFolder(paths.front());
  if (folder.empty()) return 0;
  query::Session session;
  std::vector<diag::Diagnostic> ignored;  // told where the project file is checked
  const auto* project = session.project(folder, ignored);
  return project == nullptr ? 0 : project->kubernetesMinor;
}

/// A project file is right if its targets are.
std::vector<diag::Diagnostic> checkProject(query::Session& session, const std::string& folder, query::BuildOptions options) {
  std::vector<diag::Diagnostic> found;
  options.project = session.project(folder, found);
  if (options.project == nullptr) return found;
  for (const auto& target : options.project->targets) {
    options.target = &target;
    const auto file = session.openTarget(*options.project, target, found);
    if (!base::valid(file)) continue;
    auto inTarget = session.check(file, options);
    std::move(inTarget.begin(), inTarget.end(), std::back_inserter(found));
  }
  return found;
}

ExitCode checkTargets(const Options& options) {
  Stopwatch stopwatch;
  auto input = options.input;
  const auto subjects = findSubjects(input.files, input);
  if (!subjects.problem.empty()) return usageError("check", subjects.problem);
  diag::Report report;
  TargetBuilds targets(subjects, input);
  stopwatch.lap("start");
  if (subjects.project == nullptr) {
    report.add(subjects.session->files(), wanted(subjects.diagnostics, options.report));
  } else {
    query::BuildOptions buildOptions;
    buildOptions.parameters = input.parameters;
    auto builds = targets.run(buildOptions);
    addIdleEaches(builds);
    for (const auto& build : builds) report.add(*build.files, wanted(build.result.diagnostics, options.report));
  }
  stopwatch.lap("check");
  const bool written = writeStandardOutput(reportText(report, options.report, 1));
  if (input.timings) writeStandardError(stopwatch.text());
  if (!written) return ExitCode::Failure;
  return report.hasErrors() ? ExitCode::Findings : ExitCode::Ok;
}

/// A word that names something on disk is a path here, be it a folder.
bool namesTarget(const std::string& word) {
  std::error_code ignored;
  return looksLikeTarget(word) && !std::filesystem::exists(word, ignored);
}

ExitCode check(const Options& options) {
  if (std::ranges::any_of(options.input.files, namesTarget)) return checkTargets(options);
  Stopwatch stopwatch;
  const auto sources = expandFolders(options.input.files.empty() ? std::vector<std::string>{"."} : options.input.files);
  for (const auto& problem : sources.problems) writeStandardError("kdsl check: " + problem + "\n");
  auto input = options.input;
  if (input.kubernetesMinor == 0) input.kubernetesMinor = kubernetesOf(sources.paths);
  Workers workers(input, sources.paths);
  stopwatch.lap("start");
  query::BuildOptions buildOptions;
  buildOptions.parameters = options.input.parameters;
  const auto report = workers.run(options.report, [&](std::size_t, query::Session& session, source::FileId file) {
    const auto& path = session.files()[file].path;
    if (isProjectFile(path)) return checkProject(session, query::findProjectFolder(path), buildOptions);
    auto found = session.check(file, buildOptions);
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
      "Errors and warnings go to standard output. With a project file its targets are checked as well, with their params and policies. A file whose parameters are not all set is checked as far as that is possible without "
      "them.");
  const auto options = std::make_shared<Options>();
  command.texts("PATH", "PATH", options->input.files, "A .kdsl file, a folder of them, or `-`, standard input; or targets of the project. Default: the working folder");
  addInputOptions(command, options->input);
  addReportOptions(command, options->report);
  command.example("kdsl check .", "Check all files in this folder and below it");
  command.example("kdsl check prod", "Check one target of the project, as `kdsl build prod` would build it");
  command.example("kdsl check prod.kdsl -p tag=1.4.2", "Check one file with a parameter set");
  command.example("kdsl check . --diagnostics sarif > kdsl.sarif", "A report for code scanning");
  command.action([options] { return check(*options); });
}

}  // namespace kdsl::driver
