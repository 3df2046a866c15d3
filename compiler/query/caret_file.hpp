#pragma once
// Files beside the edited ones that hold the text with a word at the caret; see docs/internals/lsp.md. They are never on disk.
#include <string_view>

namespace kdsl::query {

inline constexpr std::string_view caretFileName = ".caret.kdsl";
/// Beside a project file: what stands in it has the meaning that it has there.
inline constexpr std::string_view caretProjectFileName = ".caret.project.kdsl";

}  // namespace kdsl::query
