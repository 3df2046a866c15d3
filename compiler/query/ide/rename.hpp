#pragma once
// Renaming a declaration in every file that names it.
#include <optional>
#include <string>
#include <string_view>

#include "query/ide/file_index.hpp"
#include "query/ide/results.hpp"

namespace kdsl::query {

/// What a rename is about.
struct RenameSubject {
  /// Why it cannot be renamed; empty if it can.
  std::string refusal;
  Target target;
  /// Of a name that an import gives (`as W`): the import, whose uses lead to `target`.
  std::optional<Target> alias;
  /// What is written now.
  std::string name;
  Span span;
  /// No other file can name it.
  bool isOnlyHere = false;
};

/// What the name at the offset is; refused where it is declared by no file of the user's.
RenameSubject renameSubject(const Facts& facts, const FileIndex& index, std::uint32_t offset);

/// Why the subject cannot get this name in this file; empty if it can. Refused is what would take another thing's place or be hidden by one.
std::string renameConflict(const Facts& facts, const FileIndex& index, const RenameSubject& subject, std::string_view name);

/// Appends the edits of one file. `{ name }` becomes `{ name: other }` or `{ other: name }`: the half that is not meant stays.
void addRenameEdits(const Facts& facts, const FileIndex& index, const RenameSubject& subject, std::string_view name, Rename& out);

}  // namespace kdsl::query
