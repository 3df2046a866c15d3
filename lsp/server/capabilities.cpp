#include "lsp/server/capabilities.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace kdsl::lsp {

ClientCapabilities ClientCapabilities::read(const Json& params) {
  const auto& all = at(params, {"capabilities"});
  ClientCapabilities client;
  const auto& encodings = at(all, {"general", "positionEncodings"});
  if (encodings.is_array() && std::find(encodings.begin(), encodings.end(), "utf-8") != encodings.end())
    client.unit = source::ColumnUnit::Utf8;
  client.snippets = flag(all, {"textDocument", "completion", "completionItem", "snippetSupport"});
  client.nestedSymbols = flag(all, {"textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"});
  client.lineFoldsOnly = flag(all, {"textDocument", "foldingRange", "lineFoldingOnly"});
  client.watchesFiles = flag(all, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"});
  client.refreshesDiagnostics = flag(all, {"workspace", "diagnostics", "refreshSupport"});
  client.refreshesInlayHints = flag(all, {"workspace", "inlayHint", "refreshSupport"});
  client.pullsDiagnostics = at(all, {"textDocument", "diagnostic"}).is_object();
  client.versionedEdits = flag(all, {"workspace", "workspaceEdit", "documentChanges"});
  const auto& operations = at(all, {"workspace", "workspaceEdit", "resourceOperations"});
  client.createsFiles = client.versionedEdits && operations.is_array() && std::find(operations.begin(), operations.end(), "create") != operations.end();
  const auto& commands = at(all, {"experimental", "commands", "commands"});
  if (commands.is_array()) {
    for (const auto& command : commands) {
      if (command.is_string()) client.commands.insert(command.get<std::string>());
    }
  }
  return client;
}

Json semanticTokensLegend() {
  return {{"tokenTypes",
           {"keyword", "comment", "string", "number", "type", "class", "interface", "struct", "function", "property", "parameter",
            "variable", "namespace"}},
          {"tokenModifiers", {"declaration", "readonly", "deprecated", "defaultLibrary", "modification", "documentation"}}};
}

const std::vector<std::string>& serverCommands() {
  static const std::vector<std::string> names{"kdsl.server.render", "kdsl.server.targets", "kdsl.server.diff", "kdsl.server.why", "kdsl.server.runTests", "kdsl.server.convertYaml", "kdsl.server.explain", "kdsl.server.status", "kdsl.server.bugReport"};
  return names;
}

namespace {

/// Files that imports may name, and folders that hold them.
Json fileOperations() {
  const Json filters = {{"filters",
                         {{{"scheme", "file"}, {"pattern", {{"glob", "**/*.{kdsl,yaml,yml,json,toml}"}, {"matches", "file"}}}},
                          {{"scheme", "file"}, {"pattern", {{"glob", "**"}, {"matches", "folder"}}}}}}};
  return {{"didCreate", filters}, {"willRename", filters}, {"didRename", filters}, {"didDelete", filters}};
}

}  // namespace

Json serverCapabilities(const ClientCapabilities& client) {
  return {
      {"positionEncoding", client.unit == source::ColumnUnit::Utf8 ? "utf-8" : "utf-16"},
      {"textDocumentSync",
       {{"openClose", true}, {"change", static_cast<int>(TextDocumentSyncKind::Incremental)}, {"save", {{"includeText", false}}}}},
      {"hoverProvider", true},
      {"completionProvider", {{"triggerCharacters", {".", "\"", "/", "{", " "}}, {"resolveProvider", true}}},
      {"signatureHelpProvider", {{"triggerCharacters", {"(", ","}}}},
      {"definitionProvider", true},
      {"declarationProvider", true},
      {"typeDefinitionProvider", true},
      {"implementationProvider", true},
      {"referencesProvider", true},
      {"callHierarchyProvider", true},
      {"typeHierarchyProvider", true},
      {"linkedEditingRangeProvider", true},
      {"documentHighlightProvider", true},
      {"documentSymbolProvider", true},
      {"workspaceSymbolProvider", true},
      {"codeActionProvider", {{"codeActionKinds", {"quickfix", "refactor.extract", "refactor.inline", "refactor.rewrite", "source.organizeImports", "source.fixAll"}}}},
      {"codeLensProvider", {{"resolveProvider", true}}},
      {"executeCommandProvider", {{"commands", serverCommands()}}},
      {"documentLinkProvider", {{"resolveProvider", false}}},
      {"documentFormattingProvider", true},
      {"documentRangeFormattingProvider", {{"rangesSupport", true}}},
      {"documentOnTypeFormattingProvider", {{"firstTriggerCharacter", "}"}, {"moreTriggerCharacter", {"]", ")", "\n"}}}},
      {"renameProvider", {{"prepareProvider", true}}},
      {"foldingRangeProvider", true},
      {"selectionRangeProvider", true},
      {"semanticTokensProvider", {{"legend", semanticTokensLegend()}, {"full", {{"delta", true}}}, {"range", true}}},
      {"inlayHintProvider", true},
      {"diagnosticProvider", {{"identifier", "kdsl"}, {"interFileDependencies", true}, {"workspaceDiagnostics", true}}},
      {"workspace",
       {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}},
        {"fileOperations", fileOperations()},
        {"textDocumentContent", {{"schemes", {"kdsl", "kdsl-rendered"}}}}}},
      {"experimental", {{"rendered", true}, {"sourceMap", true}, {"targets", true}, {"diff", true}, {"why", true}}},
  };
}

}  // namespace kdsl::lsp
