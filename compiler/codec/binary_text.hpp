#pragma once
// Bytes as text, and hashes.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kdsl::codec {

/// RFC 4648 base64 with padding and without line breaks.
std::string encodeBase64(std::string_view bytes);
/// Strict: standard alphabet, full padding, no blanks, no stray bits. nullopt otherwise.
std::optional<std::string> decodeBase64(std::string_view text);

/// Two lower-case digits a byte.
std::string encodeHex(std::string_view bytes);
/// Either case. nullopt for an odd length or another character.
std::optional<std::string> decodeHex(std::string_view text);

/// RFC 3986: everything but letters, digits and `-._~` becomes %XX.
std::string encodePercent(std::string_view text);
/// nullopt if a `%` is not followed by two digits.
std::optional<std::string> decodePercent(std::string_view text);

using Sha256Digest = std::array<std::uint8_t, 32>;
/// FIPS 180-4.
Sha256Digest sha256(std::string_view bytes);
/// The digest in 64 hexadecimal digits.
std::string sha256Hex(std::string_view bytes);

}  // namespace kdsl::codec
