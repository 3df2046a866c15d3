#pragma once
// The edits between two texts, by lines.
#include <string_view>
#include <vector>

#include "lsp/protocol/types.hpp"
#include "source/file.hpp"

namespace kdsl::lsp {

/// Few, small edits that make `before` into `after`: whole lines are replaced, what stays the same is not touched, so carets and folds keep
/// their places. In order, without overlaps. O((lines + changes) × changes); texts with very many changes give one edit.
std::vector<TextEdit> lineEdits(std::string_view before, std::string_view after, source::ColumnUnit unit);

}  // namespace kdsl::lsp
