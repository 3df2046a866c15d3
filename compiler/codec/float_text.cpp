#include "codec/float_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace kdsl::codec {

void appendFloat(std::string& out, double value) {
  if (std::isnan(value)) {
    out += ".nan";
    return;
  }
  if (std::isinf(value)) {
    out += value < 0 ? "-.inf" : ".inf";
    return;
  }
  const double magnitude = std::fabs(value);
  const bool fixed = magnitude == 0 || (magnitude >= 1e-5 && magnitude < 1e16);
  std::array<char, 32> buffer;  // at most 17 digits, sign, point, four zeros or an exponent
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, fixed ? std::chars_format::fixed : std::chars_format::scientific).ptr;
  const std::string_view text{buffer.data(), static_cast<std::size_t>(end - buffer.data())};
  // A YAML 1.1 reader takes a number without a point for an integer, or for text if it has an exponent.
  const std::size_t exponent = std::min(text.find('e'), text.size());
  out += text.substr(0, exponent);
  if (text.find('.') == std::string_view::npos) out += ".0";
  out += text.substr(exponent);
}

}  // namespace kdsl::codec
