#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>

#include "driver/build_report.hpp"
#include "driver/commands/commands.hpp"
#include "driver/inputs.hpp"
#include "driver/manifest_files.hpp"
#include "driver/output.hpp"
#include "driver/parallel.hpp"
#include "driver/projects.hpp"
#include "driver/stopwatch.hpp"
#include "driver/target_check.hpp"
#include "driver/target_output.hpp"
#include "driver/terminal.hpp"
#include "query/paths.hpp"

namespace kdsl::driver {
namespace {

struct Options {
  InputOptions input;
  ReportOptions report;
  std::string output;  // empty: standard output for files, the project's `out` for targets
  std::string reportFile;
  bool split = false;
  bool check = false;
  bool annotate = false;
  bool isYaml = true;
  query::Order order = query::Order::Apply;

  bool toStandardOutput() const { return output == "-"; }
};

bool namesFolder(const std::string& path) {
  std::error_code ignored;
  return path.ends_with('/') || std::filesystem::is_directory(path, ignored);
}

query::BuildOptions buildOptionsOf(const Options& options) {
  query::BuildOptions build;
  build.parameters = options.input.parameters;
  build.format = options.isYaml ? query::Format::Yaml : query::Format::Json;
  build.order = options.order;
  build.annotate = options.annotate;
  return build;
}

bool writeReport(const std::vector<TargetBuild>& builds, const Options& options) {
  if (options.reportFile.empty()) return true;
  if (options.reportFile == "-") {
    writeStandardError(reportAsText(builds));
    return true;
  }
  return writeFile(options.reportFile, options.reportFile.ends_with(".json") ? reportAsJson(builds) : reportAsText(builds));
}

// --- files

ExitCode writeFiles(const std::vector<InputObjects>& inputs, const Options& options) {
  if (options.output.empty() || options.toStandardOutput()) return writeStandardOutput(joined(inputs, options.isYaml)) ? ExitCode::Ok : ExitCode::Failure;
  std::string problem;
  std::vector<ManifestFile> files;
  if (options.split) {
    files = fileForEachObject(inputs, options.output, options.isYaml, problem);
  } else if (namesFolder(options.output)) {
    files = fileForEachInput(inputs, options.output, options.isYaml, problem);
  } else {
    files.push_back({options.output, joined(inputs, options.isYaml)});
  }
  if (!problem.empty()) return usageError("build", problem);
  for (const auto& file : files) {
    if (!writeFile(file.path, file.text)) return ExitCode::Failure;
  }
  return ExitCode::Ok;
}

ExitCode buildFiles(const Subjects& subjects, const Options& options, Stopwatch& stopwatch) {
  if (options.check) return usageError("build", "`--check` is about the targets of a project");
  if (options.split && (options.output.empty() || options.toStandardOutput())) return usageError("build", "`--split` needs a folder to write to: -o DIR");
  Workers workers(options.input, subjects.files);
  stopwatch.lap("start");
  const auto buildOptions = buildOptionsOf(options);
  std::vector<TargetBuild> builds(subjects.files.size());
  const auto report = workers.run(options.report, [&](std::size_t input, query::Session& session, source::FileId file) {
    std::vector<diag::Diagnostic> diagnostics;
    auto own = buildOptions;
    if (!subjects.folder.empty()) own.project = session.project(subjects.folder, diagnostics);
    builds[input] = {subjects.files[input], session.build(file, own), &session.files(), session.kubernetesMinor()};
    auto& found = builds[input].result.diagnostics;
    diagnostics.insert(diagnostics.end(), found.begin(), found.end());
    return diagnostics;
  });
  stopwatch.lap("build");

  writeStandardError(reportText(report, options.report, 2));
  stopwatch.lap("report");
  if (!writeReport(builds, options)) return ExitCode::Failure;
  if (report.hasErrors()) return ExitCode::Findings;
  std::vector<InputObjects> made;
  made.reserve(builds.size());
  for (auto& build : builds) made.push_back({build.target, std::move(build.result.objects)});
  return writeFiles(made, options);
}

// --- targets

/// Whether `-o` is meant as one file: a folder has no such extension.
bool namesFile(const std::filesystem::path& output) {
  static constexpr std::string_view extensions[] = {".yaml", ".yml", ".json"};
  return std::ranges::find(extensions, output.extension().string()) != std::end(extensions);
}

ExitCode writeTargets(const Subjects& subjects, const std::vector<TargetBuild>& builds, const Options& options) {
  if (options.toStandardOutput()) {
    std::vector<InputObjects> made;
    made.reserve(builds.size());
    for (const auto& build : builds) made.push_back({build.target, build.result.objects});
    return writeStandardOutput(joined(made, options.isYaml)) ? ExitCode::Ok : ExitCode::Failure;
  }
  if (namesFile(options.output)) {
    if (options.check) return usageError("build", "`--check` compares folders: leave `-o` out, or name the folder of the targets' folders");
    if (builds.size() != 1) return usageError("build", fmt::format("each target has a folder of its own: `-o DIR`, or one target for one file: kdsl build {} -o {}", builds.front().target, options.output));
    return writeFile(options.output, joined({{builds.front().target, builds.front().result.objects}}, options.isYaml)) ? ExitCode::Ok : ExitCode::Failure;
  }
  const auto root = options.output.empty() ? query::displayPath(query::joinPath(subjects.folder, "out")) : options.output;
  const auto folderOf = [&](const TargetBuild& build) { return (std::filesystem::path(root) / build.target).string(); };
  const auto driftOf = [&](const TargetBuild& build) {
    const auto folder = folderOf(build);
    std::error_code ignored;
    if (build.result.objects.empty() || std::filesystem::exists(folder, ignored)) return describeDrift(folder, build, options.isYaml, wantsColor(options.report.color, 1));
    return fmt::format("{} is not there: `kdsl build {}{}{}` writes it\n", folder, build.target, options.output.empty() ? "" : " -o ", options.output);
  };
  if (options.check) {
    std::string text;
    for (const auto& build : builds) text += driftOf(build);
    if (!writeStandardOutput(text)) return ExitCode::Failure;
    return text.empty() ? ExitCode::Ok : ExitCode::Findings;
  }
  // Each target has a folder of its own.
  std::vector<std::string> summaries(builds.size());
  std::atomic<bool> failed = false;
  runInParallel(builds.size(), workersFor(builds.size(), options.input.jobs), [&](std::size_t item, std::size_t) {
    const auto& build = builds[item];
    const auto folder = folderOf(build);
    const auto change = compareFolder(folder, build.result.objects, options.isYaml);
    if (!applyChange(folder, change)) failed = true;
    auto& summary = summaries[item];
    summary = fmt::format("{}: {} objects in {} ({} written, {} removed", build.target, build.result.objects.size(), folder, change.written.size(), change.removed.size());
    if (const auto waived = build.result.waivers.size(); waived != 0) summary += fmt::format(", {} waiver{}", waived, waived == 1 ? "" : "s");
    summary += ")\n";
  });
  if (failed) return ExitCode::Failure;
  if (options.report.quiet) return ExitCode::Ok;
  std::string text;
  for (const auto& summary : summaries) text += summary;
  writeStandardError(text);
  return ExitCode::Ok;
}

ExitCode buildTargets(const Subjects& subjects, const Options& options, Stopwatch& stopwatch) {
  TargetBuilds targets(subjects, options.input);
  stopwatch.lap("start");
  auto buildOptions = buildOptionsOf(options);
  if (options.check) {  // it tells where the values come from, of which JSON has no lines
    buildOptions.format = query::Format::Yaml;
    buildOptions.lineSources = true;
  }
  auto builds = targets.run(buildOptions);
  addIdleEaches(builds);
  stopwatch.lap("build");
  diag::Report report;
  for (const auto& build : builds) report.add(*build.files, wanted(build.result.diagnostics, options.report));
  writeStandardError(reportText(report, options.report, 2));
  stopwatch.lap("report");
  if (!writeReport(builds, options)) return ExitCode::Failure;
  return report.hasErrors() ? ExitCode::Findings : writeTargets(subjects, builds, options);
}

ExitCode build(Options& options) {
  for (const auto* path : {&options.output, &options.reportFile}) {
    if (path->ends_with(".kdsl")) return usageError("build", fmt::format("`{}` is the name of a module, which would be written over", *path));
  }
  if (options.annotate && !options.isYaml) return usageError("build", "`--annotate` writes comments, which JSON does not have");
  Stopwatch stopwatch;
  const auto subjects = findSubjects(options.input.files, options.input);
  if (!subjects.problem.empty()) return usageError("build", subjects.problem);
  if (!subjects.folder.empty() && subjects.project == nullptr) {
    diag::Report report;
    report.add(subjects.session->files(), subjects.diagnostics);
    writeStandardError(reportText(report, options.report, 2));
    return ExitCode::Findings;
  }
  const auto code = subjects.targets.empty() ? buildFiles(subjects, options, stopwatch) : buildTargets(subjects, options, stopwatch);
  stopwatch.lap("write");
  if (options.input.timings) writeStandardError(stopwatch.text());
  return code;
}

}  // namespace

void addBuild(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("build", "Build the Kubernetes objects of a project's targets, or of files");
  command.details(
      "Without arguments all targets of the project are built, each into its folder below `out` beside project.kdsl. Objects of files go to standard output. Errors and warnings "
      "go to standard error. With an error anywhere nothing is written.");
  const auto options = std::make_shared<Options>();
  command.texts("TARGET", "FILE", options->input.files, "Targets of the project, or .kdsl files; `-` is standard input");
  command.text("-o,--output", "PATH", options->output,
               "Of targets: the folder for their folders, or of one target a file (.yaml, .json); of files: a file, or a folder for a file each. `-` is standard output");
  command.flag("--check", options->check, "Write nothing; print how the objects in the targets' folders differ from those of the build, and exit with 1 if they do");
  command.flag("--split", options->split, "Of files: write a file for each object into the folder of -o: kind-name.yaml");
  command.choice("--format", options->isYaml, Choices<bool>{{"yaml", true}, {"json", false}}, "How objects are written. Default: yaml");
  command.flag("--annotate", options->annotate, "Tell behind each value where it is set, as a YAML comment");
  command.choice("--order", options->order, Choices<query::Order>{{"apply", query::Order::Apply}, {"source", query::Order::Source}},
                 "apply (the default): what others need comes first; source: as declared");
  command.text("--report", "FILE", options->reportFile, "Write how many checks ran and which were waived, why: as JSON into NAME.json, else as text; `-` is standard error");
  addInputOptions(command, options->input);
  addReportOptions(command, options->report);
  command.example("kdsl build", "Build all targets of the project into out/TARGET/");
  command.example("kdsl build prod -o - | kubectl apply -f -", "Build one target, and apply its objects");
  command.example("kdsl build --check", "For a pipeline: fail if the committed output is not what the sources make");
  command.example("kdsl build main.kdsl -p tag=1.4.2", "Print the objects of a file, with a parameter set");
  command.example("kdsl build clusters/*.kdsl -o out/", "Build many files in parallel, each into a file of its own");
  command.action([options] { return build(*options); });
}

}  // namespace kdsl::driver
