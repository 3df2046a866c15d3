#include "lsp/features/features.hpp"

#include "lsp/features/rendered_view.hpp"

namespace kdsl::lsp {

Context::Context(Workspace& openWorkspace, Diagnostics& itsDiagnostics, Client& theClient, Dispatcher& itsDispatcher, CheckOut checkOut, const std::atomic<bool>& stop)
    : workspace(openWorkspace),
      diagnostics(itsDiagnostics),
      client(theClient),
      dispatcher(itsDispatcher),
      cancelled(stop),
      revisions(std::move(checkOut)),
      rendered(std::make_unique<RenderedViews>()) {
  workspace.stopWhen(stop);
}
Context::~Context() = default;

void registerFeatures(Dispatcher& dispatcher, Context& context) {
  registerLifeCycle(dispatcher, context);
  registerDocuments(dispatcher, context);
  registerDiagnostics(dispatcher, context);
  registerHover(dispatcher, context);
  registerCompletion(dispatcher, context);
  registerNavigation(dispatcher, context);
  registerHierarchies(dispatcher, context);
  registerRename(dispatcher, context);
  registerSymbols(dispatcher, context);
  registerSemanticTokens(dispatcher, context);
  registerStructure(dispatcher, context);
  registerFormatting(dispatcher, context);
  registerCodeActions(dispatcher, context);
  registerSignatureHelp(dispatcher, context);
  registerInlayHints(dispatcher, context);
  registerCodeLenses(dispatcher, context);
  registerCommands(dispatcher, context);
  registerRendered(dispatcher, context);
  registerTargets(dispatcher, context);
  registerWhy(dispatcher, context);
  registerSettings(dispatcher, context);
}

}  // namespace kdsl::lsp
