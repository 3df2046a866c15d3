#pragma once
// Non-cryptographic hashing for tables and early cut-off.
#include <cstdint>
#include <cstring>
#include <string_view>

namespace kdsl::base {

constexpr std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ull;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ull;
  x ^= x >> 32;
  return x;
}

constexpr std::uint64_t combine(std::uint64_t seed, std::uint64_t value) { return mix(seed * 0x9e3779b97f4a7c15ull + value + 0x7f4a7c15ull); }

/// Hash of a byte string; eight bytes a step.
inline std::uint64_t hashBytes(std::string_view text) {
  std::uint64_t hash = 0x243f6a8885a308d3ull ^ text.size();
  const char* at = text.data();
  std::size_t left = text.size();
  while (left >= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    hash = (hash ^ word) * 0x9fb21c651e98df25ull;
    hash ^= hash >> 29;
    at += 8;
    left -= 8;
  }
  std::uint64_t tail = 0;
  if (left != 0) std::memcpy(&tail, at, left);
  return mix(hash ^ tail ^ (static_cast<std::uint64_t>(left) << 56));
}

}  // namespace kdsl::base
