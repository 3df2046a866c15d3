// Methods of Quantity and Duration.
#include <array>

#include <fmt/format.h>

#include "eval/builtins/arithmetic.hpp"
#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"

namespace kdsl::eval::builtins {
namespace {

using types::Builtin;
using units::Duration;
using units::DurationStyle;
using units::Quantity;
using units::Suffix;
using Text = std::string_view;

// --- Quantity

std::string quantityToString(Quantity value) { return value.text(); }
Quantity canonical(Quantity value) { return value.canonical(); }
double quantityToFloat(Quantity value) { return value.toDouble(); }

std::optional<std::int64_t> quantityToInt(Quantity value) {
  const auto whole = value.toInteger();
  return whole ? std::optional(*whole) : std::nullopt;
}

struct NamedSuffix {
  Text name;
  Suffix suffix;
};
constexpr NamedSuffix kSuffixes[] = {
    {"n", Suffix::Nano}, {"u", Suffix::Micro}, {"m", Suffix::Milli},  {"", Suffix::None},    {"k", Suffix::Kilo},  {"M", Suffix::Mega},  {"G", Suffix::Giga},  {"T", Suffix::Tera},
    {"P", Suffix::Peta}, {"E", Suffix::Exa},   {"Ki", Suffix::Kibi}, {"Mi", Suffix::Mebi}, {"Gi", Suffix::Gibi}, {"Ti", Suffix::Tebi}, {"Pi", Suffix::Pebi}, {"Ei", Suffix::Exbi},
};

/// nullopt: there is none, and that was reported.
std::optional<Suffix> suffixNamed(BuiltinCall& call, Text name) {
  for (const NamedSuffix& entry : kSuffixes) {
    if (entry.name == name) return entry.suffix;
  }
  call.fail(fmt::format("`{}` is no unit of a Quantity; there are n, u, m, \"\", k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi and Ei", name));
  return std::nullopt;
}

Value quantityCeilTo(BuiltinCall& call, Quantity value, Text unit) {
  const auto suffix = suffixNamed(call, unit);
  return suffix ? checked(call, value.ceilTo(*suffix)) : Value::error();
}

Value quantityFloorTo(BuiltinCall& call, Quantity value, Text unit) {
  const auto suffix = suffixNamed(call, unit);
  if (!suffix) return Value::error();
  const auto negative = negate(value);
  if (!negative) return checked(call, negative);
  const auto count = negative->ceilTo(*suffix);  // floor(x) = -ceil(-x)
  return count ? negated(call, Value::integer(*count)) : checked(call, count);
}

Value quantityMillis(BuiltinCall& call, Quantity value) { return checked(call, value.millis()); }

// --- Duration

std::string durationToString(Duration value) { return value.text(); }
std::string durationGo(Duration value) { return value.text(DurationStyle::Go); }
double durationSeconds(Duration value) { return value.seconds(); }

struct NamedUnit {
  Text name;
  std::int64_t nanoseconds;
};
constexpr NamedUnit kUnits[] = {
    {"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000}, {"d", 86'400'000'000'000},
};

/// 0: there is none, and that was reported.
std::int64_t nanosecondsOf(BuiltinCall& call, Text name) {
  for (const NamedUnit& entry : kUnits) {
    if (entry.name == name) return entry.nanoseconds;
  }
  call.fail(fmt::format("`{}` is no unit of a Duration; there are ns, us, ms, s, m, h and d", name));
  return 0;
}

std::int64_t floorCount(std::int64_t nanoseconds, std::int64_t unit) {
  const auto quotient = nanoseconds / unit;
  return nanoseconds % unit < 0 ? quotient - 1 : quotient;
}

std::int64_t ceilCount(std::int64_t nanoseconds, std::int64_t unit) {
  const auto quotient = nanoseconds / unit;
  return nanoseconds % unit > 0 ? quotient + 1 : quotient;
}

Value durationCeilTo(BuiltinCall& call, Duration value, Text unit) {
  const auto size = nanosecondsOf(call, unit);
  return size != 0 ? Value::integer(ceilCount(value.nanoseconds(), size)) : Value::error();
}

Value durationFloorTo(BuiltinCall& call, Duration value, Text unit) {
  const auto size = nanosecondsOf(call, unit);
  return size != 0 ? Value::integer(floorCount(value.nanoseconds(), size)) : Value::error();
}

std::int64_t durationMillis(Duration value) { return ceilCount(value.nanoseconds(), 1'000'000); }

/// ISO 8601: PT1H30M, P7D, PT0.5S.
std::string durationIso(Duration value) {
  auto rest = value.nanoseconds() < 0 ? -static_cast<__int128>(value.nanoseconds()) : static_cast<__int128>(value.nanoseconds());
  const auto take = [&](std::int64_t unit) {
    const auto count = static_cast<std::int64_t>(rest / unit);
    rest %= unit;
    return count;
  };
  std::string result = value.nanoseconds() < 0 ? "-P" : "P";
  if (const auto days = take(86'400'000'000'000)) result += fmt::format("{}D", days);
  if (rest == 0 && result.back() != 'P') return result;
  result += 'T';
  if (const auto hours = take(3'600'000'000'000)) result += fmt::format("{}H", hours);
  if (const auto minutes = take(60'000'000'000)) result += fmt::format("{}M", minutes);
  if (rest != 0 || result.back() == 'T') {
    const auto seconds = take(1'000'000'000);
    std::string fraction = fmt::format("{:09}", static_cast<std::int64_t>(rest));
    fraction.erase(fraction.find_last_not_of('0') + 1);
    result += fmt::format("{}{}{}S", seconds, fraction.empty() ? "" : ".", fraction);
  }
  return result;
}

constexpr Implementation kImplementations[] = {
    {Builtin::quantity_toString, bound<quantityToString>},
    {Builtin::quantity_toInt, bound<quantityToInt>},
    {Builtin::quantity_toFloat, bound<quantityToFloat>},
    {Builtin::quantity_canonical, bound<canonical>},
    {Builtin::quantity_ceilTo, bound<quantityCeilTo>},
    {Builtin::quantity_floorTo, bound<quantityFloorTo>},
    {Builtin::quantity_millis, bound<quantityMillis>},
    {Builtin::duration_toString, bound<durationToString>},
    {Builtin::duration_go, bound<durationGo>},
    {Builtin::duration_iso, bound<durationIso>},
    {Builtin::duration_seconds, bound<durationSeconds>},
    {Builtin::duration_millis, bound<durationMillis>},
    {Builtin::duration_ceilTo, bound<durationCeilTo>},
    {Builtin::duration_floorTo, bound<durationFloorTo>},
};

}  // namespace

std::span<const Implementation> unitImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
