#pragma once
// Quantity: the exact decimal number with a suffix that Kubernetes uses for cpu, memory and storage.
//
//   Quantity = [+-] (digits [. digits*] | . digits) [suffix]      suffix = n u m k M G T P E | Ki Mi Gi Ti Pi Ei | (e|E) [+-] digits
//
// A quantity is a whole number of billionths, at most 2^63-1 units large: what the API server can hold without rounding.
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "units/result.hpp"

namespace kdsl::units {

/// How a quantity counts. A result of arithmetic is written in the family of its left operand.
enum class SuffixFamily : std::uint8_t { Decimal, Binary, Exponent };

enum class Suffix : std::uint8_t {
  None, Nano, Micro, Milli, Kilo, Mega, Giga, Tera, Peta, Exa,  // 1, n u m k M G T P E
  Kibi, Mebi, Gibi, Tebi, Pebi, Exbi,                           // Ki Mi Gi Ti Pi Ei
  ExponentLower, ExponentUpper,                                 // 1e3, 1E3
};

/// 16 bytes, trivially copyable. Equality and order are by value: `1` equals `1000m`. No operation but printing allocates.
class Quantity {
 public:
  /// Zero, written `0`.
  constexpr Quantity() = default;

  /// Reads a whole text; it is printed again as it was written. Faults: Empty, BadNumber, UnknownSuffix, TooFine, TooLarge (out of range, or digits that
  /// do not fit 64 bits).
  static Result<Quantity> parse(std::string_view text);

  /// `value` units, written without a suffix.
  static constexpr Quantity fromInteger(std::int64_t value) {
    Quantity result;
    result.significand_ = value;
    return result;
  }

  /// The shortest decimal number that reads back as `value`. Faults: BadNumber (not finite), TooFine, TooLarge.
  static Result<Quantity> fromDouble(double value);

  /// As last written, or in canonical form if it was computed.
  std::string text() const;
  /// Appends text() to `out`.
  void appendTo(std::string& out) const;

  /// Kubernetes' canonical form: the largest suffix of its family that leaves a whole number; fractions are decimal.
  std::string canonicalText() const { return canonical().text(); }
  Quantity canonical() const;

  SuffixFamily family() const;
  Suffix suffix() const { return suffix_; }
  bool isNegative() const { return significand_ < 0; }
  bool isZero() const { return significand_ == 0; }

  /// The value if it is whole: `1Ki` is 1024. Fault: NotWhole.
  Result<std::int64_t> toInteger() const;
  /// The nearest double.
  double toDouble() const;
  /// How many `unit`s hold the value, rounded up (towards +infinity, as Kubernetes rounds): `1500Ki` in Mebi is 2. Fault: TooLarge.
  Result<std::int64_t> ceilTo(Suffix unit) const;
  /// The value in thousandths, as the API server counts cpu, rounded up. Fault: TooLarge.
  Result<std::int64_t> millis() const { return ceilTo(Suffix::Milli); }

  /// Exact. Fault: TooLarge.
  friend Result<Quantity> add(const Quantity& left, const Quantity& right);
  friend Result<Quantity> subtract(const Quantity& left, const Quantity& right);
  /// left × factor, where factor is a plain number such as `3` or `0.75`. A result in the Binary family is rounded up to whole bytes; in the others it is
  /// exact to a billionth, and else rounded up to thousandths. If `left` is finer than that already, it is rounded up to billionths. Fault: TooLarge.
  friend Result<Quantity> multiply(const Quantity& left, const Quantity& factor);
  /// left ÷ divisor, rounded as multiply does. Faults: DivisionByZero, TooLarge.
  friend Result<Quantity> divide(const Quantity& left, const Quantity& divisor);
  /// How many times `divisor` goes into `left`, as a double: `1Gi` / `512Mi` is 2.0. Fault: DivisionByZero.
  friend Result<double> ratio(const Quantity& left, const Quantity& divisor);
  /// Keeps the spelling but for the sign. Fault: TooLarge.
  friend Result<Quantity> negate(const Quantity& value);

  friend std::strong_ordering operator<=>(const Quantity& left, const Quantity& right);
  friend bool operator==(const Quantity& left, const Quantity& right);

  /// Equal values have equal hashes, however they are written.
  std::uint64_t hash() const;

  /// True if both print alike: equality of text, not of value.
  static bool sameSpelling(const Quantity& left, const Quantity& right);

 private:
  std::int64_t significand_ = 0;        // every digit as written, sign included; the point is in fractionDigits_
  Suffix suffix_ = Suffix::None;
  std::uint8_t fractionDigits_ = 0;
  std::uint8_t integerDigits_ = 1;      // digits before the point as written: leading zeros, and 0 for `.5`
  std::uint8_t marks_ = 0;              // written details: see quantity.cpp
  std::int8_t exponent_ = 0;            // of `1e3`
  std::uint8_t exponentDigits_ = 0;

  __int128 nanos() const;
  static Result<Quantity> fromNanos(__int128 nanos, SuffixFamily family);
};
static_assert(sizeof(Quantity) == 16);

/// For the message of UnknownSuffix: what was probably meant by a suffix (`K`, `kb`, `MB`, `gi` → `k`, `k`, `M`, `Gi`), or an empty view.
std::string_view probableSuffix(std::string_view suffix);

}  // namespace kdsl::units
