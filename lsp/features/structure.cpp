// Folding, selection ranges, document links and linked editing.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {
namespace {

Json foldOf(Workspace& workspace, FileId file, const query::Fold& fold) {
  const auto range = workspace.range(file, fold.span);
  Json json = {{"startLine", range.start.line}, {"endLine", range.end.line}};
  if (workspace.client.lineFoldsOnly) {
    // The line of the closing bracket stays in sight.
    const bool keepsLast = fold.kind == query::FoldKind::Region && range.end.line > range.start.line;
    if (keepsLast) json["endLine"] = range.end.line - 1;
  } else {
    json["startCharacter"] = range.start.character;
    json["endCharacter"] = range.end.character;
  }
  if (fold.kind == query::FoldKind::Comment) json["kind"] = "comment";
  if (fold.kind == query::FoldKind::Imports) json["kind"] = "imports";
  return json;
}

}  // namespace

void registerStructure(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/foldingRange", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    Json list = Json::array();
    for (const auto& fold : workspace.assistant().folds(*file)) list.push_back(foldOf(workspace, *file, fold));
    return list;
  });

  dispatcher.onRequest("textDocument/selectionRange", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    Json list = Json::array();
    for (const auto& position : params.at("positions")) {
      const auto offset = workspace.offset(*file, position.get<Position>());
      auto spans = workspace.assistant().selections(*file, offset);
      if (spans.empty()) spans.push_back({offset, offset});
      Json chain;
      for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
        Json inner = {{"range", workspace.range(*file, *span)}};
        if (!chain.is_null()) inner["parent"] = std::move(chain);
        chain = std::move(inner);
      }
      list.push_back(std::move(chain));
    }
    return list;
  });

  dispatcher.onRequest("textDocument/linkedEditingRange", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    Json ranges = Json::array();
    for (const auto span : workspace.assistant().linkedRanges(place->file, place->offset)) ranges.push_back(workspace.range(place->file, span));
    return ranges.empty() ? Json() : Json{{"ranges", std::move(ranges)}, {"wordPattern", "[A-Za-z_][A-Za-z0-9_]*"}};
  });

  dispatcher.onRequest("textDocument/documentLink", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    Json list = Json::array();
    for (const auto& link : workspace.assistant().documentLinks(*file)) {
      list.push_back({{"range", workspace.range(*file, link.span)}, {"target", workspace.uri(link.file)}});
    }
    return list;
  });
}

}  // namespace kdsl::lsp
