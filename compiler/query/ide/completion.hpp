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

  /// The place in the edited file that an offset of `text` stands for.
  std::uint32_t originalOf(std::uint32_t offset) const {
    const auto end = replace.begin + static_cast<std::uint32_t>(caretWord.size());
    return inString || offset < end ? offset : offset - end + replace.end;
  }
};

/// None where nothing can be completed: in comments, numbers and declared names' literals with `${…}`.
std::optional<CompletionSite> completionSite(const syntax::Tree& tree, std::uint32_t offset);

/// A declaration that an import can bring in.
struct Export {
  std::string module;  // as an import names it: `std/app`, `./web`
  FileId file = base::none<FileId>;
  hir::ItemId item = base::none<hir::ItemId>;
  const hir::Module* hir = nullptr;
};

struct CompletionOptions {
  /// The client fills in `$1`.
  bool snippets = true;
  /// What an import path may name here. Asked only where one may stand, as the following.
  std::function<std::vector<std::string>()> modulePaths;
  /// Of the library and of the project's other files, by module.
  std::function<std::vector<Export>()> exports;
  /// The names of the last build without errors; none if there was none. Asked only where one may stand.
  std::function<const BuildNames&()> names;
};

/// `facts` and `index` are of the file whose text is `site.text`. The items, unsorted, without repetition of labels and kinds. O(size of
/// the file).
CompletionList complete(const Facts& facts, const FileIndex& index, const CompletionSite& site, const CompletionOptions& options);

}  // namespace kdsl::query
