// Code lenses: how often a declaration is used, and the way to what a file builds.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {
namespace {

constexpr const char* showRendered = "kdsl.showRendered";

bool isCounted(query::SymbolKind kind) {
  switch (kind) {
    case query::SymbolKind::Schema:
    case query::SymbolKind::Component:
    case query::SymbolKind::Fn:
    case query::SymbolKind::Type: return true;
    default: return false;
  }
}

}  // namespace

void registerCodeLenses(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/codeLens", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    const auto uri = workspace.uri(*file);
    Json lenses = Json::array();
    bool builds = false;
    for (const auto& symbol : workspace.assistant().symbols(*file)) {
      builds = builds || symbol.kind == query::SymbolKind::Resource;
      if (!isCounted(symbol.kind)) continue;
      const auto range = workspace.range(*file, symbol.nameSpan);
      lenses.push_back({{"range", range}, {"data", {{"uri", uri}, {"position", range.start}}}});
    }
    // Only a client that has the command can do something with it.
    if (builds && workspace.client.commands.contains(showRendered)) {
      const Range top{{0, 0}, {0, 0}};
      lenses.push_back({{"range", top}, {"command", {{"title", "Show YAML"}, {"command", showRendered}, {"arguments", {uri}}}}});
    }
    return lenses;
  });

  // Counting looks through the whole project: only for those lenses that are in sight.
  dispatcher.onRequest("codeLens/resolve", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    workspace.loadProject();
    Json lens = params;
    const auto& data = at(params, {"data"});
    const auto file = workspace.fileOf(textOr(data, "uri"));
    if (!file) return lens;
    const auto offset = workspace.offset(*file, data.at("position").get<Position>());
    const auto count = workspace.assistant().references(*file, offset, /*withDeclaration=*/false).size();
    const auto title = count == 0 ? std::string("not used") : std::to_string(count) + (count == 1 ? " reference" : " references");
    lens["command"] = {{"title", title}, {"command", ""}};
    return lens;
  });
}

}  // namespace kdsl::lsp
