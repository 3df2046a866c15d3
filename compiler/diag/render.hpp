#pragma once
// Reports as text: for people, for programs (JSON, SARIF) and for the log of a GitHub workflow. Every renderer appends to `out`.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "diag/report.hpp"

namespace kdsl::diag {

struct TextOptions {
  /// ANSI colours.
  bool color = false;
  /// Cells of a line of the excerpts; longer source lines are clipped around what is marked. Messages and notes are never cut or broken.
  std::uint32_t width = 120;
  /// Diagnostics shown; of the others only the number is.
  std::size_t limit = 100;
  /// End with `2 errors, 1 warning`.
  bool summary = true;
};

/// For people: message, excerpts with carets and labels, notes, help; a blank line between two diagnostics.
/// Columns are counted in code points, from 1.
void renderText(const Report& report, const TextOptions& options, std::string& out);

/// One JSON object: `version`, `diagnostics`, `summary`. docs/guide/command-line.md has the schema; a change of meaning raises `version`.
void renderJson(const Report& report, std::string& out);

/// SARIF 2.1.0 with rules and fixes. `toolVersion` is kdsl's own. Columns are code points.
void renderSarif(const Report& report, std::string_view toolVersion, std::string& out);

/// GitHub workflow commands, one line each: `::error file=…,line=…,col=…,endColumn=…,title=…::message`.
void renderGithub(const Report& report, std::string& out);

}  // namespace kdsl::diag
