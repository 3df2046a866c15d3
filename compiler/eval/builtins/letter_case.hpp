#pragma once
// Upper and lower case of single characters.
#include <string>
#include <string_view>

namespace kdsl::eval::builtins {

/// Unicode's simple case mapping for Latin (to U+017F, and U+1E00 to U+1EFF), modern Greek and Cyrillic letters; other characters are their own
/// case. One character stays one character: `ß` has no upper case.
char32_t upperCase(char32_t c);
char32_t lowerCase(char32_t c);

/// All characters of a text. O(n).
std::string upperCase(std::string_view text);
std::string lowerCase(std::string_view text);

}  // namespace kdsl::eval::builtins
