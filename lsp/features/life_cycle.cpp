// initialize, initialized, shutdown. (`exit` and the order of them are the dispatcher's.)
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/server/process.hpp"

namespace kdsl::lsp {
namespace {

/// The URIs of the client's folders; older clients name one only.
std::vector<std::string> foldersOf(const Json& params) {
  std::vector<std::string> uris;
  const auto& folders = at(params, {"workspaceFolders"});
  if (folders.is_array()) {
    for (const auto& folder : folders) uris.push_back(textOr(folder, "uri"));
  } else if (auto root = textOr(params, "rootUri"); !root.empty()) {
    uris.push_back(std::move(root));
  }
  return uris;
}

}  // namespace

void registerLifeCycle(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("initialize", [&context](const Json& params) -> RequestResult {
    context.workspace.client = ClientCapabilities::read(params);
    context.workspace.settings.read(at(params, {"initializationOptions"}));
    context.workspace.setFolders(foldersOf(params));
    const auto& process = at(params, {"processId"});
    // A client in another container names a process that is not here: that one cannot be watched.
    if (process.is_number_integer() && isAlive(static_cast<pid_t>(process.get<std::int64_t>())))
      context.clientProcess = process.get<std::int64_t>();
    return Json{{"capabilities", serverCapabilities(context.workspace.client)}, {"serverInfo", {{"name", "kdsl"}}}};
  });

  dispatcher.onNotification("initialized", [&context](const Json&) {
    if (!context.workspace.client.watchesFiles) return;
    context.client.request("client/registerCapability",
                           {{"registrations",
                             {{{"id", "watch-files"},
                               {"method", "workspace/didChangeWatchedFiles"},
                               {"registerOptions", {{"watchers", {{{"globPattern", "**/*.{kdsl,yaml,yml,json,toml}"}}}}}}}}}});
  });

  dispatcher.onRequest("shutdown", [](const Json&) -> RequestResult { return Json(); });
}

}  // namespace kdsl::lsp
