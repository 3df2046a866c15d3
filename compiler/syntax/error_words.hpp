#pragma once
// What the messages of syntax errors call the parts of the grammar.
#include <string_view>

#include "grammar/operators.hpp"
#include "grammar/wanted.hpp"
#include "syntax/token.hpp"

namespace kdsl::syntax {

inline std::string_view describe(grammar::Wanted wanted) {
  using grammar::Wanted;
  switch (wanted) {
    case Wanted::Name: return "a name";
    case Wanted::Type: return "a type";
    case Wanted::Value: return "an expression";
    case Wanted::Condition: return "a condition";
    case Wanted::Operand: return "an expression";
    case Wanted::Text: return "a text in double quotes";
    case Wanted::Entry: return "an entry";
    case Wanted::Item: return "a declaration or an entry";
    case Wanted::Element: return "an element";
    case Wanted::Field: return "a field";
    case Wanted::Arm: return "an arm such as `\"a\" => 1`";
    case Wanted::Nothing: return "the end of the expression";
    case Wanted::Body: return "`{`";
    case Wanted::Word: return "a name";
    case Wanted::Head: return "`(`";
    case Wanted::Bound: return "a bound such as `1..5`";
  }
  return "something else";
}

inline bool isOperator(TokenKind kind) { return grammar::precedence(kind) != 0 || kind == TokenKind::Not; }
inline bool isText(TokenKind kind) { return kind >= TokenKind::Raw && kind <= TokenKind::StringEnd; }

}  // namespace kdsl::syntax
