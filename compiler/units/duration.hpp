#pragma once
// Duration: a span of time in whole nanoseconds.
//
//   Duration = [+-] (number unit)+ | 0      unit = d h m s ms us µs ns, from large to small, each at most once; number = digits [. digits]
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "units/result.hpp"

namespace kdsl::units {

enum class DurationStyle : std::uint8_t {
  Canonical,  ///< the largest exact units: `7d`, `1h30m`, `100ms`, `0s`
  Hours,      ///< the same without days, for readers of Go's durations: `168h`
  Go,         ///< byte for byte what Go's time.Duration prints: `168h0m0s`, `1.5s`, `0s`
};

/// 8 bytes, trivially copyable. About ±292 years.
class Duration {
 public:
  constexpr Duration() = default;

  /// Reads a whole text. Also reads all that DurationStyle::Go prints. Faults: Empty, BadNumber, UnknownSuffix, MissingUnit, UnitOrder, TooFine, TooLarge.
  static Result<Duration> parse(std::string_view text);
  static constexpr Duration fromNanoseconds(std::int64_t nanoseconds) {
    Duration result;
    result.nanoseconds_ = nanoseconds;
    return result;
  }
  /// Fault: TooLarge.
  static Result<Duration> fromSeconds(std::int64_t seconds);

  constexpr std::int64_t nanoseconds() const { return nanoseconds_; }
  /// Fault: NotWhole, if it is no whole number of seconds.
  Result<std::int64_t> toSeconds() const;
  Result<std::int64_t> toMilliseconds() const;
  /// The nearest double, in seconds.
  double seconds() const;

  std::string text(DurationStyle style = DurationStyle::Canonical) const;
  void appendTo(std::string& out, DurationStyle style = DurationStyle::Canonical) const;

  /// Fault: TooLarge.
  friend Result<Duration> add(Duration left, Duration right);
  friend Result<Duration> subtract(Duration left, Duration right);
  friend Result<Duration> multiply(Duration left, std::int64_t factor);
  /// Rounded to the nearest nanosecond. Faults: TooLarge, BadNumber (factor is not finite).
  friend Result<Duration> multiply(Duration left, double factor);
  /// Truncated to a nanosecond, towards zero. Faults: DivisionByZero, TooLarge.
  friend Result<Duration> divide(Duration left, std::int64_t divisor);
  /// Fault: DivisionByZero.
  friend Result<double> ratio(Duration left, Duration divisor);
  friend Result<Duration> negate(Duration value);

  friend constexpr auto operator<=>(const Duration&, const Duration&) = default;

 private:
  std::int64_t nanoseconds_ = 0;
};

}  // namespace kdsl::units
