#include "units/duration.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace kdsl::units {
namespace {

using Wide = __int128;

struct Unit {
  std::string_view text;
  std::int64_t nanoseconds;
};

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::array<Unit, 7> kUnits = {{
    {"d", 86'400 * kSecond}, {"h", 3'600 * kSecond}, {"m", 60 * kSecond}, {"s", kSecond}, {"ms", 1'000'000}, {"us", 1'000}, {"ns", 1}}};
// A day has 2^16 as a factor, so that no exact fraction of a unit has more than 16 digits.
constexpr Wide kLargestDivisor = 10'000'000'000'000'000;
constexpr std::size_t kHour = 1;
constexpr std::size_t kMicrosecond = 5;

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }

Result<Duration> fromWide(Wide nanoseconds) {
  if (nanoseconds > std::numeric_limits<std::int64_t>::max() || nanoseconds < std::numeric_limits<std::int64_t>::min()) return Fault::TooLarge;
  return Duration::fromNanoseconds(static_cast<std::int64_t>(nanoseconds));
}

/// Index into kUnits, or its size.
std::size_t unitOf(std::string_view text) {
  if (text == "\u00B5s" || text == "\u03BCs") return kMicrosecond;  // micro sign and Greek mu
  std::size_t unit = 0;
  while (unit < kUnits.size() && kUnits[unit].text != text) ++unit;
  return unit;
}

void appendNumber(std::string& out, std::uint64_t value) {
  std::array<char, 20> buffer;
  out.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr);
}

/// value ÷ unit in decimal, without trailing zeros; the unit is a power of ten.
void appendFraction(std::string& out, std::uint64_t value, std::uint64_t unit) {
  appendNumber(out, value / unit);
  std::uint64_t rest = value % unit;
  if (rest == 0) return;
  out += '.';
  while (rest != 0) {
    unit /= 10;
    out += static_cast<char>('0' + rest / unit);
    rest %= unit;
  }
}

void appendLikeGo(std::string& out, std::uint64_t nanoseconds) {
  constexpr auto second = static_cast<std::uint64_t>(kSecond);
  if (nanoseconds == 0) {
    out += "0s";
  } else if (nanoseconds < 1'000) {
    appendFraction(out, nanoseconds, 1);
    out += "ns";
  } else if (nanoseconds < 1'000'000) {
    appendFraction(out, nanoseconds, 1'000);
    out += "\u00B5s";
  } else if (nanoseconds < second) {
    appendFraction(out, nanoseconds, 1'000'000);
    out += "ms";
  } else {
    const std::uint64_t minutes = nanoseconds / (60 * second);
    if (minutes >= 60) {
      appendNumber(out, minutes / 60);
      out += 'h';
    }
    if (minutes != 0) {
      appendNumber(out, minutes % 60);
      out += 'm';
    }
    appendFraction(out, nanoseconds % (60 * second), second);
    out += 's';
  }
}

}  // namespace

Result<Duration> Duration::parse(std::string_view text) {
  if (text.empty()) return Fault::Empty;
  std::size_t at = 0;
  const bool negative = text[0] == '-';
  if (negative || text[0] == '+') at = 1;
  if (text.substr(at) == "0") return Duration{};

  Wide total = 0;
  std::size_t nextUnit = 0;
  do {
    Wide number = 0;
    Wide divisor = 1;
    std::size_t digits = 0;
    bool afterPoint = false;
    for (; at < text.size() && (isDigit(text[at]) || (text[at] == '.' && !afterPoint)); ++at) {
      if (text[at] == '.') {
        afterPoint = true;
        continue;
      }
      ++digits;
      number = number * 10 + (text[at] - '0');
      if (afterPoint) divisor *= 10;
      if (divisor > kLargestDivisor) return Fault::TooFine;
      if (number > Wide{1'000'000} * std::numeric_limits<std::int64_t>::max()) return Fault::TooLarge;
    }
    if (digits == 0) return Fault::BadNumber;
    const std::size_t unitBegin = at;
    while (at < text.size() && !isDigit(text[at]) && text[at] != '.') ++at;
    if (at == unitBegin) return Fault::MissingUnit;
    const std::size_t unit = unitOf(text.substr(unitBegin, at - unitBegin));
    if (unit == kUnits.size()) return Fault::UnknownSuffix;
    if (unit < nextUnit) return Fault::UnitOrder;
    nextUnit = unit + 1;
    Wide amount;
    if (__builtin_mul_overflow(number, Wide{kUnits[unit].nanoseconds}, &amount)) return Fault::TooLarge;
    if (amount % divisor != 0) return Fault::TooFine;
    total += amount / divisor;
    if (total > Wide{1} << 64) return Fault::TooLarge;
  } while (at < text.size());
  return fromWide(negative ? -total : total);
}

Result<Duration> Duration::fromSeconds(std::int64_t seconds) { return fromWide(Wide{seconds} * kSecond); }

Result<std::int64_t> Duration::toSeconds() const {
  if (nanoseconds_ % kSecond != 0) return Fault::NotWhole;
  return nanoseconds_ / kSecond;
}

Result<std::int64_t> Duration::toMilliseconds() const {
  if (nanoseconds_ % 1'000'000 != 0) return Fault::NotWhole;
  return nanoseconds_ / 1'000'000;
}

double Duration::seconds() const {
  return static_cast<double>(static_cast<long double>(nanoseconds_) / static_cast<long double>(kSecond));
}

void Duration::appendTo(std::string& out, DurationStyle style) const {
  std::uint64_t rest = static_cast<std::uint64_t>(nanoseconds_);
  if (nanoseconds_ < 0) {
    out += '-';
    rest = 0 - rest;
  }
  if (style == DurationStyle::Go) return appendLikeGo(out, rest);
  if (rest == 0) {
    out += "0s";
    return;
  }
  for (std::size_t unit = style == DurationStyle::Hours ? kHour : 0; rest != 0; ++unit) {
    const auto size = static_cast<std::uint64_t>(kUnits[unit].nanoseconds);
    if (rest < size) continue;
    appendNumber(out, rest / size);
    out += kUnits[unit].text;
    rest %= size;
  }
}

std::string Duration::text(DurationStyle style) const {
  std::string out;
  appendTo(out, style);
  return out;
}

Result<Duration> add(Duration left, Duration right) { return fromWide(Wide{left.nanoseconds_} + right.nanoseconds_); }

Result<Duration> subtract(Duration left, Duration right) { return fromWide(Wide{left.nanoseconds_} - right.nanoseconds_); }

Result<Duration> multiply(Duration left, std::int64_t factor) { return fromWide(Wide{left.nanoseconds_} * factor); }

Result<Duration> multiply(Duration left, double factor) {
  if (!std::isfinite(factor)) return Fault::BadNumber;
  const long double product = std::round(static_cast<long double>(left.nanoseconds_) * factor);
  if (std::fabs(product) > 9.2e18L) return Fault::TooLarge;
  return Duration::fromNanoseconds(static_cast<std::int64_t>(product));
}

Result<Duration> divide(Duration left, std::int64_t divisor) {
  if (divisor == 0) return Fault::DivisionByZero;
  return fromWide(Wide{left.nanoseconds_} / divisor);
}

Result<double> ratio(Duration left, Duration divisor) {
  if (divisor.nanoseconds_ == 0) return Fault::DivisionByZero;
  return static_cast<double>(static_cast<long double>(left.nanoseconds_) / static_cast<long double>(divisor.nanoseconds_));
}

Result<Duration> negate(Duration value) { return fromWide(-Wide{value.nanoseconds_}); }

}  // namespace kdsl::units
