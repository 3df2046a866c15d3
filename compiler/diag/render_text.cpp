#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "diag/excerpt.hpp"
#include "diag/place.hpp"
#include "diag/render.hpp"
#include "diag/visible.hpp"

namespace kdsl::diag {
namespace {

Style styleOf(Severity severity) {
  switch (severity) {
    case Severity::Error: return Style::Error;
    case Severity::Warning: return Style::Warning;
    case Severity::Info: return Style::Info;
  }
  return Style::Error;
}

/// What is shown of one file.
struct Section {
  source::FileId id;
  std::uint32_t offset;  // of the place named in the head
  Excerpt excerpt;
  bool hasLines;
};

/// The primary place's file first, then the others in the order in which the diagnostic names them. A place in another file without words
/// of its own is named, not shown.
std::vector<Section> sectionsOf(const source::FileTable& files, const Diagnostic& diagnostic) {
  std::vector<Section> sections;
  const auto add = [&](const Label& label, Style style, bool showLines) {
    if (!base::valid(label.at.file)) return;
    auto section = std::find_if(sections.begin(), sections.end(), [&](const Section& s) { return s.id == label.at.file; });
    const bool known = section != sections.end();
    if (!known)
      section = sections.insert(sections.end(), Section{label.at.file, label.at.span.begin, Excerpt(files[label.at.file]), false});
    if (!showLines && !(known && section->hasLines)) return;
    section->excerpt.mark(label.at.span, label.text, style);
    section->hasLines = true;
  };
  add(diagnostic.primary, styleOf(diagnostic.severity), true);
  for (const auto& label : diagnostic.related) add(label, Style::Secondary, !label.text.empty());
  return sections;
}

/// True if the words under the caret tell the fix already: "did you mean `replicas`?".
bool isToldByLabel(const Fix& fix, const Diagnostic& diagnostic) {
  const auto& label = diagnostic.primary.text;
  if (label.empty()) return false;
  if (label == fix.title) return true;
  return fix.edits.size() == 1 && !fix.edits.front().text.empty() && label.find(fix.edits.front().text) != std::string::npos;
}

void writeDiagnostic(Painter& painter, const source::FileTable& files, const Diagnostic& diagnostic, std::uint32_t width) {
  std::string head = fmt::format("{}[", severityText(diagnostic.severity));
  appendVisible(head, codeText(diagnostic));
  head += ']';
  std::string words = ": ";
  appendVisible(words, message(diagnostic));
  painter.paint(styleOf(diagnostic.severity), head);
  painter.paint(Style::Strong, words);
  painter.plain() += '\n';

  const auto sections = sectionsOf(files, diagnostic);
  std::uint32_t gutter = 2;
  for (const auto& section : sections) gutter = std::max(gutter, section.excerpt.numberWidth());
  for (const auto& section : sections) {
    writePlace(painter, gutter, &section == &sections.front() ? "-->" : ":::", files[section.id], section.offset);
    section.excerpt.write(painter, gutter, width);
  }
  for (const auto& note : diagnostic.notes) writeNote(painter, gutter, "", note);
  for (const auto& fix : diagnostic.fixes) {
    const bool told =
        isToldByLabel(fix, diagnostic) || std::find(diagnostic.notes.begin(), diagnostic.notes.end(), fix.title) != diagnostic.notes.end();
    if (!told) writeNote(painter, gutter, "help: ", fix.title);
  }
}

}  // namespace

void renderText(const Report& report, const TextOptions& options, std::string& out) {
  Painter painter(out, options.color);
  const auto& entries = report.entries();
  const auto shown = std::min(options.limit, entries.size());
  for (std::size_t i = 0; i < shown; ++i) {
    if (i != 0) out += '\n';
    writeDiagnostic(painter, *entries[i].files, entries[i].diagnostic, options.width);
  }
  if (shown < entries.size()) out += fmt::format("\n… and {} more\n", entries.size() - shown);
  if (options.summary && !entries.empty()) {
    out += '\n';
    painter.paint(Style::Strong, summary(report.counts()));
    out += '\n';
  }
}

}  // namespace kdsl::diag
