#include <fmt/format.h>

#include <memory>

#include "driver/commands/commands.hpp"
#include "driver/output.hpp"
#include "driver/projects.hpp"
#include "driver/terminal.hpp"
#include "driver/why_output.hpp"

namespace kdsl::driver {
namespace {

struct Options {
  InputOptions input;
  ReportOptions report;
  std::string root;
  std::string path;
  bool isJson = false;
};

ExitCode why(const Options& options) {
  auto subject = openSubject(options.root, ".", options.input);
  if (!subject.problem.empty()) return usageError("why", subject.problem);
  auto& session = *subject.session;
  query::WhyResult result;
  if (base::valid(subject.file)) result = session.why(subject.file, options.path, subject.options);
  auto& diagnostics = subject.diagnostics;
  diagnostics.insert(diagnostics.end(), result.diagnostics.begin(), result.diagnostics.end());
  diag::Report report;
  report.add(session.files(), wanted(std::move(diagnostics), options.report));
  writeStandardError(reportText(report, options.report, 2));

  if (!result.problem.empty()) {
    const auto deleted = lineText(session.files(), result.deletedAt);
    const auto more = !deleted.empty() ? "; deleted at " + deleted : result.near.empty() ? std::string() : fmt::format("; did you mean `{}`?", result.near);
    writeStandardError(fmt::format("kdsl why: {}{}\n", result.problem, more));
  }
  if (!result.provenance) return ExitCode::Findings;
  const auto& path = result.provenance->path;
  if (!result.rest.empty()) writeStandardError(fmt::format("kdsl why: there is no `{}{}`, since `{}` is absent\n", path, result.rest, path));
  const auto text = options.isJson ? whyJson(result, session.files()) : whyText(result, session.files(), wantsColor(options.report.color, 1));
  if (!writeStandardOutput(text)) return ExitCode::Failure;
  return result.rest.empty() ? ExitCode::Ok : ExitCode::Findings;
}

}  // namespace

void addWhy(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("why", "Tell where a value comes from");
  command.details(
      "Shows every setting of the value, strongest first: its place, what is written there, and what became of it. What an expression reads "
      "is followed and indented below. Sensitive values are never shown.");
  const auto options = std::make_shared<Options>();
  command.text("TARGET", "FILE", options->root, "What is built: a target of the project, a .kdsl file, or `-`, standard input");
  command.required();
  command.text("PATH", "PATH", options->path,
               "The value, from the file (web.deployment.spec.replicas) or from an object (Deployment/web:spec.replicas, "
               "Deployment/NAMESPACE/web:spec.replicas)");
  command.required();
  command.choice("--format", options->isJson, Choices<bool>{{"text", false}, {"json", true}}, "How the answer is written. Default: text");
  addInputOptions(command, options->input);
  addReportOptions(command, options->report);
  command.example("kdsl why prod web.deployment.spec.replicas", "Who set the number of replicas in the target prod, and over what");
  command.example("kdsl why prod.kdsl 'Deployment/web:spec.template.spec.containers[\"web\"].image'", "From an object that a file makes");
  command.action([options] { return why(*options); });
}

}  // namespace kdsl::driver
