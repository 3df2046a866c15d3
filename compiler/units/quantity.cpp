#include "units/quantity.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>

namespace kdsl::units {
namespace {

using Wide = __int128;

// Details of the spelling that the other fields do not hold.
enum Mark : std::uint8_t {
  PlusSign = 1,
  MinusZero = 2,
  Point = 4,
  ExponentPlus = 8,
  CountsBinary = 16,  // computed in the binary family, though no suffix shows it
};

constexpr std::size_t kLongestText = 64;
constexpr Wide kNanosPerUnit = 1'000'000'000;
constexpr Wide kLeastNanos = Wide{std::numeric_limits<std::int64_t>::min()} * kNanosPerUnit;
constexpr Wide kLargestNanos = Wide{std::numeric_limits<std::int64_t>::max()} * kNanosPerUnit;
constexpr int kPowersOfTen = 38;  // 10^38 is the largest that fits

constexpr auto kPowerOfTen = [] {
  std::array<Wide, kPowersOfTen + 1> powers{};
  Wide power = 1;
  for (int i = 0; i <= kPowersOfTen; ++i) {
    powers[static_cast<std::size_t>(i)] = power;
    if (i < kPowersOfTen) power *= 10;
  }
  return powers;
}();

constexpr Wide powerOfTen(int exponent) { return kPowerOfTen[static_cast<std::size_t>(exponent)]; }

struct SuffixRow {
  std::string_view text;
  std::int8_t decimal;  // power of ten
  std::uint8_t binary;  // power of two
};

// In the order of enum Suffix.
constexpr std::array<SuffixRow, 18> kSuffixes = {{
    {"", 0, 0},    {"n", -9, 0},  {"u", -6, 0},  {"m", -3, 0},  {"k", 3, 0},   {"M", 6, 0},   {"G", 9, 0},  {"T", 12, 0}, {"P", 15, 0},
    {"E", 18, 0},  {"Ki", 0, 10}, {"Mi", 0, 20}, {"Gi", 0, 30}, {"Ti", 0, 40}, {"Pi", 0, 50}, {"Ei", 0, 60}, {"e", 0, 0},  {"E", 0, 0},
}};

constexpr const SuffixRow& row(Suffix suffix) { return kSuffixes[static_cast<std::size_t>(suffix)]; }
constexpr bool isExponent(Suffix suffix) { return suffix == Suffix::ExponentLower || suffix == Suffix::ExponentUpper; }
constexpr bool isBinary(Suffix suffix) { return suffix >= Suffix::Kibi && suffix <= Suffix::Exbi; }
constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// significand × 2^binary × 10^decimal billionths.
Result<Wide> scale(std::int64_t significand, int binary, int decimal) {
  Wide base = Wide{significand} * (Wide{1} << binary);  // at most 2^123
  if (base == 0) return base;
  if (decimal < 0) {
    if (decimal < -kPowersOfTen || base % powerOfTen(-decimal) != 0) return Fault::TooFine;
    base /= powerOfTen(-decimal);
  } else if (decimal > kPowersOfTen || __builtin_mul_overflow(base, powerOfTen(decimal), &base)) {
    return Fault::TooLarge;
  }
  if (base > kLargestNanos || base < kLeastNanos) return Fault::TooLarge;
  return base;
}

Wide ceilDivide(Wide dividend, Wide divisor) {
  const Wide quotient = dividend / divisor;
  const bool roundsUp = dividend % divisor != 0 && (dividend < 0) == (divisor < 0);
  return quotient + (roundsUp ? 1 : 0);
}

/// dividend ÷ divisor billionths, rounded as Quantity's multiply() documents; `left` is the left operand.
Wide quotientFor(Wide left, SuffixFamily family, Wide dividend, Wide divisor) {
  assert(divisor != 0);
  const Wide step = family == SuffixFamily::Binary ? kNanosPerUnit : kNanosPerUnit / 1000;
  const bool exact = dividend % divisor == 0;
  if (left % step != 0 || (exact && family != SuffixFamily::Binary)) return ceilDivide(dividend, divisor);
  return ceilDivide(dividend, divisor * step) * step;
}

}  // namespace

Result<Quantity> Quantity::parse(std::string_view text) {
  if (text.empty()) return Fault::Empty;
  if (text.size() > kLongestText) return Fault::TooLarge;
  Quantity result;
  std::size_t at = 0;
  bool negative = false;
  if (text[0] == '+' || text[0] == '-') {
    negative = text[0] == '-';
    if (!negative) result.marks_ |= PlusSign;
    at = 1;
  }

  std::uint64_t digits = 0;
  bool overflow = false;
  auto readDigits = [&] {
    const std::size_t first = at;
    for (; at < text.size() && isDigit(text[at]); ++at) {
      overflow |= __builtin_mul_overflow(digits, std::uint64_t{10}, &digits);
      overflow |= __builtin_add_overflow(digits, static_cast<std::uint64_t>(text[at] - '0'), &digits);
    }
    return static_cast<std::uint8_t>(at - first);
  };
  result.integerDigits_ = readDigits();
  if (at < text.size() && text[at] == '.') {
    result.marks_ |= Point;
    ++at;
    result.fractionDigits_ = readDigits();
  }
  if (result.integerDigits_ == 0 && result.fractionDigits_ == 0) return Fault::BadNumber;
  if (overflow || digits > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return Fault::TooLarge;
  result.significand_ = negative ? -static_cast<std::int64_t>(digits) : static_cast<std::int64_t>(digits);
  if (negative && digits == 0) result.marks_ |= MinusZero;

  const std::string_view suffix = text.substr(at);
  if (suffix.size() >= 2 && (suffix[0] == 'e' || suffix[0] == 'E') && suffix != "Ei") {
    std::size_t first = 1;
    const bool minus = suffix[1] == '-';
    if (suffix[1] == '+') result.marks_ |= ExponentPlus;
    if (minus || suffix[1] == '+') first = 2;
    if (first == suffix.size()) return Fault::UnknownSuffix;
    int exponent = 0;
    for (std::size_t i = first; i < suffix.size(); ++i) {
      if (!isDigit(suffix[i])) return Fault::UnknownSuffix;
      exponent = exponent * 10 + (suffix[i] - '0');
      if (exponent > 99) return minus ? Fault::TooFine : Fault::TooLarge;
    }
    if (minus && exponent == 0) return Fault::UnknownSuffix;  // `1e-0` has no spelling here
    result.suffix_ = suffix[0] == 'e' ? Suffix::ExponentLower : Suffix::ExponentUpper;
    result.exponent_ = static_cast<std::int8_t>(minus ? -exponent : exponent);
    result.exponentDigits_ = static_cast<std::uint8_t>(suffix.size() - first);
  } else if (!suffix.empty()) {
    std::size_t found = 1;
    while (found <= static_cast<std::size_t>(Suffix::Exbi) && kSuffixes[found].text != suffix) ++found;
    if (found > static_cast<std::size_t>(Suffix::Exbi)) return Fault::UnknownSuffix;
    result.suffix_ = static_cast<Suffix>(found);
  }

  const SuffixRow& unit = row(result.suffix_);
  const auto nanos = scale(result.significand_, unit.binary, 9 + unit.decimal + result.exponent_ - result.fractionDigits_);
  if (!nanos) return nanos.fault();
  return result;
}

Result<Quantity> Quantity::fromDouble(double value) {
  if (!std::isfinite(value)) return Fault::BadNumber;
  const double magnitude = std::fabs(value);
  if (magnitude >= 9.3e18) return Fault::TooLarge;
  if (magnitude != 0 && magnitude < 1e-9) return Fault::TooFine;
  std::array<char, kLongestText> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  if (end.ec != std::errc{}) return Fault::TooFine;
  return parse({buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())});
}

__int128 Quantity::nanos() const {
  const SuffixRow& unit = row(suffix_);
  return *scale(significand_, unit.binary, 9 + unit.decimal + exponent_ - fractionDigits_);  // holds: checked when this was made
}

Result<Quantity> Quantity::fromNanos(__int128 nanos, SuffixFamily family) {
  if (nanos > kLargestNanos || nanos < kLeastNanos) return Fault::TooLarge;
  Quantity result;
  if (family == SuffixFamily::Binary) result.marks_ = CountsBinary;
  Wide significand = nanos;
  if (family == SuffixFamily::Binary && nanos % kNanosPerUnit == 0) {
    significand = nanos / kNanosPerUnit;
    auto suffix = static_cast<std::uint8_t>(Suffix::Exbi);
    for (; suffix >= static_cast<std::uint8_t>(Suffix::Kibi); --suffix) {
      const Wide unit = Wide{1} << kSuffixes[suffix].binary;
      if (significand != 0 && significand % unit == 0) {
        significand /= unit;
        result.suffix_ = static_cast<Suffix>(suffix);
        break;
      }
    }
  } else if (nanos != 0) {
    int power = 18;
    while (nanos % powerOfTen(9 + power) != 0) power -= 3;
    significand = nanos / powerOfTen(9 + power);
    if (family == SuffixFamily::Exponent && power != 0) {
      result.suffix_ = Suffix::ExponentLower;
      result.exponent_ = static_cast<std::int8_t>(power);
      result.exponentDigits_ = power >= 10 ? 2 : 1;
    } else {
      std::size_t suffix = 0;
      while (kSuffixes[suffix].decimal != power) ++suffix;
      result.suffix_ = static_cast<Suffix>(suffix);
    }
  }
  if (significand > std::numeric_limits<std::int64_t>::max() || significand < std::numeric_limits<std::int64_t>::min()) return Fault::TooLarge;
  result.significand_ = static_cast<std::int64_t>(significand);
  return result;
}

SuffixFamily Quantity::family() const {
  if (isExponent(suffix_)) return SuffixFamily::Exponent;
  return isBinary(suffix_) || (marks_ & CountsBinary) != 0 ? SuffixFamily::Binary : SuffixFamily::Decimal;
}

void Quantity::appendTo(std::string& out) const {
  std::array<char, 24> number;
  const std::uint64_t magnitude = significand_ < 0 ? 0 - static_cast<std::uint64_t>(significand_) : static_cast<std::uint64_t>(significand_);
  char* const end = std::to_chars(number.data(), number.data() + number.size(), magnitude).ptr;
  const std::string_view digits{number.data(), static_cast<std::size_t>(end - number.data())};
  const std::size_t width = std::size_t{integerDigits_} + fractionDigits_;

  if (significand_ < 0 || (marks_ & MinusZero) != 0) out += '-';
  if ((marks_ & PlusSign) != 0) out += '+';
  const std::size_t zeros = width > digits.size() ? width - digits.size() : 0;
  const std::size_t beforePoint = digits.size() + zeros - fractionDigits_;
  for (std::size_t i = 0; i < zeros + digits.size(); ++i) {
    if (i == beforePoint) out += '.';
    out += i < zeros ? '0' : digits[i - zeros];
  }
  if ((marks_ & Point) != 0 && fractionDigits_ == 0) out += '.';

  out += row(suffix_).text;
  if (isExponent(suffix_)) {
    if (exponent_ < 0) out += '-';
    if ((marks_ & ExponentPlus) != 0) out += '+';
    const auto exponent = std::to_string(exponent_ < 0 ? -exponent_ : exponent_);
    if (exponentDigits_ > exponent.size()) out.append(exponentDigits_ - exponent.size(), '0');
    out += exponent;
  }
}

std::string Quantity::text() const {
  std::string out;
  appendTo(out);
  return out;
}

Quantity Quantity::canonical() const {
  // Below 1024 and for fractions, Kubernetes leaves the binary family; fromNanos does so for fractions and needs no suffix below 1024.
  const auto result = fromNanos(nanos(), family());
  return result ? *result : *this;  // more than 18 digits: there is no shorter form
}

Result<std::int64_t> Quantity::toInteger() const {
  const Wide value = nanos();
  if (value % kNanosPerUnit != 0) return Fault::NotWhole;
  return static_cast<std::int64_t>(value / kNanosPerUnit);
}

double Quantity::toDouble() const {
  const Wide value = nanos();
  return static_cast<double>(static_cast<long double>(value) / static_cast<long double>(kNanosPerUnit));
}

Result<std::int64_t> Quantity::ceilTo(Suffix unit) const {
  const SuffixRow& target = row(unit);
  const Wide step = target.binary != 0 ? (Wide{1} << target.binary) * kNanosPerUnit : powerOfTen(9 + target.decimal);
  const Wide count = ceilDivide(nanos(), step);
  if (count > std::numeric_limits<std::int64_t>::max() || count < std::numeric_limits<std::int64_t>::min()) return Fault::TooLarge;
  return static_cast<std::int64_t>(count);
}

Result<Quantity> add(const Quantity& left, const Quantity& right) { return Quantity::fromNanos(left.nanos() + right.nanos(), left.family()); }

Result<Quantity> subtract(const Quantity& left, const Quantity& right) { return Quantity::fromNanos(left.nanos() - right.nanos(), left.family()); }

Result<Quantity> multiply(const Quantity& left, const Quantity& factor) {
  Wide product;
  // An overflow means more than 10^38, and a result in range has less than 10^37 here.
  if (__builtin_mul_overflow(left.nanos(), factor.nanos(), &product)) return Fault::TooLarge;
  return Quantity::fromNanos(quotientFor(left.nanos(), left.family(), product, kNanosPerUnit), left.family());
}

Result<Quantity> divide(const Quantity& left, const Quantity& divisor) {
  if (divisor.isZero()) return Fault::DivisionByZero;
  const Wide dividend = left.nanos() * kNanosPerUnit;  // at most 10^37
  return Quantity::fromNanos(quotientFor(left.nanos(), left.family(), dividend, divisor.nanos()), left.family());
}

Result<double> ratio(const Quantity& left, const Quantity& divisor) {
  if (divisor.isZero()) return Fault::DivisionByZero;
  return static_cast<double>(static_cast<long double>(left.nanos()) / static_cast<long double>(divisor.nanos()));
}

Result<Quantity> negate(const Quantity& value) {
  Quantity result = value;
  if (__builtin_sub_overflow(std::int64_t{0}, value.significand_, &result.significand_)) return Fault::TooLarge;
  result.marks_ &= static_cast<std::uint8_t>(~(PlusSign | MinusZero));
  return result;
}

std::strong_ordering operator<=>(const Quantity& left, const Quantity& right) {
  const Wide a = left.nanos();
  const Wide b = right.nanos();
  return a < b ? std::strong_ordering::less : a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

bool operator==(const Quantity& left, const Quantity& right) { return (left <=> right) == 0; }

std::uint64_t Quantity::hash() const {
  const auto value = static_cast<unsigned __int128>(nanos());
  std::uint64_t hash = static_cast<std::uint64_t>(value) ^ (static_cast<std::uint64_t>(value >> 64) * 0x9e3779b97f4a7c15ull);
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ull;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebull;
  return hash ^ (hash >> 31);
}

bool Quantity::sameSpelling(const Quantity& left, const Quantity& right) {
  constexpr std::uint8_t shown = PlusSign | MinusZero | Point | ExponentPlus;
  return left.significand_ == right.significand_ && left.suffix_ == right.suffix_ && left.fractionDigits_ == right.fractionDigits_ &&
         left.integerDigits_ == right.integerDigits_ && (left.marks_ & shown) == (right.marks_ & shown) && left.exponent_ == right.exponent_ &&
         left.exponentDigits_ == right.exponentDigits_;
}

std::string_view probableSuffix(std::string_view suffix) {
  struct Word {
    std::string_view written, meant;
  };
  static constexpr Word durations[] = {{"sec", "s"},  {"secs", "s"}, {"second", "s"}, {"seconds", "s"}, {"min", "m"},  {"mins", "m"}, {"minute", "m"}, {"minutes", "m"}, {"hr", "h"},    {"hrs", "h"},
                                       {"hour", "h"}, {"hours", "h"}, {"day", "d"},    {"days", "d"},    {"msec", "ms"}, {"msecs", "ms"}, {"millis", "ms"}, {"usec", "us"},  {"nsec", "ns"}, {"H", "h"}, {"D", "d"}, {"S", "s"}};
  for (const auto& word : durations) {
    if (word.written == suffix) return word.meant;
  }
  std::array<char, 4> lower{};
  if (suffix.empty() || suffix.size() >= lower.size()) return {};
  std::size_t size = 0;
  for (const char c : suffix) lower[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  if (size > 1 && lower[size - 1] == 'b') --size;  // KB, MiB
  constexpr std::string_view kLetters = "kmgtpe";
  const std::size_t unit = kLetters.find(lower[0]);
  if (unit == std::string_view::npos) return {};
  const bool binary = size == 2 && lower[1] == 'i';
  if (!binary && size != 1) return {};
  const auto first = static_cast<std::size_t>(binary ? Suffix::Kibi : Suffix::Kilo);
  return kSuffixes[first + unit].text;
}

}  // namespace kdsl::units
