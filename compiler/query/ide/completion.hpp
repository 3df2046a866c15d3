#pragma once
// Completion. It asks what the file would mean if a word stood at the caret: a text with such a word is parsed and checked like any other,
// so that the place is understood by the passes themselves and not guessed from the broken text around it.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/ide/build_names.hpp"
#include "query/ide/file_index.hpp"
#include "query/ide/results.hpp"

namespace kdsl::query {

/// The word put at the caret; nobody writes it.
inline constexpr std::string_view caretWord = "kdslCaret";

struct CompletionSite {
  /// The word around the caret, or the inside of the text literal around it: what a choice replaces.
  Span replace;
  /// What is written of it before the caret.
  std::string prefix;
  /// The file with caretWord in place of `replace`; unchanged within a text literal.
  std::string text;
  bool inString = false;
};

/// None where nothing can be completed: in comments, numbers and declared names' literals with `${…}`.
std::optional<CompletionSite> completionSite(const syntax::Tree& tree, std::uint32_t offset);

struct CompletionOptions {
  /// The client fills in `$1`.
  bool snippets = true;
  /// What an import path may name here.
  std::vector<std::string> modulePaths;
  /// The names of the last build without errors; none if there was none. Asked only where one may stand.
  std::function<const BuildNames&()> names;
};

/// `facts` and `index` are of the file whose text is `site.text`. The items, unsorted, without repetition of labels and kinds. O(size of
/// the file).
CompletionList complete(const Facts& facts, const FileIndex& index, const CompletionSite& site, const CompletionOptions& options);

}  // namespace kdsl::query
