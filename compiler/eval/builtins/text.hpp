#pragma once
// Text by characters (code points). A byte that is no UTF-8 counts as one character.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace kdsl::eval::builtins {

/// O(n).
std::size_t countCharacters(std::string_view text);

/// How many bytes the first `count` characters have; all, if there are fewer. O(n).
std::size_t bytesOfCharacters(std::string_view text, std::size_t count);

/// Precondition of both: the text is not empty. O(1).
std::string_view firstCharacter(std::string_view text);
std::string_view lastCharacter(std::string_view text);

/// The positions [first, last) of `slice(start, end)` in a sequence: a negative position counts from the end, and what lies outside is
/// left out. first <= last <= size.
std::pair<std::size_t, std::size_t> sliceBounds(std::size_t size, std::int64_t start, std::optional<std::int64_t> end);

}  // namespace kdsl::eval::builtins
