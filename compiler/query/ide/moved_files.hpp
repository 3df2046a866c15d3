#pragma once
// Files that get another name or folder: the paths by which modules name each other, rewritten.
#include <string>
#include <utility>
#include <vector>

#include "query/ide/facts.hpp"
#include "query/ide/results.hpp"

namespace kdsl::query {

/// Old and new absolute paths of files, or of folders with all that is in them.
using Moves = std::vector<std::pair<std::string, std::string>>;

/// Appends the edits that keep the imports, `extends` and `embed`s of one file leading where they led once everything has moved. The text is
/// edited where the file is now.
void addMoveEdits(const Facts& facts, const Moves& moves, Rename& out);

}  // namespace kdsl::query
