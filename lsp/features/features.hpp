#pragma once
// Everything that a client may ask, one file a feature. A feature reads the parameters, asks the workspace, and writes the answer as JSON;
// what the answer is, compiler/query/ide knows.
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lsp/server/diagnostics.hpp"
#include "lsp/server/dispatcher.hpp"
#include "lsp/server/revisions.hpp"
#include "lsp/server/workspace.hpp"
#include "query/ide/results.hpp"

namespace kdsl::lsp {

/// The semantic tokens that a client was given last for a document: what a delta is against.
struct SentTokens {
  std::string resultId;
  std::vector<std::uint32_t> data;
};

class RenderedViews;

/// What the features work on. Only the thread that handles messages uses it, but for `clientProcess`.
struct Context {
  Context(Workspace& openWorkspace, Diagnostics& itsDiagnostics, Client& theClient, Dispatcher& itsDispatcher, CheckOut checkOut, const std::atomic<bool>& stop);
  ~Context();

  Workspace& workspace;
  Diagnostics& diagnostics;
  Client& client;
  Dispatcher& dispatcher;
  /// The request that is being handled is not wanted any more: long work looks at it and ends, with whatever result.
  const std::atomic<bool>& cancelled;
  std::atomic<std::int64_t> clientProcess = 0;
  std::map<FileId, SentTokens> sentTokens;
  std::uint64_t lastResultId = 0;
  /// The files of revisions, if the program can come to them.
  Revisions revisions;
  std::unique_ptr<RenderedViews> rendered;
  /// The items of the last completion, for completionItem/resolve.
  std::vector<query::Completion> completions;
};

void registerFeatures(Dispatcher& dispatcher, Context& context);

/// What the requests of docs/internals/lsp-extensions.md answer.
RequestResult renderedOf(Context& context, const Json& params);
RequestResult whyOf(Context& context, const Json& params);
RequestResult targetsOf(Context& context, const Json& params);
RequestResult differenceOf(Context& context, const Json& params);

/// How questions about values are asked for the request that is being handled.
query::ValueOptions valueOptions(const Context& context);

// One function a file; each registers its methods.
void registerLifeCycle(Dispatcher& dispatcher, Context& context);
void registerDocuments(Dispatcher& dispatcher, Context& context);
void registerDiagnostics(Dispatcher& dispatcher, Context& context);
void registerHover(Dispatcher& dispatcher, Context& context);
void registerCompletion(Dispatcher& dispatcher, Context& context);
void registerNavigation(Dispatcher& dispatcher, Context& context);
void registerHierarchies(Dispatcher& dispatcher, Context& context);
void registerRename(Dispatcher& dispatcher, Context& context);
void registerSymbols(Dispatcher& dispatcher, Context& context);
void registerSemanticTokens(Dispatcher& dispatcher, Context& context);
void registerStructure(Dispatcher& dispatcher, Context& context);
void registerFormatting(Dispatcher& dispatcher, Context& context);
void registerCodeActions(Dispatcher& dispatcher, Context& context);
void registerSignatureHelp(Dispatcher& dispatcher, Context& context);
void registerInlayHints(Dispatcher& dispatcher, Context& context);
void registerCodeLenses(Dispatcher& dispatcher, Context& context);
void registerCommands(Dispatcher& dispatcher, Context& context);
void registerRendered(Dispatcher& dispatcher, Context& context);
void registerTargets(Dispatcher& dispatcher, Context& context);
void registerWhy(Dispatcher& dispatcher, Context& context);
void registerSettings(Dispatcher& dispatcher, Context& context);

}  // namespace kdsl::lsp
