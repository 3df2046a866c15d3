#pragma once
// Decimal numbers as the readers take them. Not for use outside this folder.
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace kdsl::codec {

/// `text` matches [+-]? digits. nullopt if it does not fit 64 bits.
inline std::optional<std::int64_t> readInteger(std::string_view text, int base = 10) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// `text` is a decimal number, perhaps with sign, point and exponent. What is too small becomes 0; nullopt for what is too large.
std::optional<double> readDouble(std::string_view text);

}  // namespace kdsl::codec
