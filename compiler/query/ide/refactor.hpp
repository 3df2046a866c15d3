#pragma once
// Changes that keep the meaning, offered for a selection.
#include <string>
#include <vector>

#include "query/ide/file_index.hpp"
#include "query/ide/results.hpp"

namespace kdsl::query {

/// Names for a selected expression: a `let` beside the declaration that it stands in, or, where it reads names of loops or functions, a `fn` that
/// takes them. Nothing if `self` or `super` is read, or if the selection is no whole expression.
void addExtractions(const Facts& facts, const FileIndex& index, Span selection, std::vector<Refactoring>& out);

/// The `let` that the offset names, with its value in place of its uses. `isUsedElsewhere` says that another file names it: then it stays.
void addInlining(const Facts& facts, const FileIndex& index, std::uint32_t offset, bool isUsedElsewhere, std::vector<Refactoring>& out);

/// The required fields that the body around the offset does not set.
void addRequiredFields(const Facts& facts, const FileIndex& index, std::uint32_t offset, std::vector<Refactoring>& out);

/// The imports at the begin of the file, sorted: the library, the Kubernetes API, dependencies, files; names sorted and those of one path joined.
/// Nothing if they are so already, or if comments stand among them.
void addImportOrder(const Facts& facts, std::vector<Refactoring>& out);

}  // namespace kdsl::query
