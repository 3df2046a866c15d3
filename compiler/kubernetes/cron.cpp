#include "kubernetes/cron.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <vector>

namespace kdsl::kubernetes {
namespace {

struct Field {
  std::string_view name;
  int low;
  int high;
  std::span<const std::string_view> words;  // of low, low + 1, …
};

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> days{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::array<Field, 5> fields{{{"minute", 0, 59, {}}, {"hour", 0, 23, {}}, {"day of month", 1, 31, {}}, {"month", 1, 12, months}, {"day of week", 0, 6, days}}};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<int> point(const Field& field, std::string_view text) {
  if (const auto value = number(text)) return value;
  const auto word = std::find(field.words.begin(), field.words.end(), lower(text));
  if (word == field.words.end()) return std::nullopt;
  return field.low + static_cast<int>(word - field.words.begin());
}

/// `*`, `5`, `1-5`, `*/10`, `5/15`, `1-10/2`.
std::string rangeViolation(const Field& field, std::string_view text) {
  const auto bad = [&](std::string_view why) { return "`" + std::string(text) + "` in the " + std::string(field.name) + ": " + std::string(why); };
  auto range = text;
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    const auto step = number(text.substr(slash + 1));
    if (!step || *step == 0) return bad("a step is a number above 0");
    range = text.substr(0, slash);
  }
  if (range == "*" || range == "?") return {};
  const auto dash = range.find('-');
  const auto begin = point(field, range.substr(0, dash));
  const auto end = dash == std::string_view::npos ? begin : point(field, range.substr(dash + 1));
  if (!begin || !end) return bad("neither a number nor a range");
  if (*begin < field.low || *end > field.high) return bad(std::to_string(field.low) + " to " + std::to_string(field.high));
  return *begin > *end ? bad("a range goes upwards") : std::string();
}

/// A duration as Go writes it: `1h30m`, `1.5h`, `90s`.
bool isGoDuration(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return true;
  if (text.empty()) return false;
  constexpr std::array<std::string_view, 7> units{"ns", "us", "µs", "ms", "s", "m", "h"};
  while (!text.empty()) {
    const auto digits = std::min(text.find_first_not_of("0123456789."), text.size());
    if (digits == 0 || text.substr(0, digits) == ".") return false;
    text.remove_prefix(digits);
    const auto letters = std::min(text.find_first_of("0123456789."), text.size());
    if (std::find(units.begin(), units.end(), text.substr(0, letters)) == units.end()) return false;
    text.remove_prefix(letters);
  }
  return true;
}

}  // namespace

std::string cronViolation(std::string_view schedule) {
  if (schedule.starts_with("TZ=") || schedule.starts_with("CRON_TZ=")) return "the time zone stands in `timeZone`";
  if (schedule.starts_with('@')) {
    constexpr std::array<std::string_view, 7> known{"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"};
    if (std::find(known.begin(), known.end(), schedule) != known.end()) return {};
    if (schedule.starts_with("@every ") && isGoDuration(schedule.substr(7))) return {};
    return "`@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly` or `@every 1h30m`";
  }
  std::vector<std::string_view> parts;
  for (auto rest = schedule; !rest.empty();) {
    const auto blank = std::min(rest.find_first_of(" \t"), rest.size());
    if (blank > 0) parts.push_back(rest.substr(0, blank));
    rest.remove_prefix(std::min(blank + 1, rest.size()));
  }
  if (parts.size() != fields.size()) return "five fields (minute, hour, day of month, month, day of week), not " + std::to_string(parts.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    for (auto rest = parts[i];;) {
      const auto comma = rest.find(',');
      if (auto wrong = rangeViolation(fields[i], rest.substr(0, comma)); !wrong.empty()) return wrong;
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return {};
}

}  // namespace kdsl::kubernetes
