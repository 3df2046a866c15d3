#pragma once
// Inlay hints that the text and its types give, without an evaluation. Internal to this folder.
#include <vector>

#include "query/ide/facts.hpp"
#include "query/ide/results.hpp"

namespace kdsl::query {

/// What bodies of components and schemas leave to the defaults, behind each `{`. O(size of the file).
void addDefaultHints(const Facts& facts, Span range, std::vector<InlayHint>& hints);
/// What literals with a unit amount to, behind each. O(size of the file).
void addUnitHints(const Facts& facts, Span range, std::vector<InlayHint>& hints);

}  // namespace kdsl::query
