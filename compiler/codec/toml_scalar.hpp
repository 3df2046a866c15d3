#pragma once
// Numbers, dates and times of TOML 1.0. Not for use outside this folder.
#include <cstddef>
#include <string>
#include <string_view>

#include "codec/data.hpp"

namespace kdsl::codec {

/// A value without a span, or in `error` why the text is none.
struct TomlScalar {
  Data value;
  std::string_view error{};
  bool outOfRange = false;  ///< with `error`: a float beyond the range of double
};

/// `text` is a word that begins with a sign, digit or letter: a boolean, number, date or time. Dates and times become text. O(n).
TomlScalar typeTomlWord(std::string_view text);

/// True if `text` is `YYYY-MM-DD` in its form: a blank and a time may follow it.
bool looksLikeTomlDate(std::string_view text);

}  // namespace kdsl::codec
