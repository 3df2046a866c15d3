// Call and type hierarchies.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/symbol_kind.hpp"

namespace kdsl::lsp {
namespace {

Json toJson(Workspace& workspace, const query::HierarchyItem& item) {
  return {{"name", item.name},
          {"kind", static_cast<int>(symbolKindOf(item.kind))},
          {"detail", item.detail},
          {"uri", workspace.uri(item.item.file)},
          {"range", workspace.range(item.item.file, item.span)},
          {"selectionRange", workspace.range(item.item.file, item.nameSpan)},
          {"data", {{"file", base::index(item.item.file)}, {"item", base::index(item.item.item)}}}};
}

/// What a client hands back: an item of an earlier answer, if there still is such a declaration.
std::optional<query::ItemRef> itemOf(Workspace& workspace, const Json& params) {
  const auto& data = params.at("item").at("data");
  const query::ItemRef item{FileId{data.at("file").get<std::uint32_t>()}, hir::ItemId{data.at("item").get<std::uint32_t>()}};
  if (!workspace.assistant().exists(item)) return std::nullopt;
  return item;
}

Json ranges(Workspace& workspace, FileId file, const std::vector<Span>& places) {
  Json list = Json::array();
  for (const auto place : places) list.push_back(workspace.range(file, place));
  return list;
}

Json list(Workspace& workspace, const std::optional<query::HierarchyItem>& item) {
  return item ? Json::array({toJson(workspace, *item)}) : Json();
}

}  // namespace

void registerHierarchies(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/prepareCallHierarchy", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    return place ? list(workspace, workspace.assistant().usable(place->file, place->offset)) : Json();
  });

  dispatcher.onRequest("callHierarchy/incomingCalls", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    workspace.loadProject();
    const auto item = itemOf(workspace, params);
    if (!item) return Json();
    Json calls = Json::array();
    for (const auto& call : workspace.assistant().callers(*item)) {
      calls.push_back({{"from", toJson(workspace, workspace.assistant().describe(call.other))},
                       {"fromRanges", ranges(workspace, call.other.file, call.places)}});
    }
    return calls;
  });

  dispatcher.onRequest("callHierarchy/outgoingCalls", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto item = itemOf(workspace, params);
    if (!item) return Json();
    Json calls = Json::array();
    for (const auto& call : workspace.assistant().callees(*item)) {
      calls.push_back({{"to", toJson(workspace, workspace.assistant().describe(call.other))},
                       {"fromRanges", ranges(workspace, item->file, call.places)}});
    }
    return calls;
  });

  dispatcher.onRequest("textDocument/prepareTypeHierarchy", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    return place ? list(workspace, workspace.assistant().type(place->file, place->offset)) : Json();
  });

  dispatcher.onRequest("typeHierarchy/supertypes", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto item = itemOf(workspace, params);
    const auto base = item ? workspace.assistant().superType(*item) : std::nullopt;
    return base ? Json::array({toJson(workspace, workspace.assistant().describe(*base))}) : Json::array();
  });

  dispatcher.onRequest("typeHierarchy/subtypes", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    workspace.loadProject();
    const auto item = itemOf(workspace, params);
    Json found = Json::array();
    if (!item) return found;
    for (const auto derived : workspace.assistant().subTypes(*item)) found.push_back(toJson(workspace, workspace.assistant().describe(derived)));
    return found;
  });
}

}  // namespace kdsl::lsp
