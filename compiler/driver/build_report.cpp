#include "driver/build_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace kdsl::driver {
namespace {

std::string placeOf(const source::FileTable& files, source::Location at) {
  const auto& file = files[at.file];
  return fmt::format("{}:{}", file.displayPath, file.lines().lineColumn(file.text, at.span.begin, source::ColumnUnit::Utf8).line + 1);
}

std::size_t count(const query::BuildResult& result, diag::Severity severity) {
  return static_cast<std::size_t>(std::count_if(result.diagnostics.begin(), result.diagnostics.end(), [&](const diag::Diagnostic& diagnostic) { return diagnostic.severity == severity; }));
}

}  // namespace

std::string reportAsText(const std::vector<TargetBuild>& builds) {
  std::string text;
  for (const auto& build : builds) {
    const auto& result = build.result;
    text += fmt::format("{}: {} objects, {} checks, {} errors, {} warnings, {} waivers\n", build.target, result.objects.size(), result.checks, count(result, diag::Severity::Error),
                        count(result, diag::Severity::Warning), result.waivers.size());
    for (const auto& waiver : result.waivers) {
      text += fmt::format("  waived {} at {}: {}\n", waiver.name, placeOf(*build.files, waiver.at), waiver.reason);
      for (const auto& path : waiver.paths) text += fmt::format("    {}\n", path);
    }
  }
  return text;
}

std::string reportAsJson(const std::vector<TargetBuild>& builds) {
  auto all = nlohmann::ordered_json::array();
  for (const auto& build : builds) {
    const auto& result = build.result;
    auto waivers = nlohmann::ordered_json::array();
    for (const auto& waiver : result.waivers) waivers.push_back({{"name", waiver.name}, {"place", placeOf(*build.files, waiver.at)}, {"reason", waiver.reason}, {"values", waiver.paths}});
    all.push_back({{"target", build.target},
                   {"objects", result.objects.size()},
                   {"checks", result.checks},
                   {"errors", count(result, diag::Severity::Error)},
                   {"warnings", count(result, diag::Severity::Warning)},
                   {"waivers", std::move(waivers)}});
  }
  return nlohmann::ordered_json{{"builds", std::move(all)}}.dump(2) + "\n";
}

}  // namespace kdsl::driver
