#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {

void registerHover(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/hover", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    const auto found = workspace.assistant().hover(place->file, place->offset);
    if (!found) return Json();
    return Json{{"contents", markdown(found->markdown)}, {"range", workspace.range(place->file, found->span)}};
  });
}

}  // namespace kdsl::lsp
