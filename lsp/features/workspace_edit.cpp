#include "lsp/features/workspace_edit.hpp"

#include <nlohmann/json.hpp>

namespace kdsl::lsp {

void WorkspaceEdit::add(Workspace& workspace, const source::Location& at, std::string text) {
  edits_[at.file].push_back({workspace.range(at.file, at.span), std::move(text)});
}

Json WorkspaceEdit::toJson(Workspace& workspace) const {
  if (!workspace.client.versionedEdits) {
    Json changes = Json::object();
    for (const auto& [file, edits] : edits_) changes[workspace.uri(file)] = edits;
    return {{"changes", std::move(changes)}};
  }
  Json changes = Json::array();
  for (const auto& [uri, text] : files_) {
    changes.push_back({{"kind", "create"}, {"uri", uri}});
    changes.push_back({{"textDocument", {{"uri", uri}, {"version", nullptr}}}, {"edits", {TextEdit{{{0, 0}, {0, 0}}, text}}}});
  }
  for (const auto& [file, edits] : edits_) {
    const auto* document = workspace.documentOf(file);
    Json version = document != nullptr ? Json(document->version) : Json();
    changes.push_back({{"textDocument", {{"uri", workspace.uri(file)}, {"version", std::move(version)}}}, {"edits", edits}});
  }
  return {{"documentChanges", std::move(changes)}};
}

}  // namespace kdsl::lsp
