#pragma once
// The type of a plain YAML scalar. Not for use outside this folder.
#include <cstdint>
#include <string_view>

#include "codec/data.hpp"

namespace kdsl::codec {

enum class PlainNote : std::uint8_t { None, AmbiguousBoolean, AmbiguousNumber, InexactInteger, NumberRange };

struct PlainScalar {
  Data value;  ///< without a span; of NumberRange, null
  PlainNote note = PlainNote::None;
};

/// YAML 1.2's core schema with one rule of Kubernetes' reader: digits with a leading zero (`0644`) are octal if they can be, with the note AmbiguousNumber.
/// Text that YAML 1.1 takes for a boolean or number is text, with a note. O(n).
PlainScalar typePlainYaml(std::string_view text);

}  // namespace kdsl::codec
