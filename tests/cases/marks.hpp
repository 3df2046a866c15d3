#pragma once
// What comments of a language case say of an editor.
#include <string>
#include <string_view>
#include <vector>

#include "query/session.hpp"
#include "source/file.hpp"

namespace kdsl::cases {

/// What a comment says of an editor at the place of its carets: `// ^^^ hover: words`.
struct Mark {
  std::uint32_t line = 0, column = 0, width = 0;
  std::string verb;     // `hover`, `declares`, `goes to`, `offers`, `rename to`, `becomes`, `fixes`
  std::string newName;  // of `rename to`
  std::string words;    // behind the colon
};

/// Whether what stands behind carets is a mark, and not a code.
bool isMark(std::string_view rest);

std::vector<Mark> marksOf(std::string_view text);

/// What an editor is told at those places that the marks do not say, a line for each; empty if all is as they say. `diagnostics` are those of the file as a
/// root. Edits that are tried out are taken back.
std::string compareMarks(query::Session& session, source::FileId file, const std::vector<Mark>& marks, const std::vector<diag::Diagnostic>& diagnostics);

}  // namespace kdsl::cases
