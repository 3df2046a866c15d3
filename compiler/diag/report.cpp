#include "diag/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace kdsl::diag {
namespace {

/// Paths, not ids, order the files: ids depend on what a session happened to open before.
bool comesBefore(const source::FileTable& files, const Diagnostic& a, const Diagnostic& b) {
  const auto key = [&](const Diagnostic& diagnostic) {
    const auto& at = diagnostic.primary.at;
    const auto path = base::valid(at.file) ? std::string_view(files[at.file].displayPath) : std::string_view();
    return std::tuple(path, at.span.begin, diagnostic.severity, at.span.end);
  };
  return key(a) < key(b);
}

/// Two diagnostics with equal identities say the same. Built from paths, not ids: ids of two tables cannot be compared.
std::string identityOf(const source::FileTable& files, const Diagnostic& diagnostic) {
  constexpr char separator = '\x1f';
  std::string identity = fmt::format("{}{}{}{}", static_cast<unsigned>(diagnostic.code), separator, diagnostic.displayCode, separator);
  const auto addPlace = [&](const Label& label) {
    if (base::valid(label.at.file)) identity += files[label.at.file].path;
    fmt::format_to(std::back_inserter(identity), "{}{}-{}{}", separator, label.at.span.begin, label.at.span.end, separator);
  };
  addPlace(diagnostic.primary);
  for (const auto& argument : diagnostic.arguments) identity.append(argument) += separator;
  // A label's words may differ between two finds of one fault; its place decides.
  for (const auto& label : diagnostic.related) addPlace(label);
  return identity;
}

void appendCount(std::string& out, std::size_t count, std::string_view noun) {
  if (count == 0) return;
  if (!out.empty()) out += ", ";
  fmt::format_to(std::back_inserter(out), "{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

std::string summary(const Counts& counts) {
  std::string out;
  appendCount(out, counts.errors, "error");
  appendCount(out, counts.warnings, "warning");
  appendCount(out, counts.infos, "note");
  return out;
}

void Report::add(const source::FileTable& files, std::vector<Diagnostic> diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return comesBefore(files, a, b); });
  for (auto& diagnostic : diagnostics) {
    if (!seen_.insert(identityOf(files, diagnostic)).second) continue;
    switch (diagnostic.severity) {
      case Severity::Error: ++counts_.errors; break;
      case Severity::Warning: ++counts_.warnings; break;
      case Severity::Info: ++counts_.infos; break;
    }
    entries_.push_back({&files, std::move(diagnostic)});
  }
}

}  // namespace kdsl::diag
