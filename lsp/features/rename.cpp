// Renaming declarations and files.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/workspace_edit.hpp"
#include "lsp/protocol/uri.hpp"

namespace kdsl::lsp {

void registerRename(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/prepareRename", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    std::string refusal;
    const auto span = workspace.assistant().renameable(place->file, place->offset, refusal);
    if (!span && !refusal.empty()) return RequestError{ErrorCode::RequestFailed, refusal};
    if (!span) return Json();
    const auto text = workspace.text(place->file).substr(span->begin, span->size());
    return Json{{"range", workspace.range(place->file, *span)}, {"placeholder", text}};
  });

  dispatcher.onRequest("textDocument/rename", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    workspace.loadProject();
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    const auto result = workspace.assistant().rename(place->file, place->offset, params.at("newName").get_ref<const std::string&>());
    if (!result.refusal.empty()) return RequestError{ErrorCode::RequestFailed, result.refusal};
    WorkspaceEdit edit;
    for (const auto& one : result.edits) edit.add(workspace, one.at, one.text);
    return edit.toJson(workspace);
  });

  // Before files get other names: the imports that name them.
  dispatcher.onRequest("workspace/willRenameFiles", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    workspace.loadProject();
    query::Moves moves;
    for (const auto& file : params.at("files")) {
      moves.emplace_back(pathOfUri(file.at("oldUri").get_ref<const std::string&>()), pathOfUri(file.at("newUri").get_ref<const std::string&>()));
    }
    WorkspaceEdit edit;
    for (const auto& one : workspace.assistant().move(moves).edits) edit.add(workspace, one.at, one.text);
    return edit.empty() ? Json() : edit.toJson(workspace);
  });

  // Clients tell of files that they made, renamed and deleted themselves, watched or not.
  const auto moved = [&context](const Json& params) {
    bool any = false;
    for (const auto& file : params.at("files")) {
      for (const char* key : {"uri", "oldUri", "newUri"}) {
        const auto uri = textOr(file, key);
        if (!uri.empty()) any = context.workspace.changedOnDisk(pathOfUri(uri)) || any;
      }
    }
    context.workspace.filesMoved();
    if (any) context.diagnostics.changedAll();
  };
  for (const char* method : {"workspace/didCreateFiles", "workspace/didRenameFiles", "workspace/didDeleteFiles"}) dispatcher.onNotification(method, moved);
}

}  // namespace kdsl::lsp
