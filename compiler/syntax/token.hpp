#pragma once
// Tokens of one file, as arrays beside each other: the parser reads only the kinds.
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/raw_vector.hpp"
#include "source/span.hpp"

namespace kdsl::syntax {

enum class TokenKind : std::uint8_t {
#define KDSL_TOKEN(kind, text) kind,
#include "grammar/tokens.def"
#undef KDSL_TOKEN
};

/// Position in the token arrays of one file.
enum class TokenId : std::uint32_t {};

/// How a message names the kind: its text for punctuation and words, else a description such as "a number".
std::string_view describe(TokenKind kind);

/// The enumerator's name: `LeftBrace`. For dumps.
std::string_view kindName(TokenKind kind);

/// A name in an expression: a plain name or a contextual word (`type`, `resource`, …).
constexpr bool isName(TokenKind kind) { return kind >= TokenKind::Name && kind <= TokenKind::KwWhere; }
constexpr bool isReserved(TokenKind kind) { return kind >= TokenKind::KwAbsent && kind <= TokenKind::KwTrue; }
/// What may be a key or stand after a dot: a name or a reserved word.
constexpr bool isWord(TokenKind kind) { return kind >= TokenKind::Name && kind <= TokenKind::KwTrue; }
/// `import param let resource external type schema component fn policy test private`: words that begin a declaration.
constexpr bool isDeclaring(TokenKind kind) {
  using enum TokenKind;
  switch (kind) {
    case KwImport: case KwParam: case KwLet: case KwResource: case KwExternal: case KwType: case KwSchema:
    case KwComponent: case KwFn: case KwPolicy: case KwTest: case KwPrivate:
      return true;
    default:
      return false;
  }
}

/// The kind of a word: contextual, reserved or Name.
TokenKind wordKind(std::string_view word);

/// The tokens of a file, in source order. Blanks and comments are the gaps between them; NewLine, EndOfFile and the closing tokens
/// that the lexer adds to an unterminated text have no bytes. The last token is always EndOfFile.
struct Tokens {
  base::RawVector<TokenKind> kind;
  base::RawVector<std::uint32_t> begin;
  base::RawVector<std::uint32_t> end;

  std::uint32_t size() const { return static_cast<std::uint32_t>(kind.size()); }
  TokenKind kindOf(TokenId id) const { return kind[base::index(id)]; }
  source::Span span(TokenId id) const { return {begin[base::index(id)], end[base::index(id)]}; }
  std::string_view text(std::string_view source, TokenId id) const {
    const auto at = base::index(id);
    return source.substr(begin[at], end[at] - begin[at]);
  }
};

}  // namespace kdsl::syntax
