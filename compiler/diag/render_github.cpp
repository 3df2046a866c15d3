#include <fmt/format.h>

#include <iterator>

#include "diag/place.hpp"
#include "diag/render.hpp"

namespace kdsl::diag {
namespace {

std::string_view commandOf(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Info: return "notice";
  }
  return "error";
}

/// The runner undoes these escapes; `:` and `,` would end a property.
void appendEscaped(std::string& out, std::string_view text, bool isProperty) {
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += isProperty ? "%3A" : ":"; break;
      case ',': out += isProperty ? "%2C" : ","; break;
      default: out += c;
    }
  }
}

}  // namespace

void renderGithub(const Report& report, std::string& out) {
  for (const auto& [files, diagnostic] : report.entries()) {
    out.append("::").append(commandOf(diagnostic.severity)) += ' ';
    if (const auto place = placeOf(*files, diagnostic.primary.at); place.file != nullptr && !place.file->builtIn) {
      out += "file=";
      appendEscaped(out, place.file->displayPath, true);
      fmt::format_to(std::back_inserter(out), ",line={}", place.begin.line);
      // The runner accepts columns only within one line.
      if (place.begin.line == place.end.line) {
        fmt::format_to(std::back_inserter(out), ",col={},endColumn={}", place.begin.column, place.end.column);
      } else {
        fmt::format_to(std::back_inserter(out), ",endLine={}", place.end.line);
      }
      out += ',';
    }
    out += "title=";
    appendEscaped(out, codeText(diagnostic), true);
    out += "::";
    appendEscaped(out, flatText(diagnostic), false);
    out += '\n';
  }
}

}  // namespace kdsl::diag
