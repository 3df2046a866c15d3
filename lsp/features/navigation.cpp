// Definition, type definition, implementation, references and highlights.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {
namespace {

Json locations(Workspace& workspace, const std::vector<source::Location>& places) {
  Json list = Json::array();
  for (const auto& place : places) list.push_back(workspace.location(place));
  return list;
}

}  // namespace

void registerNavigation(Dispatcher& dispatcher, Context& context) {
  const auto definition = [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    return place ? locations(workspace, workspace.assistant().definitions(place->file, place->offset)) : Json();
  };
  dispatcher.onRequest("textDocument/definition", definition);
  dispatcher.onRequest("textDocument/declaration", definition);

  dispatcher.onRequest("textDocument/typeDefinition", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    return place ? locations(workspace, workspace.assistant().typeDefinitions(place->file, place->offset)) : Json();
  });

  dispatcher.onRequest("textDocument/implementation", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    workspace.loadProject();
    const auto place = placeOf(workspace, params);
    return place ? locations(workspace, workspace.assistant().implementations(place->file, place->offset)) : Json();
  });

  dispatcher.onRequest("textDocument/references", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    workspace.loadProject();
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    return locations(workspace,
                     workspace.assistant().references(place->file, place->offset, flag(params, {"context", "includeDeclaration"})));
  });

  dispatcher.onRequest("textDocument/documentHighlight", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    Json list = Json::array();
    for (const auto& found : workspace.assistant().highlights(place->file, place->offset)) {
      const auto kind = found.writes ? DocumentHighlightKind::Write : DocumentHighlightKind::Read;
      list.push_back({{"range", workspace.range(place->file, found.span)}, {"kind", static_cast<int>(kind)}});
    }
    return list;
  });
}

}  // namespace kdsl::lsp
