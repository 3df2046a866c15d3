#include "lsp/features/features.hpp"

namespace kdsl::lsp {

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
}

}  // namespace kdsl::lsp
