// Units and built-in types in words.
#include <utility>

#include "query/ide/describe.hpp"
#include "sema/words.hpp"
#include "units/duration.hpp"
#include "units/quantity.hpp"

namespace kdsl::query {

namespace {

/// 1234567 → "1,234,567".
std::string grouped(std::int64_t value) {
  auto digits = std::to_string(value);
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > static_cast<std::ptrdiff_t>(first); at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

bool isBinary(units::Suffix suffix) { return suffix >= units::Suffix::Kibi && suffix <= units::Suffix::Exbi; }

std::string explainQuantity(std::string_view literal, std::string_view place) {
  const auto quantity = units::Quantity::parse(literal);
  if (!quantity) return {};
  const bool isMemory =
      isBinary(quantity->suffix()) || place == "memory" || place == "storage" || place == "ephemeral-storage" || place == "sizeLimit";
  if (const auto whole = quantity->toInteger()) {
    if (isMemory) return grouped(*whole) + " bytes";
    return quantity->suffix() == units::Suffix::None ? std::string() : grouped(*whole);
  }
  const auto millis = quantity->millis();
  if (!millis) return {};
  if (isMemory) return grouped(*millis) + " thousandths of a byte: `Mi` is 1024 × 1024, `m` is a thousandth";
  auto fraction = std::to_string(quantity->toDouble());
  while (fraction.ends_with('0')) fraction.pop_back();
  if (place != "cpu") return fraction;
  return fraction + (*millis < 1000 ? " of a core" : " cores");
}

std::string explainDuration(std::string_view literal) {
  const auto duration = units::Duration::parse(literal);
  if (!duration) return {};
  if (auto usual = duration->text(); usual != literal) return usual;
  if (const auto seconds = duration->toSeconds()) return grouped(*seconds) + (*seconds == 1 ? " second" : " seconds");
  return grouped(duration->nanoseconds() / 1'000'000) + " milliseconds";
}

}  // namespace

std::string explainUnit(std::string_view literal, TypeId type, std::string_view place) {
  const bool isDuration = type == types::durationType || type == types::secondsType;
  return isDuration ? explainDuration(literal) : explainQuantity(literal, place);
}

std::string explainValue(std::string_view value, std::string_view type, std::string_view place) {
  if (type.starts_with("Quantity")) return explainQuantity(value, place);
  if (type.starts_with("Duration")) return explainDuration(value);
  // Kubernetes counts seconds: a number that is read as one.
  if (type.starts_with("Seconds")) {
    const auto text = explainDuration(std::string(value) + "s");
    return text.ends_with(" seconds") || text.ends_with(" second") ? std::string() : text;
  }
  return {};
}

std::string_view builtInTypeDoc(std::string_view name) {
  const auto* word = sema::findWord(name);
  return word != nullptr && word->isType ? word->doc : std::string_view();
}

}  // namespace kdsl::query
