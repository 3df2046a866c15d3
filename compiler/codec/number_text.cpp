#include "codec/number_text.hpp"

#include <algorithm>
#include <limits>

namespace kdsl::codec {
namespace {

/// True if the number is at least 1. For numbers that are out of range, where from_chars does not say at which end.
bool isLarge(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t mantissaEnd = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, mantissaEnd);
  const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const auto firstDigit = static_cast<std::int64_t>(std::min(mantissa.find_first_not_of("0."), mantissa.size()));
  std::int64_t exponent = 0;
  if (mantissaEnd < text.size()) {
    std::string_view digits = text.substr(mantissaEnd + 1);
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), exponent).ec != std::errc{}) exponent = std::numeric_limits<std::int64_t>::max() / 2;
    if (negative) exponent = -exponent;
  }
  return point - firstDigit + exponent > 0;
}

}  // namespace

std::optional<double> readDouble(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    if (isLarge(text)) return std::nullopt;
    return text.starts_with('-') ? -0.0 : 0.0;
  }
  if (error != std::errc{}) return std::nullopt;
  return value;
}

}  // namespace kdsl::codec
