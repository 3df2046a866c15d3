// Quick fixes, which diagnostics carry with them, and refactorings.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/workspace_edit.hpp"
#include "lsp/protocol/uri.hpp"

namespace kdsl::lsp {
namespace {

/// The kinds that the client asks for; all if it does not say.
bool isWanted(const Json& params, std::string_view kind) {
  const auto& only = at(params, {"context", "only"});
  if (!only.is_array() || only.empty()) return true;
  for (const auto& wanted : only) {
    if (!wanted.is_string()) continue;
    const auto& text = wanted.get_ref<const std::string&>();
    if (kind == text || kind.starts_with(text + ".")) return true;
  }
  return false;
}

Json fixAll(Workspace& workspace, const std::vector<diag::Diagnostic>& diagnostics) {
  WorkspaceEdit edit;
  std::vector<source::Location> taken;
  for (const auto& one : diagnostics) {
    if (one.fixes.size() != 1) continue;  // a choice is the user's
    bool overlaps = false;
    for (const auto& change : one.fixes[0].edits) {
      for (const auto& other : taken)
        overlaps =
            overlaps || (other.file == change.at.file && other.span.begin <= change.at.span.end && change.at.span.begin <= other.span.end);
    }
    if (overlaps) continue;
    for (const auto& change : one.fixes[0].edits) {
      taken.push_back(change.at);
      edit.add(workspace, change.at, change.text);
    }
  }
  return edit.empty() ? Json() : Json{{"title", "Fix all that has one fix"}, {"kind", "source.fixAll"}, {"edit", edit.toJson(workspace)}};
}

std::string_view kindOf(query::RefactoringKind kind) {
  switch (kind) {
    case query::RefactoringKind::Extract: return "refactor.extract";
    case query::RefactoringKind::Inline: return "refactor.inline";
    case query::RefactoringKind::Rewrite: return "refactor.rewrite";
    case query::RefactoringKind::OrganizeImports: return "source.organizeImports";
  }
  return "refactor";
}

/// Manifests that were pasted into a module: the selected lines as resources.
void addConversion(Context& context, FileId file, Span range, Json& list) {
  auto& workspace = context.workspace;
  const auto yaml = workspace.text(file).substr(range.begin, range.size());
  const bool isManifest = yaml.find("apiVersion:") != std::string_view::npos && yaml.find("kind:") != std::string_view::npos;
  if (!isManifest) return;
  auto converted = workspace.session().convertManifests(yaml);
  if (converted.text.empty()) return;
  WorkspaceEdit edit;
  edit.add(workspace, {file, range}, std::move(converted.text));
  list.push_back({{"title", "Convert YAML to kdsl"}, {"kind", "refactor.rewrite"}, {"edit", edit.toJson(workspace)}});
}

/// What a finding's own fixes do not do: to say that it is meant.
void addWaiver(Context& context, FileId file, const diag::Diagnostic& found, Json& list) {
  auto& workspace = context.workspace;
  const auto root = context.diagnostics.rootOf(found);
  const auto fix = base::valid(root) ? workspace.assistant().waiver(root, found) : std::nullopt;
  if (!fix) return;
  WorkspaceEdit edit;
  for (const auto& change : fix->edits) edit.add(workspace, change.at, change.text);
  list.push_back({{"title", fix->title}, {"kind", "quickfix"}, {"diagnostics", {context.diagnostics.toJson(file, found)}}, {"edit", edit.toJson(workspace)}});
}

void addRefactorings(Context& context, const Json& params, FileId file, Span range, Json& list) {
  auto& workspace = context.workspace;
  const auto& only = at(params, {"context", "only"});
  const bool isNamed = only.is_array() && !only.empty();
  // Files that nobody opened may name what is moved or inlined. Looking through them is for someone who waits, not for each move of the caret.
  constexpr int automatic = 2;
  const auto& trigger = at(params, {"context", "triggerKind"});
  const bool isAutomatic = trigger.is_number_integer() && trigger.get<int>() == automatic;
  if (!isAutomatic) workspace.loadProject();
  for (const auto& one : workspace.assistant().refactorings(file, range)) {
    // Imports are organised on demand: the action concerns the file, not the selection.
    const bool isOfFile = one.kind == query::RefactoringKind::OrganizeImports;
    if (!isWanted(params, kindOf(one.kind)) || (isOfFile && !isNamed)) continue;
    if (!one.newFiles.empty() && !workspace.client.createsFiles) continue;
    const bool needsAllFiles = one.kind == query::RefactoringKind::Inline || !one.newFiles.empty();
    if (isAutomatic && needsAllFiles) continue;
    WorkspaceEdit edit;
    for (const auto& made : one.newFiles) edit.addFile(uriOfPath(made.path), made.text);
    for (const auto& change : one.edits) edit.add(workspace, change.at, change.text);
    list.push_back({{"title", one.title}, {"kind", kindOf(one.kind)}, {"edit", edit.toJson(workspace)}});
  }
  if (!range.empty() && isWanted(params, "refactor.rewrite")) addConversion(context, file, range, list);
}

}  // namespace

void registerCodeActions(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/codeAction", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    const auto range = workspace.span(*file, params.at("range").get<Range>());
    const auto diagnostics = context.diagnostics.of(*file);
    Json list = Json::array();
    for (const auto& one : diagnostics) {
      const auto span = one.primary.at.span;
      const bool touches = span.begin <= range.end && range.begin <= span.end;
      if (!touches || !isWanted(params, "quickfix")) continue;
      for (const auto& fix : one.fixes) {
        WorkspaceEdit edit;
        for (const auto& change : fix.edits) edit.add(workspace, change.at, change.text);
        Json action = {{"title", fix.title},
                       {"kind", "quickfix"},
                       {"diagnostics", {context.diagnostics.toJson(*file, one)}},
                       {"edit", edit.toJson(workspace)}};
        if (one.fixes.size() == 1) action["isPreferred"] = true;
        list.push_back(std::move(action));
      }
    }
    for (const auto& one : diagnostics) {
      const auto span = one.primary.at.span;
      if (span.begin <= range.end && range.begin <= span.end && isWanted(params, "quickfix")) addWaiver(context, *file, one, list);
    }
    addRefactorings(context, params, *file, range, list);
    // Only when asked for by its name: it is meant for saving.
    const auto& only = at(params, {"context", "only"});
    if (only.is_array() && !only.empty() && isWanted(params, "source.fixAll")) {
      if (auto action = fixAll(workspace, diagnostics); !action.is_null()) list.push_back(std::move(action));
    }
    return list;
  });
}

}  // namespace kdsl::lsp
