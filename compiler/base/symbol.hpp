#pragma once
// Interned text. Equal text has the equal Symbol in the whole process, so names compare and hash as integers.
#include <cstdint>
#include <string_view>

namespace kdsl::base {

enum class Symbol : std::uint32_t {};

/// The symbol of the empty text; also the value of a default-constructed Symbol.
inline constexpr Symbol emptySymbol = Symbol{0};

/// Interns a copy of `text`. Thread-safe; one hash look-up when the text is known.
Symbol intern(std::string_view text);

/// As `intern`, of a text that lives as long as the process: it is not copied.
Symbol internStatic(std::string_view text);

/// The symbol of `text` if it was ever interned; emptySymbol otherwise. Never allocates.
Symbol findSymbol(std::string_view text);

/// The text of a symbol; valid for the life of the process. Constant time, no lock.
std::string_view text(Symbol symbol);

}  // namespace kdsl::base
