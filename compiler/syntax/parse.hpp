#pragma once
// From text to tree. Never fails: any bytes give a tree, and diagnostics where the text is not kdsl.
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "source/span.hpp"
#include "syntax/tree.hpp"

namespace kdsl::syntax {

struct ParseResult {
  Tree tree;
  /// In source order; at most maxDiagnostics, then one `too_many_syntax_errors`.
  std::vector<diag::Diagnostic> diagnostics;
};

/// Nesting beyond this becomes an Error node with a diagnostic, so that no pass needs unbounded stack.
inline constexpr unsigned maxNesting = 512;
/// An operator or suffix chain (`a + b + …`, `a.b.c…`) makes no subtree higher than this.
inline constexpr unsigned maxHeight = 2048;
/// Syntax errors reported for one file.
inline constexpr unsigned maxDiagnostics = 200;

/// Parses a file. The tree views `text`, which must outlive it; at most source::maxFileBytes. Linear time. At the
/// deepest nesting it needs 512 KB of stack when optimised, 4 MB in a debug build.
ParseResult parse(source::FileId file, std::string_view text);

/// Parses a text that is one expression, for the command line (`-p replicas=3`) and the debugger: the root is a File whose first child
/// is the expression, followed by an Error if more follows.
ParseResult parseExpression(source::FileId file, std::string_view text);

}  // namespace kdsl::syntax
