#include "codec/yaml_plain_type.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>

#include "codec/number_text.hpp"

namespace kdsl::codec {
namespace {

using namespace std::string_view_literals;

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> words) { return std::ranges::find(words, text) != words.end(); }

bool consistsOf(std::string_view text, std::string_view characters) { return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos; }

constexpr std::string_view kDigits = "0123456789";

/// lower, Capital or UPPER: the three ways that YAML knows to write a word.
bool isWord(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  const auto upper = [](char c) { return static_cast<char>(c - ('a' - 'A')); };
  if (text.substr(1) == lower.substr(1)) return text[0] == lower[0] || text[0] == upper(lower[0]);
  return std::ranges::equal(text, lower, {}, {}, upper);
}

/// ( . digits | digits [ . digits* ] ) [ (e|E) [+-] digits ], without a sign.
bool isDecimal(std::string_view text) {
  const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
  if (exponent < text.size()) {
    std::string_view power = text.substr(exponent + 1);
    if (power.starts_with('+') || power.starts_with('-')) power.remove_prefix(1);
    if (!consistsOf(power, kDigits)) return false;
  }
  const std::string_view mantissa = text.substr(0, exponent);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::string_view fraction = mantissa.substr(std::min(point + 1, mantissa.size()));
  if (point == 0) return consistsOf(fraction, kDigits);
  return consistsOf(mantissa.substr(0, point), kDigits) && (fraction.empty() || consistsOf(fraction, kDigits));
}

/// An integer in another base; beyond 64 bits it is a float.
PlainScalar inBase(std::string_view digits, int base, PlainNote note) {
  if (const auto value = readInteger(digits, base)) return {Data::integer(*value), note};
  double value = 0;
  for (const char c : digits) {
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    value = value * base + digit;
  }
  if (value > std::numeric_limits<double>::max()) return {Data::null(), PlainNote::NumberRange};
  return {Data::floating(value), PlainNote::InexactInteger};
}

PlainScalar decimal(std::string_view text, PlainNote note) {
  const auto value = readDouble(text);
  if (!value) return {Data::null(), PlainNote::NumberRange};
  return {Data::floating(*value), note};
}

/// What YAML 1.1 readers take for a number: `1_000`, `0b11`, `-0x1F`, `12:30:45`.
bool isOldNumber(std::string_view unsignedText) {
  if (unsignedText.empty() || unsignedText[0] < '0' || unsignedText[0] > '9') return false;
  std::string digits;
  for (const char c : unsignedText) {
    if (c != '_') digits += c;
  }
  const std::string_view text = digits;
  if (text.starts_with("0b")) return consistsOf(text.substr(2), "01");
  if (text.starts_with("0x")) return consistsOf(text.substr(2), "0123456789abcdefABCDEF");
  if (text.starts_with("0o")) return consistsOf(text.substr(2), "01234567");
  if (text.size() < unsignedText.size() && isDecimal(text)) return true;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !consistsOf(text.substr(0, colon), kDigits)) return false;
  std::string_view rest = text.substr(colon);
  while (rest.starts_with(':')) {
    rest.remove_prefix(1);
    const std::size_t size = std::min(rest.find_first_not_of(kDigits), rest.size());
    if (size == 0 || size > 2 || (size == 2 && rest[0] > '5')) return false;
    rest.remove_prefix(size);
  }
  return rest.empty() || (rest[0] == '.' && rest.find_first_not_of(kDigits, 1) == std::string_view::npos);
}

PlainScalar number(std::string_view text) {
  const bool isSigned = text[0] == '+' || text[0] == '-';
  const std::string_view digits = text.substr(isSigned ? 1 : 0);
  if (digits.starts_with('.') && isWord(digits.substr(1), "inf")) {
    const double infinity = std::numeric_limits<double>::infinity();
    return {Data::floating(text[0] == '-' ? -infinity : infinity)};
  }
  if (!isSigned && isOneOf(text, {".nan", ".NaN", ".NAN"})) return {Data::floating(std::numeric_limits<double>::quiet_NaN())};
  if (consistsOf(digits, kDigits)) {
    if (digits.size() > 1 && digits[0] == '0') {
      if (!isSigned && consistsOf(digits, "01234567")) return inBase(digits, 8, PlainNote::AmbiguousNumber);
      const auto value = readInteger(text);
      return value ? PlainScalar{Data::integer(*value), PlainNote::AmbiguousNumber} : decimal(text, PlainNote::AmbiguousNumber);
    }
    const auto value = readInteger(text);
    return value ? PlainScalar{Data::integer(*value)} : decimal(text, PlainNote::InexactInteger);
  }
  if (!isSigned && text.starts_with("0x") && consistsOf(text.substr(2), "0123456789abcdefABCDEF")) return inBase(text.substr(2), 16, PlainNote::None);
  if (!isSigned && text.starts_with("0o") && consistsOf(text.substr(2), "01234567")) return inBase(text.substr(2), 8, PlainNote::None);
  if (isDecimal(digits)) return decimal(text, PlainNote::None);
  return {Data::string(std::string(text)), isOldNumber(digits) ? PlainNote::AmbiguousNumber : PlainNote::None};
}

}  // namespace

PlainScalar typePlainYaml(std::string_view text) {
  if (text.empty() || text == "~" || isWord(text, "null")) return {};
  if ("0123456789+-."sv.find(text[0]) != std::string_view::npos) return number(text);
  if (isWord(text, "true")) return {Data::boolean(true)};
  if (isWord(text, "false")) return {Data::boolean(false)};
  for (const std::string_view word : {"y"sv, "n"sv, "yes"sv, "no"sv, "on"sv, "off"sv}) {
    if (isWord(text, word)) return {Data::string(std::string(text)), PlainNote::AmbiguousBoolean};
  }
  return {Data::string(std::string(text))};
}

}  // namespace kdsl::codec
