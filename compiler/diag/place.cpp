#include "diag/place.hpp"

namespace kdsl::diag {

Place placeOf(const source::FileTable& files, const source::Location& at) {
  if (!base::valid(at.file)) return {};
  const auto& file = files[at.file];
  const auto position = [&](std::uint32_t offset) {
    const auto zeroBased = file.lines().lineColumn(file.text, offset, source::ColumnUnit::CodePoint);
    return source::LineColumn{zeroBased.line + 1, zeroBased.column + 1};
  };
  return {&file, position(at.span.begin), position(at.span.end)};
}

std::string_view severityText(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Info: return "note";
  }
  return "error";
}

std::string flatText(const Diagnostic& diagnostic) {
  std::string text = message(diagnostic);
  if (!diagnostic.primary.text.empty()) text.append("\n").append(diagnostic.primary.text);
  for (const auto& note : diagnostic.notes) text.append("\n").append(note);
  return text;
}

}  // namespace kdsl::diag
