#pragma once
// Text of the user's made safe to print: no character of it can move the cursor, recolour the terminal or reverse the line.
#include <cstdint>
#include <string>
#include <string_view>

namespace kdsl::diag {

/// Appends the character at `at` as a terminal may show it and returns its length in bytes. Control characters become their pictures
/// (`␛`), invisible direction marks their number (`<U+202E>`), malformed bytes `�`. A tab is a control character here.
std::uint32_t appendVisibleCharacter(std::string& out, std::string_view text, std::size_t at);

/// All of `text`; a tab becomes a space.
void appendVisible(std::string& out, std::string_view text);

}  // namespace kdsl::diag
