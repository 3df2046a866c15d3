#pragma once
// One language case: a file with its expectations in comments.
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "query/session.hpp"
#include "source/file.hpp"

namespace kdsl::cases {

/// A diagnostic that a comment announces.
struct Expectation {
  std::uint32_t line = 0;      // zero-based; of the code, not of the comment
  std::uint32_t column = 0;    // zero-based byte column of the first caret
  std::uint32_t width = 0;     // number of carets
  bool anywhere = false;       // `// at end`
  std::string code;
  std::string words;
};

std::vector<Expectation> expectationsOf(std::string_view text);

/// The params that lines `// -p name=text` set.
std::vector<query::Parameter> parametersOf(std::string_view text);

/// What is wrong with the match of diagnostics and expectations, a line for each; empty if they match one to one.
std::string compare(const source::FileTable& files, source::FileId file, const std::vector<diag::Diagnostic>& found, const std::vector<Expectation>& expected);

/// Without blanks around it.
std::string_view trim(std::string_view text);
/// Whether the diagnostic says the words anywhere.
bool mentions(const diag::Diagnostic& diagnostic, const std::string& words);

}  // namespace kdsl::cases
