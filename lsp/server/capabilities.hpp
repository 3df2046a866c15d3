#pragma once
// What the client can do, and what the server says that it can.
#include <set>
#include <string>
#include <vector>

#include "lsp/protocol/types.hpp"
#include "source/file.hpp"

namespace kdsl::lsp {

struct ClientCapabilities {
  /// UTF-8 if the client offers it, for it is what the texts are in; else UTF-16, which every client knows.
  source::ColumnUnit unit = source::ColumnUnit::Utf16;
  bool snippets = false;
  bool nestedSymbols = false;
  bool lineFoldsOnly = false;
  bool watchesFiles = false;
  bool refreshesDiagnostics = false;
  bool refreshesInlayHints = false;
  bool pullsDiagnostics = false;
  bool versionedEdits = false;
  bool createsFiles = false;  // as part of an edit
  /// Commands that the client carries out itself, as `experimental.commands.commands` lists them.
  std::set<std::string> commands;

  /// Reads the `params` of `initialize`; what is missing or malformed counts as "cannot".
  static ClientCapabilities read(const Json& params);
};

/// The commands that workspace/executeCommand takes.
const std::vector<std::string>& serverCommands();
/// The `capabilities` of the answer to `initialize`.
Json serverCapabilities(const ClientCapabilities& client);

/// Names of token types and modifiers, in the order of query::TokenType and of the bits of query::TokenModifier.
Json semanticTokensLegend();

}  // namespace kdsl::lsp
