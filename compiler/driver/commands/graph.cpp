#include <fmt/format.h>

#include <memory>

#include "driver/commands/commands.hpp"
#include "driver/graphviz.hpp"
#include "driver/output.hpp"
#include "driver/projects.hpp"

namespace kdsl::driver {
namespace {

enum class Picture : std::uint8_t { Dot, Mermaid, Json, Svg, Text };

struct Options {
  InputOptions input;
  ReportOptions report;
  Picture picture = Picture::Dot;
  std::string output;
  std::string root;
};

query::GraphFormat formatOf(Picture picture) {
  switch (picture) {
    case Picture::Dot:
    case Picture::Svg: return query::GraphFormat::Dot;
    case Picture::Mermaid: return query::GraphFormat::Mermaid;
    case Picture::Json: return query::GraphFormat::Json;
    case Picture::Text: return query::GraphFormat::Text;
  }
  return query::GraphFormat::Dot;
}

ExitCode graph(Options& options) {
  auto subject = openSubject(options.root, ".", options.input);
  if (!subject.problem.empty()) return usageError("graph", subject.problem);
  std::string text;
  if (base::valid(subject.file)) {
    auto result = subject.session->graph(subject.file, formatOf(options.picture), subject.options);
    text = std::move(result.text);
    subject.diagnostics.insert(subject.diagnostics.end(), result.diagnostics.begin(), result.diagnostics.end());
  }
  diag::Report report;
  report.add(subject.session->files(), wanted(std::move(subject.diagnostics), options.report));
  // What nobody declares is an error and a part of the picture: it is drawn all the same.
  writeStandardError(reportText(report, options.report, 2));
  if (text.empty()) return report.hasErrors() ? ExitCode::Findings : ExitCode::Ok;
  if (options.picture == Picture::Svg) {
    std::string problem;
    auto drawn = drawSvg(text, problem);
    if (!drawn) {
      writeStandardError(fmt::format("kdsl graph: {}\n", problem));
      return ExitCode::Failure;
    }
    text = std::move(*drawn);
  }
  const bool isWritten = options.output.empty() || options.output == "-" ? writeStandardOutput(text) : writeFile(options.output, text);
  if (!isWritten) return ExitCode::Failure;
  return report.hasErrors() ? ExitCode::Findings : ExitCode::Ok;
}

}  // namespace

void addGraph(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("graph", "Draw what the objects of a target or a file name and select");
  command.details("A box for each object; an arrow from each field that names another object, a dashed one from each selector. Rounded boxes are declared as "
                  "external; dashed boxes are named, and nobody declares them.");
  const auto options = std::make_shared<Options>();
  const Choices<Picture> pictures{{"dot", Picture::Dot}, {"mermaid", Picture::Mermaid}, {"json", Picture::Json}, {"svg", Picture::Svg}, {"text", Picture::Text}};
  command.choice("--format", options->picture, pictures, "dot for Graphviz (the default), mermaid for Markdown pages, json for programs, svg as a picture (Graphviz must be installed), text for people");
  command.text("-o,--output", "FILE", options->output, "Write to a file instead of standard output");
  command.text("TARGET", "FILE", options->root, "What is drawn: a target of the project, a .kdsl file, or `-`, standard input");
  command.required();
  addInputOptions(command, options->input);
  addReportOptions(command, options->report);
  command.example("kdsl graph shop.kdsl --format svg -o shop.svg", "A picture of what the shop is made of");
  command.example("kdsl graph prod --format mermaid", "A flowchart for a Markdown page");
  command.action([options] { return graph(*options); });
}

}  // namespace kdsl::driver
