#pragma once
// A list of edits of several files, with what is to be checked anew after each, and what is found then. See README.md beside this file.
#include <string>
#include <string_view>
#include <vector>

namespace kdsl::cases {

struct ScriptStep {
  std::uint32_t line = 0;  // of the script, one-based
  std::string verb;        // `file`, `open`, `edit`, `write`, `delete`, `rename`, `checks`, `finds`
  std::string path;        // what stands behind the verb; of `rename` the file
  std::string words;       // of `rename` the new name; of `finds` all behind the place
  std::string before, after;  // of `edit`, `rename` (the place is that of the mark in `before`); the text of `file` and `write`
};

std::vector<ScriptStep> scriptOf(std::string_view text);

/// Runs the script in the empty folder. What did not go as it says, a line for each; empty if all did.
std::string runScript(const std::vector<ScriptStep>& steps, const std::string& folder);

}  // namespace kdsl::cases
