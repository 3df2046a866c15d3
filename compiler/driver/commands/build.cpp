#include <filesystem>
#include <memory>

#include "driver/commands/commands.hpp"
#include "driver/inputs.hpp"
#include "driver/manifest_files.hpp"
#include "driver/output.hpp"
#include "driver/stopwatch.hpp"

namespace kdsl::driver {
namespace {

struct Options {
  InputOptions input;
  ReportOptions report;
  std::string output = "-";
  bool split = false;
  bool isYaml = true;
  query::Order order = query::Order::Apply;
};

bool namesFolder(const std::string& path) {
  std::error_code ignored;
  return path.ends_with('/') || std::filesystem::is_directory(path, ignored);
}

ExitCode write(const std::vector<InputObjects>& inputs, const Options& options) {
  if (options.output == "-") return writeStandardOutput(joined(inputs, options.isYaml)) ? ExitCode::Ok : ExitCode::Failure;
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

ExitCode build(const Options& options) {
  if (options.split && options.output == "-") return usageError("build", "`--split` needs a folder to write to: -o DIR");
  Stopwatch stopwatch;
  Workers workers(options.input, options.input.files);
  stopwatch.lap("start");

  query::BuildOptions buildOptions;
  buildOptions.parameters = options.input.parameters;
  buildOptions.format = options.isYaml ? query::Format::Yaml : query::Format::Json;
  buildOptions.order = options.order;
  std::vector<InputObjects> made(options.input.files.size());
  const auto report = workers.run(options.report, [&](std::size_t input, query::Session& session, source::FileId file) {
    auto result = session.build(file, buildOptions);
    made[input] = {options.input.files[input], std::move(result.objects)};
    return std::move(result.diagnostics);
  });
  stopwatch.lap("build");

  writeStandardError(reportText(report, options.report, 2));
  stopwatch.lap("report");
  const auto code = report.hasErrors() ? ExitCode::Findings : write(made, options);
  stopwatch.lap("write");
  if (options.input.timings) writeStandardError(stopwatch.text());
  return code;
}

}  // namespace

void addBuild(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("build", "Build the Kubernetes objects of files");
  command.details(
      "Objects go to standard output, errors and warnings to standard error. With an error in any of the files nothing is written.");
  const auto options = std::make_shared<Options>();
  command.texts("FILE", "FILE", options->input.files, "A .kdsl file; `-` is standard input");
  command.required();
  command.text("-o,--output", "PATH", options->output,
               "Write into this file, or into a file for each input if it is a folder. Default: `-`, standard output");
  command.flag("--split", options->split, "Write a file for each object into the folder of -o: kind-name.yaml");
  command.choice("--format", options->isYaml, Choices<bool>{{"yaml", true}, {"json", false}}, "How objects are written. Default: yaml");
  command.choice("--order", options->order, Choices<query::Order>{{"apply", query::Order::Apply}, {"source", query::Order::Source}},
                 "apply (the default): what others need comes first; source: as declared");
  addInputOptions(command, options->input);
  addReportOptions(command, options->report);
  command.example("kdsl build main.kdsl", "Print the objects of main.kdsl as YAML");
  command.example("kdsl build prod.kdsl -p tag=1.4.2 | kubectl apply -f -", "Set a parameter, and apply the objects");
  command.example("kdsl build prod.kdsl --split -o out", "Write out/deployment-web.yaml, out/service-web.yaml, …");
  command.example("kdsl build clusters/*.kdsl -o out/", "Build many files in parallel, each into a file of its own");
  command.action([options] { return build(*options); });
}

}  // namespace kdsl::driver
