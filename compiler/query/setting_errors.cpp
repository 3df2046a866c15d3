#include "query/setting_errors.hpp"

#include <algorithm>

#include "eval/evaluator.hpp"
#include "query/build.hpp"
#include "query/build_inputs.hpp"
#include "query/file_errors.hpp"
#include "query/policies.hpp"

namespace kdsl::query {

std::vector<diag::Diagnostic> settingErrors(LoadedFiles& files, sema::Workspace& workspace, FileId root, const std::vector<Setting>& settings, const eval::Limits& limits) {
  if (settings.empty()) return {};
  const auto isError = [](const diag::Diagnostic& found) { return found.severity == diag::Severity::Error; };
  BuildInputs inputs(files, {});
  std::vector<diag::Diagnostic> ofFiles;
  const auto isBroken = [&](FileId file) {
    inputs.load(workspace.module(file), ofFiles);
    return std::ranges::any_of(ofFiles, isError) || std::ranges::any_of(errorsOf(files, workspace, file), isError);
  };
  if (std::ranges::any_of(importClosure(workspace, root), isBroken)) return {};
  if (const auto prelude = files.prelude(); base::valid(prelude)) inputs.load(workspace.module(prelude), ofFiles);
  diag::Sink sink;
  eval::Evaluator evaluator(workspace, inputs, sink, limits);
  auto* instance = evaluator.rootWith(root, parametersOf(settings));
  const auto& nominal = workspace.nominal(workspace.module(root).nominals[0]);
  for (const auto& setting : settings) {
    const auto* member = nominal.find(base::findSymbol(setting.name));
    if (member != nullptr && member->kind == types::MemberKind::Param) evaluator.forceDeep(evaluator.force(evaluator.child(instance, member->name)));
  }
  auto found = sink.take();
  std::erase_if(found, [&](const diag::Diagnostic& one) { return !isError(one) || one.primary.at.file != settings.front().at.file; });
  return found;
}

}  // namespace kdsl::query
