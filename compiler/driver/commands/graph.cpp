#include <fmt/format.h>

#include <memory>

#include "driver/commands/commands.hpp"
#include "driver/graphviz.hpp"
#include "driver/inputs.hpp"
#include "driver/output.hpp"

namespace kdsl::driver {
namespace {

enum class Picture : std::uint8_t { Dot, Mermaid, Json, Svg, Text };

struct Options {
  InputOptions input;
  ReportOptions report;
  Picture picture = Picture::Dot;
  std::string output;
  std::string file;
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
  Workers workers(options.input, {options.file});
  query::BuildOptions build;
  build.parameters = options.input.parameters;
  std::string text;
  const auto report = workers.run(options.report, [&](std::size_t, query::Session& session, source::FileId file) {
    auto result = session.graph(file, formatOf(options.picture), build);
    text = std::move(result.text);
    return std::move(result.diagnostics);
  });
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
  auto& command = commandLine.addCommand("graph", "Draw what the objects of a file name and select");
  command.details("A box for each object; an arrow from each field that names another object, a dashed one from each selector. Rounded boxes are declared as "
                  "external; dashed boxes are named, and nobody declares them.");
  const auto options = std::make_shared<Options>();
  const Choices<Picture> pictures{{"dot", Picture::Dot}, {"mermaid", Picture::Mermaid}, {"json", Picture::Json}, {"svg", Picture::Svg}, {"text", Picture::Text}};
  command.choice("--format", options->picture, pictures, "dot for Graphviz (the default), mermaid for Markdown pages, json for programs, svg as a picture (Graphviz must be installed), text for people");
  command.text("-o,--output", "FILE", options->output, "Write to a file instead of standard output");
  command.text("FILE", "FILE", options->file, "A .kdsl file; `-` is standard input");
  command.required();
  addInputOptions(command, options->input);
  addReportOptions(command, options->report);
  command.example("kdsl graph shop.kdsl --format svg -o shop.svg", "A picture of what the shop is made of");
  command.example("kdsl graph shop.kdsl --format mermaid", "A flowchart for a Markdown page");
  command.action([options] { return graph(*options); });
}

}  // namespace kdsl::driver
