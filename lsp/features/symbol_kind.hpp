#pragma once
// What the protocol calls the sorts of declarations.
#include "lsp/protocol/types.hpp"
#include "query/ide/results.hpp"

namespace kdsl::lsp {

SymbolKind symbolKindOf(query::SymbolKind kind);

}  // namespace kdsl::lsp
