// The user's choices, as the client tells them: with `initialize`, and when they change.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {

void registerSettings(Dispatcher& dispatcher, Context& context) {
  dispatcher.onNotification("workspace/didChangeConfiguration", [&context](const Json& params) {
    auto& workspace = context.workspace;
    const auto before = workspace.settings.inlayHints;
    workspace.settings.read(at(params, {"settings", "kdsl"}));
    if (!(workspace.settings.inlayHints == before) && workspace.client.refreshesInlayHints) context.client.request("workspace/inlayHint/refresh", nullptr);
  });
}

}  // namespace kdsl::lsp
