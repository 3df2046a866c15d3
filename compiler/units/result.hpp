#pragma once
// A value or the reason why there is none, for the small value types of this folder.
#include <cstdint>
#include <string_view>

namespace kdsl::units {

enum class Fault : std::uint8_t {
  None,
  Empty,           ///< no text
  BadNumber,       ///< the text does not begin with a number of the grammar
  UnknownSuffix,   ///< the number is followed by a suffix or unit that does not exist
  MissingUnit,     ///< a number of a Duration has no unit
  UnitOrder,       ///< the units of a Duration do not go from large to small
  TooFine,         ///< a digit stands for less than a billionth (Quantity) or a nanosecond (Duration)
  TooLarge,        ///< the value, or a result, is out of range or has too many digits
  DivisionByZero,
  NotWhole,        ///< not a whole number of the unit that was asked for
};

/// The fault as the end of a sentence, lower case, without a full stop: "is out of range".
std::string_view explain(Fault fault);

/// A trivially copyable T or a Fault. `value()` may be read only when the result holds.
template <typename T>
class [[nodiscard]] Result {
 public:
  constexpr Result(T value) : value_(value) {}        // NOLINT(google-explicit-constructor): `return value;`
  constexpr Result(Fault fault) : fault_(fault) {}    // NOLINT(google-explicit-constructor): `return Fault::…;`

  constexpr explicit operator bool() const { return fault_ == Fault::None; }
  constexpr Fault fault() const { return fault_; }
  constexpr const T& value() const { return value_; }
  constexpr const T& operator*() const { return value_; }
  constexpr const T* operator->() const { return &value_; }

 private:
  T value_{};
  Fault fault_ = Fault::None;
};

}  // namespace kdsl::units
