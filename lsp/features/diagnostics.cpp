// textDocument/diagnostic: the client asks instead of being told.
#include <functional>

#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {

void registerDiagnostics(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/diagnostic", [&context](const Json& params) -> RequestResult {
    const auto file = context.workspace.file(params);
    Json items = Json::array();
    if (file) {
      for (const auto& one : context.diagnostics.of(*file)) items.push_back(context.diagnostics.toJson(*file, one));
      context.diagnostics.pulled(*file);
    }
    const auto resultId = std::to_string(std::hash<std::string>{}(serialized(items)));
    if (textOr(params, "previousResultId") == resultId) return Json{{"kind", "unchanged"}, {"resultId", resultId}};
    return Json{{"kind", "full"}, {"resultId", resultId}, {"items", std::move(items)}};
  });
}

}  // namespace kdsl::lsp
