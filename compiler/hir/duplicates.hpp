#pragma once
// "One body sets it twice", as far as it shows without types and values.
#include <string_view>

#include "diag/diagnostic.hpp"
#include "hir/module.hpp"

namespace kdsl::hir {

/// Reports every place that one body certainly sets twice: through equal paths, or through a path and braces that come to the same place
/// (`a: { b: 1 }` and `a.b: 2`). An entry under a condition clashes with one that always holds; the two branches of an `if` do not clash,
/// and what two separate conditions set is left to evaluation, as are values that may be records, which would merge. One report a place.
/// `text` is the file's source, for suggestions. O(n log n) in the number of entries.
void duplicateEntries(const Module& module, std::string_view text, diag::Sink& sink);

}  // namespace kdsl::hir
