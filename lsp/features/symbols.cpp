// The outline of a document, and declarations by name in all files.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/symbol_kind.hpp"

namespace kdsl::lsp {
namespace {

constexpr std::size_t maxWorkspaceSymbols = 500;

Json nested(Workspace& workspace, FileId file, const query::Symbol& symbol) {
  Json json = {{"name", symbol.name},
               {"kind", static_cast<int>(symbolKindOf(symbol.kind))},
               {"range", workspace.range(file, symbol.span)},
               {"selectionRange", workspace.range(file, symbol.nameSpan)}};
  if (!symbol.detail.empty()) json["detail"] = symbol.detail;
  if (symbol.deprecated) json["tags"] = {1};
  if (!symbol.children.empty()) {
    Json children = Json::array();
    for (const auto& child : symbol.children) children.push_back(nested(workspace, file, child));
    json["children"] = std::move(children);
  }
  return json;
}

Json flat(Workspace& workspace, FileId file, const query::Symbol& symbol, std::string_view container) {
  Json json = {
      {"name", symbol.name}, {"kind", static_cast<int>(symbolKindOf(symbol.kind))}, {"location", workspace.location({file, symbol.nameSpan})}};
  if (!container.empty()) json["containerName"] = container;
  return json;
}

void flatten(Workspace& workspace, FileId file, const std::vector<query::Symbol>& symbols, std::string_view container, Json& out) {
  for (const auto& symbol : symbols) {
    out.push_back(flat(workspace, file, symbol, container));
    flatten(workspace, file, symbol.children, symbol.name, out);
  }
}

}  // namespace

SymbolKind symbolKindOf(query::SymbolKind kind) {
  using From = query::SymbolKind;
  switch (kind) {
    case From::Module: return SymbolKind::Module;
    case From::Import: return SymbolKind::Package;
    case From::Param: return SymbolKind::Property;
    case From::Let: return SymbolKind::Constant;
    case From::Resource:
    case From::External: return SymbolKind::Object;
    case From::Type: return SymbolKind::TypeParameter;
    case From::Schema: return SymbolKind::Struct;
    case From::Component: return SymbolKind::Class;
    case From::Fn: return SymbolKind::Function;
    case From::Policy: return SymbolKind::Interface;
    case From::Test: return SymbolKind::Event;
    case From::Field: return SymbolKind::Field;
    case From::Entry: return SymbolKind::Key;
  }
  return SymbolKind::Variable;
}

void registerSymbols(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/documentSymbol", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    const auto symbols = workspace.assistant().symbols(*file);
    Json list = Json::array();
    if (workspace.client.nestedSymbols) {
      for (const auto& symbol : symbols) list.push_back(nested(workspace, *file, symbol));
    } else {
      flatten(workspace, *file, symbols, {}, list);
    }
    return list;
  });

  dispatcher.onRequest("workspace/symbol", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    workspace.loadProject();
    Json list = Json::array();
    for (const auto& [file, symbol] : workspace.assistant().findSymbols(textOr(params, "query"), maxWorkspaceSymbols)) {
      list.push_back(flat(workspace, file, symbol, workspace.session().files()[file].displayPath));
    }
    return list;
  });
}

}  // namespace kdsl::lsp
