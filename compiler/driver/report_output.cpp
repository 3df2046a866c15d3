#include "driver/report_output.hpp"

#include <algorithm>

#include "diag/render.hpp"
#include "driver/version.hpp"

namespace kdsl::driver {

void addReportOptions(Command& command, ReportOptions& options) {
  command.choice(
      "--diagnostics", options.format,
      Choices<ReportFormat>{
          {"text", ReportFormat::Text}, {"json", ReportFormat::Json}, {"sarif", ReportFormat::Sarif}, {"github", ReportFormat::Github}},
      "How errors and warnings are written: for people, as JSON or SARIF for programs, as annotations of a GitHub workflow");
  command.choice("--color", options.color,
                 Choices<ColorChoice>{{"auto", ColorChoice::Auto}, {"always", ColorChoice::Always}, {"never", ColorChoice::Never}},
                 "Colours; auto: on a terminal, and as NO_COLOR and CLICOLOR_FORCE say");
  command.flag("-q,--quiet", options.quiet, "Errors only: no warnings, no summary");
}

std::string reportText(const diag::Report& report, const ReportOptions& options, int descriptor) {
  std::string out;
  switch (options.format) {
    case ReportFormat::Text:
      diag::renderText(report, {.color = wantsColor(options.color, descriptor), .width = columnsOf(descriptor), .summary = !options.quiet},
                       out);
      break;
    case ReportFormat::Json: diag::renderJson(report, out); break;
    case ReportFormat::Sarif: diag::renderSarif(report, version, out); break;
    case ReportFormat::Github: diag::renderGithub(report, out); break;
  }
  return out;
}

std::vector<diag::Diagnostic> wanted(std::vector<diag::Diagnostic> diagnostics, const ReportOptions& options) {
  if (options.quiet)
    std::erase_if(diagnostics, [](const diag::Diagnostic& diagnostic) { return diagnostic.severity != diag::Severity::Error; });
  return diagnostics;
}

}  // namespace kdsl::driver
