#include "hir/literals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "syntax/literal.hpp"
#include "units/duration.hpp"
#include "units/quantity.hpp"

namespace kdsl::hir {
namespace {

using units::Fault;

// The absolute value of an int literal; none beyond 64 bits. Unlike a signed value it can be 2^63, which only a minus sign makes an int.
std::optional<std::uint64_t> magnitude(std::string_view text) {
  unsigned radix = 10;
  if (text.size() > 2 && text[0] == '0') {
    switch (text[1]) {
      case 'x':
      case 'X': radix = 16; break;
      case 'o':
      case 'O': radix = 8; break;
      case 'b':
      case 'B': radix = 2; break;
      default: break;
    }
    if (radix != 10) text.remove_prefix(2);
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c == '_') continue;
    const auto digit = static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / radix) return std::nullopt;
    value = value * radix + digit;
  }
  return value;
}

NumberLiteral readInt(std::string_view text, bool negative) {
  NumberLiteral literal;
  literal.kind = NumberLiteral::Kind::OutOfRange;
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const auto value = magnitude(text);
  if (!value || *value > largest + (negative ? 1 : 0)) return literal;
  literal.kind = NumberLiteral::Kind::Int;
  literal.integer = static_cast<std::int64_t>(negative ? 0 - *value : *value);
  return literal;
}

NumberLiteral readFloat(std::string_view text, bool negative) {
  NumberLiteral literal;
  const double value = syntax::floatValue(text);
  literal.kind = std::isfinite(value) ? NumberLiteral::Kind::Float : NumberLiteral::Kind::OutOfRange;
  literal.real = negative ? -value : value;
  return literal;
}

NumberLiteral readUnit(std::string_view text, bool negative) {
  NumberLiteral literal;
  literal.kind = NumberLiteral::Kind::Unit;
  literal.unit.reserve(text.size() + 1);
  if (negative) literal.unit += '-';
  std::copy_if(text.begin(), text.end(), std::back_inserter(literal.unit), [](char c) { return c != '_'; });
  const auto quantity = units::Quantity::parse(literal.unit);
  if (quantity) return literal;
  const auto duration = units::Duration::parse(literal.unit);
  if (duration) return literal;
  literal.kind = NumberLiteral::Kind::BadUnit;
  // `1h30` is a bad duration rather than a quantity with the strange suffix `h30`.
  const bool nearlyDuration = duration.fault() != Fault::UnknownSuffix && duration.fault() != Fault::BadNumber;
  literal.fault = quantity.fault() == Fault::UnknownSuffix && nearlyDuration ? duration.fault() : quantity.fault();
  return literal;
}

}  // namespace

NumberLiteral readNumber(std::string_view text, bool negative) {
  switch (syntax::classifyNumber(text)) {
    case syntax::NumberClass::Int: return readInt(text, negative);
    case syntax::NumberClass::Float: return readFloat(text, negative);
    case syntax::NumberClass::Suffixed: return readUnit(text, negative);
    case syntax::NumberClass::Bad: break;
  }
  return {};
}

}  // namespace kdsl::hir
