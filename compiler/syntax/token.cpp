#include "syntax/token.hpp"

#include <array>

namespace kdsl::syntax {
namespace {

struct KindInfo {
  std::string_view name;
  std::string_view description;
};

constexpr KindInfo kinds[] = {
#define KDSL_TOKEN(kind, text) {#kind, text},
#include "grammar/tokens.def"
#undef KDSL_TOKEN
};

/// Spreads the contextual and reserved words over the table; any function would do, the probing makes it right.
constexpr std::size_t slotOf(std::string_view word) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(word[i]); };
  return (at(0) * 5u + at(word.size() / 2) * 11u + at(word.size() - 1) * 3u + word.size()) % 256;
}

constexpr auto wordTable = [] {
  std::array<TokenKind, 256> table{};
  for (auto& entry : table) entry = TokenKind::Name;
  for (auto kind = static_cast<std::size_t>(TokenKind::Underscore); kind <= static_cast<std::size_t>(TokenKind::KwTrue); ++kind) {
    auto slot = slotOf(kinds[kind].description);
    while (table[slot] != TokenKind::Name) slot = (slot + 1) % table.size();
    table[slot] = static_cast<TokenKind>(kind);
  }
  return table;
}();

constexpr std::size_t longestWord = std::string_view("deprecated").size();
/// By first byte: bit n is set if there is a word of n bytes. Most names are told from words by it.
constexpr auto lengthsByFirst = [] {
  std::array<std::uint16_t, 256> table{};
  for (auto kind = static_cast<std::size_t>(TokenKind::Underscore); kind <= static_cast<std::size_t>(TokenKind::KwTrue); ++kind) {
    const auto word = kinds[kind].description;
    auto& lengths = table[static_cast<unsigned char>(word[0])];
    lengths = static_cast<std::uint16_t>(lengths | 1u << word.size());
  }
  return table;
}();

}  // namespace

std::string_view describe(TokenKind kind) { return kinds[static_cast<std::size_t>(kind)].description; }

std::string_view kindName(TokenKind kind) { return kinds[static_cast<std::size_t>(kind)].name; }

TokenKind wordKind(std::string_view word) {
  if (word.empty() || word.size() > longestWord || (lengthsByFirst[static_cast<unsigned char>(word[0])] >> word.size() & 1u) == 0) return TokenKind::Name;
  for (auto slot = slotOf(word); wordTable[slot] != TokenKind::Name; slot = (slot + 1) % wordTable.size()) {
    if (describe(wordTable[slot]) == word) return wordTable[slot];
  }
  return TokenKind::Name;
}

}  // namespace kdsl::syntax
