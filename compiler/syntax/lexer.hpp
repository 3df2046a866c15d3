#pragma once
// From bytes to tokens.
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "source/span.hpp"
#include "syntax/token.hpp"

namespace kdsl::syntax {

struct LexResult {
  Tokens tokens;
  /// In source order.
  std::vector<diag::Diagnostic> diagnostics;
  /// Some bracket has no partner.
  bool unbalanced = false;
  /// Where `unbalanced`: tokens, in order, that begin a declaration in the first column while brackets are open. The brackets before
  /// them are taken to be unclosed.
  std::vector<std::uint32_t> boundaries;
  /// The StringBegin or Raw tokens of texts that nothing closes, in order.
  std::vector<std::uint32_t> unterminated;
};

/// Splits any bytes into tokens. Linear time; no recursion.
LexResult lex(source::FileId file, std::string_view text);

/// A line that begins with such a token goes on with the line before: there is no NewLine between them.
bool beginsContinuation(TokenKind kind);

}  // namespace kdsl::syntax
