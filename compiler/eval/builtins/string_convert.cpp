// What text says: numbers, quantities, durations; and text in quotes. Text that does not say it gives absent.
#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "codec/json_scalar.hpp"
#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"

namespace kdsl::eval::builtins {
namespace {

using types::Builtin;
using Text = std::string_view;

/// Drops a leading `+`, which from_chars does not take.
Text withoutPlus(Text text) { return text.starts_with('+') && !text.starts_with("+-") ? text.substr(1) : text; }

Value toInt(BuiltinCall& call, Text text, std::optional<std::int64_t> base) {
  const auto radix = base.value_or(10);
  if (radix < 2 || radix > 36) return call.fail(fmt::format("`toInt` wants a base of 2 to 36, not {}", radix));
  text = withoutPlus(text);
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, static_cast<int>(radix));
  if (fault != std::errc() || end != text.data() + text.size()) return Value::absent();
  return Value::integer(value);
}

std::optional<double> toFloat(Text text) {
  text = withoutPlus(text);
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<bool> toBool(Text text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::optional<units::Quantity> toQuantity(Text text) {
  const auto quantity = units::Quantity::parse(text);
  return quantity ? std::optional(*quantity) : std::nullopt;
}

std::optional<units::Duration> toDuration(Text text) {
  const auto duration = units::Duration::parse(text);
  return duration ? std::optional(*duration) : std::nullopt;
}

Text toString(Text text) { return text; }

std::string quote(Text text) {
  std::string result;
  codec::appendQuotedJson(result, text);
  return result;
}

bool isSafeInShell(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || Text("@%+:,./-_").find(c) != Text::npos;
}

std::string shellQuote(Text text) {
  const bool safe = !text.empty() && std::all_of(text.begin(), text.end(), isSafeInShell);
  if (safe) return std::string(text);
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') {
      result += R"('\'')";  // end the quotes, a quote, begin again
    } else {
      result += c;
    }
  }
  return result += '\'';
}

constexpr Implementation kImplementations[] = {
    {Builtin::string_toInt, bound<toInt>},
    {Builtin::string_toFloat, bound<toFloat>},
    {Builtin::string_toBool, bound<toBool>},
    {Builtin::string_toQuantity, bound<toQuantity>},
    {Builtin::string_toDuration, bound<toDuration>},
    {Builtin::string_toString, bound<toString>},
    {Builtin::string_quote, bound<quote>},
    {Builtin::string_shellQuote, bound<shellQuote>},
};

}  // namespace

std::span<const Implementation> stringConvertImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
