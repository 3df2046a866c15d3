#pragma once
// The values of literals. Their errors (bad escapes, numbers that are none) are found while lexing; here malformed parts decode as written.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.hpp"
#include "syntax/views.hpp"

namespace kdsl::syntax {

/// One part of a text: decoded characters, or an expression.
struct StringPart {
  /// Escapes decoded, indentation of `"""` taken off. Empty if `expr` is valid.
  std::string text;
  /// The expression of `${…}`, or none.
  NodeId expr = base::none<NodeId>;
};

/// The parts of a StringExpr or RawExpr, in order; neighbouring characters are one part. Empty for the empty text.
std::vector<StringPart> decodeString(const Tree& tree, NodeId string);

/// The value of a text without `${…}`; none if it has one, or if `string` is no StringExpr or RawExpr.
std::optional<std::string> plainText(const Tree& tree, NodeId string);

/// The text of a key: of a word, a Name, PathWord, PathString, or a text without `${…}`. None otherwise.
std::optional<std::string> keyText(const Tree& tree, NodeId key);

enum class NumberClass : std::uint8_t {
  Int,       ///< `42`, `1_000`, `0xFF`, `0o644`, `0b101`
  Float,     ///< `1.5`, `1e-3`
  Suffixed,  ///< digits and letters: `512Mi`, `250m`, `1h30m`: a quantity, a duration, or nothing, as the units decide
  Bad,       ///< `1.4.2`, `0x`, `1__0`
};

/// What a Number token's text is. O(length).
NumberClass classifyNumber(std::string_view text);

/// The value of an Int; none beyond 64 bits (2^63 itself is none too: `-` is an operator).
std::optional<std::int64_t> intValue(std::string_view text);
/// The value of a Float or Int, rounded to nearest; infinite when out of range.
double floatValue(std::string_view text);

/// The text as a literal in double quotes, so that decoding it gives `text` again.
std::string quoted(std::string_view text);
/// The blanks that begin the line of closing `"""` at `closing`: taken off every line of the text.
std::string_view closingIndentation(std::string_view source, std::uint32_t closing);

/// True if the text can be written as a bare word in a path or after a dot.
bool isBareWord(std::string_view text);

}  // namespace kdsl::syntax
