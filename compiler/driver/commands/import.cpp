#include <fmt/format.h>

#include <memory>

#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "driver/commands/import_crds.hpp"
#include "driver/output.hpp"
#include "query/session.hpp"
#include "source/loader.hpp"

namespace kdsl::driver {
namespace {

enum class Format : std::uint8_t { Yaml, Crd, OpenApi };

struct Options {
  Format format = Format::Yaml;
  CrdImport input;
};

ExitCode importManifests(const Options& options) {
  if (options.input.paths.size() != 1 || !options.input.version.empty()) return usageError("import", "`yaml` takes one file, and no --version");
  const auto& file = options.input.paths.front();
  const auto yaml = source::loadFile(file == "-" ? "/dev/stdin" : file);
  if (yaml.error != source::LoadError::None) {
    writeStandardError("kdsl import: `" + file + "` cannot be read\n");
    return ExitCode::Failure;
  }
  const query::Session session;
  const auto converted = session.convertManifests(yaml.text);
  std::string told;
  for (const auto* lines : {&converted.problems, &converted.notes}) {
    for (const auto& line : *lines) told += fmt::format("{}: {}\n", file, line);
  }
  writeStandardError(told);
  if (converted.text.empty() && !converted.problems.empty()) return ExitCode::Findings;
  const bool written = options.input.output.empty() ? writeStandardOutput(converted.text) : writeFile(options.input.output, converted.text);
  if (!written) return ExitCode::Failure;
  return converted.problems.empty() ? ExitCode::Ok : ExitCode::Findings;
}

}  // namespace

void addImport(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("import", "Turn manifests and definitions of kinds into kdsl");
  command.details(
      "`yaml`: a module that builds the objects of a file: kinds as types, quantities as literals, comments where they were. Kinds of operators come from std, or are declared with fields "
      "that nobody checks; what only a cluster writes is left out. What could not be taken over is told, and the exit status is 1 then. `crd`: a module with the kinds of CustomResourceDefinitions. Documentation, enums, list keys, one-of groups, ranges and patterns become types; defaults are read and "
      "never written; CEL rules become checks where kdsl can say them, else documentation. `openapi`: the same from OpenAPI documents, version 2 or 3, of kinds that are not Kubernetes' own.");
  const auto options = std::make_shared<Options>();
  command.choice("FORMAT", options->format, Choices<Format>{{"yaml", Format::Yaml}, {"crd", Format::Crd}, {"openapi", Format::OpenApi}},
                 "yaml: manifests; crd: CustomResourceDefinitions; openapi: what an API server says of its kinds");
  command.required();
  command.texts("PATH", "PATH", options->input.paths, "A YAML or JSON file, or `-` for standard input; for crd and openapi also several, and folders of them");
  command.required();
  command.text("-o,--output", "FILE", options->input.output, "The module to write. Default: standard output");
  command.text("--version", "VERSION", options->input.version, "crd, openapi: the version to take of kinds that serve it, such as v1beta1. Default: the newest of the most stable");
  command.example("kdsl import yaml deploy.yaml > deploy.kdsl", "Begin with the manifests that exist");
  command.example("kubectl get deployment web -o yaml | kdsl import yaml -", "What a cluster has");
  command.example("kdsl import crd crds/ -o kinds/certmanager.kdsl", "A module of all CRDs in the folder crds");
  command.example("kubectl get crd -o yaml | kdsl import crd - -o cluster.kdsl", "All kinds that a cluster has beyond its own");
  command.example("kubectl get --raw /openapi/v3/apis/argoproj.io/v1alpha1 | kdsl import openapi - -o argo.kdsl", "The kinds of an API of the cluster, also of one that has no definitions");
  command.action([options] {
    options->input.isOpenApi = options->format == Format::OpenApi;
    return options->format == Format::Yaml ? importManifests(*options) : importCrds(options->input);
  });
}

}  // namespace kdsl::driver
