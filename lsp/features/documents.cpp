// Opening, editing and closing documents, and changes on disk.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/protocol/uri.hpp"

namespace kdsl::lsp {
namespace {

const std::string& uriOf(const Json& params) { return params.at("textDocument").at("uri").get_ref<const std::string&>(); }

std::int64_t versionOf(const Json& document) {
  const auto& version = at(document, {"version"});
  return version.is_number_integer() ? version.get<std::int64_t>() : 0;
}

/// A client that does not watch files for us leaves that to the moments when the user comes back.
void lookAtDisk(Context& context) {
  if (context.workspace.changedOnDisk()) context.diagnostics.changedAll();
}

}  // namespace

void registerDocuments(Dispatcher& dispatcher, Context& context) {
  dispatcher.onNotification("textDocument/didOpen", [&context](const Json& params) {
    const auto& document = params.at("textDocument");
    const auto file = context.workspace.open(uriOf(params), versionOf(document), document.at("text").get<std::string>());
    context.diagnostics.changed(file);
    lookAtDisk(context);
  });

  dispatcher.onNotification("textDocument/didChange", [&context](const Json& params) {
    const auto file = context.workspace.change(uriOf(params), versionOf(params.at("textDocument")), params.at("contentChanges"));
    if (file) context.diagnostics.changed(*file);
  });

  dispatcher.onNotification("textDocument/didSave", [&context](const Json&) { lookAtDisk(context); });

  dispatcher.onNotification("textDocument/didClose", [&context](const Json& params) {
    const auto file = context.workspace.close(uriOf(params));
    if (!file) return;
    context.sentTokens.erase(*file);
    context.diagnostics.closed(*file);
  });

  dispatcher.onNotification("workspace/didChangeWatchedFiles", [&context](const Json& params) {
    bool any = false;
    for (const auto& change : params.at("changes"))
      any = context.workspace.changedOnDisk(pathOfUri(change.at("uri").get_ref<const std::string&>())) || any;
    if (any) context.diagnostics.changedAll();
  });

  dispatcher.onNotification("workspace/didChangeWorkspaceFolders", [&context](const Json& params) {
    const auto uris = [&](const char* key) {
      std::vector<std::string> list;
      for (const auto& folder : params.at("event").at(key)) list.push_back(folder.at("uri").get<std::string>());
      return list;
    };
    context.workspace.changeFolders(uris("added"), uris("removed"));
  });
}

}  // namespace kdsl::lsp
