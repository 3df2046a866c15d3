#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/workspace_edit.hpp"

namespace kdsl::lsp {

void registerRename(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/prepareRename", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    const auto span = workspace.assistant().renameable(place->file, place->offset);
    if (!span) return Json();
    const auto text = workspace.text(place->file).substr(span->begin, span->size());
    return Json{{"range", workspace.range(place->file, *span)}, {"placeholder", text}};
  });

  dispatcher.onRequest("textDocument/rename", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    const auto result = workspace.assistant().rename(place->file, place->offset, params.at("newName").get_ref<const std::string&>());
    if (!result.refusal.empty()) return RequestError{ErrorCode::RequestFailed, result.refusal};
    WorkspaceEdit edit;
    for (const auto& one : result.edits) edit.add(workspace, one.at, one.text);
    return edit.toJson(workspace);
  });
}

}  // namespace kdsl::lsp
