#include "api/result.hpp"

#include "diag/render.hpp"

namespace {

kdsl_text textOf(const std::string& text) { return {text.data(), text.size()}; }

}  // namespace

namespace kdsl::api {
namespace {

kdsl_severity severityOf(diag::Severity severity) {
  switch (severity) {
    case diag::Severity::Error: return KDSL_ERROR;
    case diag::Severity::Warning: return KDSL_WARNING;
    case diag::Severity::Info: break;
  }
  return KDSL_INFO;
}

kdsl_result::Finding findingOf(const source::FileTable& files, const diag::Diagnostic& diagnostic) {
  kdsl_result::Finding finding;
  finding.severity = severityOf(diagnostic.severity);
  finding.code = diag::codeText(diagnostic);
  finding.message = diag::message(diagnostic);
  finding.label = diagnostic.primary.text;
  const auto& at = diagnostic.primary.at;
  if (!base::valid(at.file)) return finding;
  const auto& file = files[at.file];
  finding.hasPlace = true;
  finding.path = file.path;
  finding.begin = file.lines().lineColumn(file.text, at.span.begin, source::ColumnUnit::CodePoint);
  finding.end = file.lines().lineColumn(file.text, at.span.end, source::ColumnUnit::CodePoint);
  return finding;
}

}  // namespace

std::unique_ptr<kdsl_result> resultOf(const source::FileTable& files, query::BuildResult built) {
  auto result = std::make_unique<kdsl_result>();
  result->ok = built.ok;
  result->stopped = built.stopped;
  result->objects = std::move(built.objects);
  diag::Report report;
  report.add(files, std::move(built.diagnostics));
  for (const auto& entry : report.entries()) result->findings.push_back(findingOf(files, entry.diagnostic));
  diag::renderText(report, {}, result->report);
  diag::renderJson(report, result->reportJson);
  return result;
}

}  // namespace kdsl::api

extern "C" {

void kdsl_result_destroy(kdsl_result* result) { delete result; }

int kdsl_result_ok(const kdsl_result* result) { return result != nullptr && result->ok ? 1 : 0; }
int kdsl_result_stopped(const kdsl_result* result) { return result != nullptr && result->stopped ? 1 : 0; }

size_t kdsl_result_object_count(const kdsl_result* result) { return result == nullptr ? 0 : result->objects.size(); }

kdsl_object kdsl_result_object(const kdsl_result* result, size_t index) {
  if (index >= kdsl_result_object_count(result)) return {};
  const auto& object = result->objects[index];
  return {textOf(object.apiVersion), textOf(object.kind), textOf(object.name), textOf(object.namespace_), textOf(object.text)};
}

size_t kdsl_result_diagnostic_count(const kdsl_result* result) { return result == nullptr ? 0 : result->findings.size(); }

kdsl_diagnostic kdsl_result_diagnostic(const kdsl_result* result, size_t index) {
  if (index >= kdsl_result_diagnostic_count(result)) return {};
  const auto& found = result->findings[index];
  kdsl_diagnostic made{found.severity, textOf(found.code), textOf(found.message), textOf(found.label), textOf(found.path), 0, 0, 0, 0};
  if (found.hasPlace) {
    made.line = found.begin.line + 1;
    made.column = found.begin.column + 1;
    made.end_line = found.end.line + 1;
    made.end_column = found.end.column + 1;
  }
  return made;
}

kdsl_text kdsl_result_report(const kdsl_result* result) { return result == nullptr ? kdsl_text{} : textOf(result->report); }
kdsl_text kdsl_result_report_json(const kdsl_result* result) { return result == nullptr ? kdsl_text{} : textOf(result->reportJson); }

}  // extern "C"
