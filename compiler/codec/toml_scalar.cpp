#include "codec/toml_scalar.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "codec/number_text.hpp"

namespace kdsl::codec {
namespace {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// True if `text` has the form of `pattern`, in which 0 stands for a digit.
bool matches(std::string_view text, std::string_view pattern) {
  return std::ranges::equal(text, pattern, [](char c, char form) { return form == '0' ? isDigit(c) : c == form; });
}

int numberAt(std::string_view text, std::size_t begin, std::size_t size) {
  int value = 0;
  for (const char c : text.substr(begin, size)) value = value * 10 + (c - '0');
  return value;
}

bool isDate(std::string_view text) {
  if (!looksLikeTomlDate(text)) return false;
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = numberAt(text, 0, 4);
  const int month = numberAt(text, 5, 2);
  const int day = numberAt(text, 8, 2);
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/// HH:MM:SS with a fraction of any length.
bool isTime(std::string_view text) {
  if (text.size() < 8 || !matches(text.substr(0, 8), "00:00:00")) return false;
  if (numberAt(text, 0, 2) > 23 || numberAt(text, 3, 2) > 59 || numberAt(text, 6, 2) > 60) return false;
  const std::string_view fraction = text.substr(8);
  return fraction.empty() || (fraction.size() > 1 && fraction[0] == '.' && std::ranges::all_of(fraction.substr(1), isDigit));
}

bool isDateTime(std::string_view text) {
  if (text.size() < 19 || !isDate(text.substr(0, 10)) || std::string_view{"Tt "}.find(text[10]) == std::string_view::npos) return false;
  std::string_view time = text.substr(11);
  if (time.ends_with('Z') || time.ends_with('z')) return isTime(time.substr(0, time.size() - 1));
  const std::size_t offset = time.find_first_of("+-");
  if (offset != std::string_view::npos) {
    const std::string_view zone = time.substr(offset + 1);
    if (!matches(zone, "00:00") || numberAt(zone, 0, 2) > 23 || numberAt(zone, 3, 2) > 59) return false;
    time = time.substr(0, offset);
  }
  return isTime(time);
}

/// Drops the `_` that stand between two digits. nullopt if one stands elsewhere.
std::optional<std::string> withoutUnderscores(std::string_view text) {
  const auto isHexDigit = [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
    } else if (i == 0 || i + 1 == text.size() || !isHexDigit(text[i - 1]) || !isHexDigit(text[i + 1])) {
      return std::nullopt;
    }
  }
  return out;
}

TomlScalar integer(std::string_view digits, int base) {
  const auto value = readInteger(digits, base);
  if (value) return {Data::integer(*value)};
  return {{}, "this integer does not fit 64 bits"};
}

TomlScalar number(std::string_view text) {
  constexpr std::string_view notNumber = "a value was expected: text stands in quotes";
  const bool isSigned = text[0] == '+' || text[0] == '-';
  const std::string_view unsignedText = text.substr(isSigned ? 1 : 0);
  if (unsignedText == "inf") {
    const double infinity = std::numeric_limits<double>::infinity();
    return {Data::floating(text[0] == '-' ? -infinity : infinity)};
  }
  if (unsignedText == "nan") return {Data::floating(std::numeric_limits<double>::quiet_NaN())};
  if (unsignedText.empty() || !isDigit(unsignedText[0])) return {{}, notNumber};
  const auto cleaned = withoutUnderscores(text);
  if (!cleaned) return {{}, "`_` stands only between digits of a number"};
  const std::string_view whole = *cleaned;
  if (!isSigned && whole.size() > 2 && whole[0] == '0' && whole.find_first_of("xob") == 1) {
    const int base = whole[1] == 'x' ? 16 : whole[1] == 'o' ? 8 : 2;
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    const std::string_view allowed = digits.substr(0, base == 16 ? digits.size() : static_cast<std::size_t>(base));
    if (whole.find_first_not_of(allowed, 2) != std::string_view::npos) return {{}, "this number has a digit that its base does not have"};
    return integer(whole.substr(2), base);
  }

  const std::string_view digits = whole.substr(isSigned ? 1 : 0);
  std::size_t at = 0;
  const auto skipDigits = [&] {
    const std::size_t first = at;
    while (at < digits.size() && isDigit(digits[at])) ++at;
    return at - first;
  };
  const std::size_t integerDigits = skipDigits();
  if (digits[0] == '0' && integerDigits > 1) return {{}, "a number has no leading zeros"};
  if (at == digits.size()) return integer(whole, 10);
  if (digits[at] == '.') {
    ++at;
    if (skipDigits() == 0) return {{}, "a digit was expected after `.`"};
  }
  if (at < digits.size() && (digits[at] == 'e' || digits[at] == 'E')) {
    ++at;
    if (at < digits.size() && (digits[at] == '+' || digits[at] == '-')) ++at;
    if (skipDigits() == 0) return {{}, "a digit was expected in the exponent"};
  }
  if (at != digits.size()) return {{}, notNumber};
  const auto value = readDouble(whole);
  if (!value) return {{}, "this number is too large", true};
  return {Data::floating(*value)};
}

}  // namespace

bool looksLikeTomlDate(std::string_view text) { return matches(text, "0000-00-00"); }

TomlScalar typeTomlWord(std::string_view text) {
  if (text == "true" || text == "false") return {Data::boolean(text == "true")};
  const bool isTemporal = (text.size() >= 10 && looksLikeTomlDate(text.substr(0, 10))) || (text.size() > 2 && text[2] == ':');
  if (!isTemporal) return number(text);
  if (isDate(text) || isTime(text) || isDateTime(text)) return {Data::string(std::string(text))};
  return {{}, "this is no date or time of the calendar"};
}

}  // namespace kdsl::codec
