#pragma once
// Digests as parts of names.
#include <cstddef>
#include <string>
#include <string_view>

namespace kdsl::eval::builtins {

/// The longest safeDigest().
inline constexpr std::size_t kSafeDigestLimit = 32;

/// `length` characters of the SHA-256 of some bytes, in digits and consonants (no vowels: no words): they may stand in every Kubernetes name and label.
/// Each character has about 4.75 bits. Precondition: length <= kSafeDigestLimit.
std::string safeDigest(std::string_view bytes, std::size_t length);

}  // namespace kdsl::eval::builtins
