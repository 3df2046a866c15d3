#include <fmt/format.h>

#include <algorithm>

#include "crd/import.hpp"
#include "diag/diagnostic.hpp"
#include "driver/commands/import_crds.hpp"
#include "driver/output.hpp"
#include "driver/source_files.hpp"
#include "query/session.hpp"
#include "source/loader.hpp"

namespace kdsl::driver {
namespace {

constexpr std::string_view extensions[] = {".yaml", ".yml", ".json"};

/// False, and a message, if a file cannot be read.
bool load(const std::string& path, std::vector<crd::Source>& sources) {
  auto loaded = source::loadFile(path == "-" ? "/dev/stdin" : path);
  if (loaded.error != source::LoadError::None) {
    writeStandardError(fmt::format("kdsl import: cannot read `{}`\n", path));
    return false;
  }
  sources.push_back({path == "-" ? "<stdin>" : path, std::move(loaded.text)});
  return true;
}

/// Names and types only: the module makes nothing.
std::vector<std::size_t> linesWithErrors(const std::string& module) {
  std::vector<std::size_t> lines;
  query::onLargeStack([&] {
    query::Session session;
    const auto file = session.openText("imported.kdsl", module);
    for (const auto& diagnostic : session.staticErrors(file)) {
      if (diagnostic.severity != diag::Severity::Error) continue;
      lines.push_back(session.files()[file].lines().lineColumn(module, diagnostic.primary.at.span.begin, source::ColumnUnit::Utf8).line);
    }
  });
  return lines;
}

std::string counted(std::size_t count, std::string_view what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); }

std::string summaryText(const crd::Summary& summary) {
  std::string groups;
  for (const auto& group : summary.groups) groups += (groups.empty() ? "" : ", ") + group;
  auto text = fmt::format("{} of {}: {}; of {} schemas {} differ\n", counted(summary.kinds, "kind"), groups, counted(summary.types, "type") + (summary.apiTypes == 0 ? "" : fmt::format(" and {} of the Kubernetes API", summary.apiTypes)), summary.schemas, summary.distinct);
  if (summary.rulesChecked + summary.rulesCarried != 0) {
    text += fmt::format("{} checked", counted(summary.rulesChecked, "rule"));
    if (summary.rulesCarried != 0) text += fmt::format(", {} in the documentation only", summary.rulesCarried);
    if (summary.transitions != 0) text += fmt::format(" ({} about updates)", summary.transitions);
    text += '\n';
  }
  if (summary.constraintsCarried != 0) text += fmt::format("{} in the documentation only\n", counted(summary.constraintsCarried, "other constraint"));
  if (summary.ofKubernetes != 0) text += counted(summary.ofKubernetes, "kind") + " of Kubernetes itself passed over\n";
  if (summary.readOnly != 0) text += counted(summary.readOnly, "kind") + " of which nobody makes objects passed over\n";
  if (summary.otherDocuments != 0) text += fmt::format("{} no CustomResourceDefinition and passed over\n", summary.otherDocuments == 1 ? "1 document is" : fmt::format("{} documents are", summary.otherDocuments));
  return text;
}

}  // namespace

ExitCode importCrds(const CrdImport& options) {
  const auto files = expandFolders(options.paths, extensions);
  for (const auto& problem : files.problems) writeStandardError("kdsl import: " + problem + "\n");
  bool failed = !files.problems.empty();
  std::vector<crd::Source> sources;
  for (const auto& path : files.paths) failed |= !load(path, sources);
  if (failed) return ExitCode::Failure;
  const auto result = crd::importDefinitions(sources, {options.isOpenApi ? crd::Format::OpenApi : crd::Format::Crds, options.version}, linesWithErrors);
  for (const auto& error : result.errors) writeStandardError("kdsl import: " + error + "\n");
  if (!result.errors.empty()) return ExitCode::Findings;
  writeStandardError(summaryText(result.summary));
  const bool written = options.output.empty() ? writeStandardOutput(result.module) : writeFile(options.output, result.module);
  return written ? ExitCode::Ok : ExitCode::Failure;
}

}  // namespace kdsl::driver
