// The outline of a document, and declarations by name in all files.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/symbol_kind.hpp"

namespace kdsl::lsp {
namespace {

constexpr std::size_t maxWorkspaceSymbols = 500;

/// The outline as text: it has several numbers and texts for each line of the document.
class OutlineText {
 public:
  OutlineText(Workspace& workspace, FileId file) : workspace_(workspace), file_(file) {}

  std::string of(const std::vector<query::Symbol>& symbols) {
    list(symbols);
    return std::move(out_);
  }

 private:
  void list(const std::vector<query::Symbol>& symbols) {
    out_ += '[';
    for (const auto& one : symbols) {
      if (&one != &symbols.front()) out_ += ',';
      symbol(one);
    }
    out_ += ']';
  }

  void symbol(const query::Symbol& symbol) {
    out_ += R"({"name":)";
    appendString(out_, symbol.name);
    out_ += R"(,"kind":)" + std::to_string(static_cast<int>(symbolKindOf(symbol.kind)));
    range("range", symbol.span);
    range("selectionRange", symbol.nameSpan);
    if (!symbol.detail.empty()) {
      out_ += R"(,"detail":)";
      appendString(out_, symbol.detail);
    }
    if (symbol.deprecated) out_ += R"(,"tags":[1])";
    if (!symbol.children.empty()) {
      out_ += R"(,"children":)";
      list(symbol.children);
    }
    out_ += '}';
  }

  void range(std::string_view name, source::Span span) {
    const auto [start, end] = workspace_.range(file_, span);
    out_ += ",\"";
    out_ += name;
    out_ += R"(":{"start":)";
    position(start);
    out_ += R"(,"end":)";
    position(end);
    out_ += '}';
  }

  void position(const Position& position) {
    out_ += R"({"line":)" + std::to_string(position.line) + R"(,"character":)" + std::to_string(position.character) + "}";
  }

  Workspace& workspace_;
  FileId file_;
  std::string out_;
};

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
    if (workspace.client.nestedSymbols) return SerializedResult{OutlineText(workspace, *file).of(symbols)};
    Json list = Json::array();
    flatten(workspace, *file, symbols, {}, list);
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
