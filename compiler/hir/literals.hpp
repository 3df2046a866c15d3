#pragma once
// The values of number literals.
#include <cstdint>
#include <string>
#include <string_view>

#include "units/result.hpp"

namespace kdsl::hir {

struct NumberLiteral {
  enum class Kind : std::uint8_t {
    Int,
    Float,
    Unit,        ///< with a suffix that is a Quantity's or a Duration's: `512Mi`, `30s`
    Malformed,   ///< no number; the lexer has said so
    OutOfRange,  ///< more than 64 bits, or no finite float
    BadUnit,     ///< neither a Quantity nor a Duration: `fault` says why
  };
  Kind kind = Kind::Malformed;
  units::Fault fault = units::Fault::None;
  std::int64_t integer = 0;
  double real = 0;
  std::string unit;  ///< without underscores
};

/// Reads the text of a number token, with a minus sign before it if `negative`. O(length).
NumberLiteral readNumber(std::string_view text, bool negative);

}  // namespace kdsl::hir
