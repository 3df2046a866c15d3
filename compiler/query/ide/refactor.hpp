#pragma once
// Changes that keep the meaning, offered for a selection.
#include <optional>
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

/// The resource that can become a component: the offset is on its name, and it is a kind with a body.
std::optional<Target> extractableResource(const Facts& facts, std::uint32_t offset);
/// A place that names a declaration, and what stands there.
struct NamedUse {
  source::Location at;
  std::string text;
  bool shorthand = false;
};
/// A component that makes the resource, with what it reads of the file as params; `uses` are all other places that name it. Nothing if it reads
/// what no param can give.
void addComponentExtraction(const Facts& facts, const Target& resource, const std::vector<NamedUse>& uses, std::vector<Refactoring>& out);

/// The declaration that another file can hold as well: the offset is on its name.
std::optional<Target> movableDeclaration(const Facts& facts, std::uint32_t offset);
/// Moves it to the new file `path` of the same folder, and imports it. Nothing if it names other declarations of its file.
/// Its own file imports it then, if it names it.
void addModuleExtraction(const Facts& facts, const FileIndex& index, const Target& declaration, const std::string& path, std::vector<Refactoring>& out);

/// In a file that imports the declaration: the imports of the new file `path` in their place. False if it is named in a way that no import of its own
/// gives: `module.Name`, or in a file that extends its file.
bool addMovedImports(const Facts& facts, const FileIndex& index, const Target& declaration, const std::string& path, Refactoring& made);

/// The imports at the begin of the file, sorted: the library, the Kubernetes API, dependencies, files; names sorted and those of one path joined.
/// Nothing if they are so already, or if comments stand among them.
void addImportOrder(const Facts& facts, std::vector<Refactoring>& out);

}  // namespace kdsl::query
