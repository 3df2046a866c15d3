#include <memory>

#include "driver/commands/commands.hpp"
#include "driver/command_line.hpp"
#include "driver/inputs.hpp"
#include "driver/output.hpp"
#include "query/session.hpp"
#include "source/loader.hpp"

namespace kdsl::driver {
namespace {

struct Options {
  std::string format;
  std::string file;
};

ExitCode import(const Options& options) {
  if (options.format != "yaml") return usageError("import", "only `yaml` can be imported");
  const auto yaml = source::loadFile(options.file == "-" ? "/dev/stdin" : options.file);
  if (yaml.error != source::LoadError::None) {
    writeStandardError("kdsl import: `" + options.file + "` cannot be read\n");
    return ExitCode::Failure;
  }
  const query::Session session;
  const auto converted = session.convertManifests(yaml.text);
  std::string problems;
  for (const auto& problem : converted.problems) problems += options.file + ": " + problem + "\n";
  writeStandardError(problems);
  if (!writeStandardOutput(converted.text)) return ExitCode::Failure;
  return converted.problems.empty() ? ExitCode::Ok : ExitCode::Findings;
}

}  // namespace

void addImport(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("import", "Turn manifests into kdsl");
  command.details(
      "Prints a module that builds the objects of a YAML file: kinds as types, quantities as literals, comments where they were. What could not be "
      "taken over is told, and the exit status is 1 then.");
  const auto options = std::make_shared<Options>();
  command.text("FORMAT", "FORMAT", options->format, "`yaml`");
  command.required();
  command.text("FILE", "FILE", options->file, "A file of one or more manifests, or `-`: standard input");
  command.required();
  command.example("kdsl import yaml deploy.yaml > deploy.kdsl", "Begin with the manifests that exist");
  command.example("kubectl get deployment web -o yaml | kdsl import yaml -", "What a cluster has");
  command.action([options] { return import(*options); });
}

}  // namespace kdsl::driver
