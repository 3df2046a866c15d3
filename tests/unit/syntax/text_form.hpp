#pragma once
// Short text forms of trees and diagnostics, to compare with in tests.
#include <string>
#include <string_view>

#include "syntax/parse.hpp"

namespace kdsl::syntax::test {

ParseResult parseText(std::string_view text);

/// The children of the file as `Kind(Kind Kind)`, leaves without parentheses; the groups that carry no shape of their own are left out:
/// PathWord, NamedType's QualifiedName. Error and Missing as `Error` and `Missing`.
std::string shapeOf(const Tree& tree);

/// `2:5 KD2013` for each diagnostic, joined by `, `.
std::string codesOf(std::string_view text, const std::vector<diag::Diagnostic>& diagnostics);

/// Kinds of all tokens but the last, joined by blanks.
std::string kindsOf(const Tree& tree);

/// The text with the edits of a fix applied.
std::string applied(std::string_view text, const diag::Fix& fix);

/// Checks what must hold of every tree, whatever the text; empty if all is well, else what is wrong.
std::string violation(std::string_view text, const ParseResult& result);

}  // namespace kdsl::syntax::test
