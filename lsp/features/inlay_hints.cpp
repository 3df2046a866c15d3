#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {

void registerInlayHints(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/inlayHint", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    const auto range = workspace.span(*file, params.at("range").get<Range>());
    Json list = Json::array();
    for (const auto& hint : workspace.assistant().inlayHints(*file, range)) {
      Json json = {{"position", workspace.position(*file, hint.offset)},
                   {"label", hint.label},
                   {"kind", static_cast<int>(hint.isParameter ? InlayHintKind::Parameter : InlayHintKind::Type)}};
      if (hint.isParameter) json["paddingRight"] = true;
      list.push_back(std::move(json));
    }
    return list;
  });
}

}  // namespace kdsl::lsp
