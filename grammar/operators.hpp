#pragma once
// Binary operators.
#include "syntax/token.hpp"

namespace kdsl::grammar {

/// How tightly a binary operator binds; 0 for other tokens.
constexpr unsigned precedence(syntax::TokenKind kind) {
  using enum syntax::TokenKind;
  switch (kind) {
    case OrOr: return 1;
    case AndAnd: return 2;
    case Equal: case NotEqual: case Less: case LessEqual: case Greater: case GreaterEqual: case KwIn: case KwIs: return 3;
    case QuestionQuestion: return 4;
    case Plus: case Minus: return 5;
    case Star: case Slash: case Percent: return 6;
    default: return 0;
  }
}
inline constexpr unsigned comparison_precedence = 3;
inline constexpr unsigned default_precedence = 4;

}  // namespace kdsl::grammar
