// Access to records inside the embedded schema data; see blob.hpp.
#pragma once

#include <string_view>

#include "kubernetes/blob.hpp"

namespace kdsl::kubernetes::blob {

/// The records of type T at `offset`. Precondition: the blob was validated.
template <typename T>
const T* records(const Header* data, Offset offset) {
  return reinterpret_cast<const T*>(reinterpret_cast<const char*>(data) + offset);
}

/// The string at `offset`; empty for offset 0.
inline std::string_view text(const Header* data, Offset offset) {
  if (offset == 0) return {};
  const auto* bytes = records<unsigned char>(data, offset);
  size_t length = 0;
  for (unsigned shift = 0;; shift += 7) {
    const unsigned char byte = *bytes++;
    length |= static_cast<size_t>(byte & 0x7Fu) << shift;
    if ((byte & 0x80u) == 0) break;
  }
  return {reinterpret_cast<const char*>(bytes), length};
}

inline int64_t number(Int64 value) { return static_cast<int64_t>(static_cast<uint64_t>(value.high) << 32 | value.low); }

}  // namespace kdsl::kubernetes::blob
