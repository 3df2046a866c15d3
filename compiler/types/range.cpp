#include "types/range.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "base/near_name.hpp"
#include "source/utf8.hpp"

namespace kdsl::types {

namespace {

/// Memory of one compiled pattern at most; a larger one is refused when it is declared.
constexpr int patternBytes = 1 << 20;

re2::RE2::Options patternOptions() {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(patternBytes);
  return options;
}

const re2::RE2& compiled(Symbol pattern) {
  static auto* const mutex = new std::shared_mutex;
  static auto* const patterns = new std::unordered_map<Symbol, std::unique_ptr<re2::RE2>>;
  {
    const std::shared_lock lock(*mutex);
    if (const auto found = patterns->find(pattern); found != patterns->end()) return *found->second;
  }
  const std::unique_lock lock(*mutex);
  auto& slot = (*patterns)[pattern];
  if (!slot) {
    const auto text = base::text(pattern);
    slot = std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()), patternOptions());
  }
  return *slot;
}

constexpr std::string_view patternWords = "does not match ";

std::string plural(std::int64_t count, std::string_view one) { return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s"); }

std::optional<std::string> lengthViolation(const Bounds& bounds, std::int64_t size, std::string_view what) {
  if (bounds.low && size < *bounds.low) return size == 0 ? fmt::format("is empty; it needs at least {}", plural(*bounds.low, what)) : fmt::format("has {}; it needs at least {}", plural(size, what), *bounds.low);
  if (bounds.high && size > *bounds.high) return fmt::format("has {}; the most is {}", plural(size, what), *bounds.high);
  return std::nullopt;
}

std::optional<std::string> textViolation(const Bounds& bounds, std::string_view text) {
  if (bounds.low || bounds.high) {
    const auto size = static_cast<std::int64_t>(source::columnsOf(text, source::ColumnUnit::CodePoint));
    if (auto found = lengthViolation(bounds, size, "character")) return found;
  }
  for (const auto pattern : bounds.patterns) {
    if (!matchesWhole(pattern, text)) return fmt::format("{}`{}`", patternWords, base::text(pattern));
  }
  return std::nullopt;
}

template <typename Number>
std::optional<std::string> numberViolation(const std::optional<Number>& low, const std::optional<Number>& high, Number value) {
  if (low && value < *low) return fmt::format("is below {}", *low);
  if (high && value > *high) return fmt::format("is above {}", *high);
  return std::nullopt;
}

template <typename Unit>
std::optional<std::string> unitViolation(const Bounds& bounds, const Unit& value, std::optional<Unit> (*read)(Symbol)) {
  if (bounds.lowUnit != base::emptySymbol) {
    if (const auto low = read(bounds.lowUnit); low && value < *low) return fmt::format("is below {}", base::text(bounds.lowUnit));
  }
  if (bounds.highUnit != base::emptySymbol) {
    if (const auto high = read(bounds.highUnit); high && *high < value) return fmt::format("is above {}", base::text(bounds.highUnit));
  }
  return std::nullopt;
}

enum class Fit : std::uint8_t { Keeps, OtherKind, Violates };

struct Outcome {
  Fit fit = Fit::OtherKind;
  std::string reason;
};

Outcome from(std::optional<std::string> reason) { return reason ? Outcome{Fit::Violates, std::move(*reason)} : Outcome{Fit::Keeps, {}}; }

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", text); }

/// `is none of "dev", "prod"`, with the near one.
std::string noneOf(const TypeTable& table, const TypeNode& node, const Scalar& value) {
  std::vector<std::string_view> texts;
  std::string list;
  std::size_t shown = 0;
  for (const auto member : node.members) {
    const auto& branch = table[member];
    const bool literal = branch.kind == TypeKind::StringLiteral || branch.kind == TypeKind::IntLiteral || branch.kind == TypeKind::BoolLiteral || branch.kind == TypeKind::FloatLiteral;
    if (!literal) continue;
    if (branch.kind == TypeKind::StringLiteral) texts.push_back(base::text(branch.symbol));
    if (shown++ < 12) list += (list.empty() ? "" : ", ") + table.print(member);
  }
  if (shown > 12) list += ", …";
  auto reason = fmt::format("is none of {}", list);
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    const auto near = base::nearest(*text, texts);
    if (!near.empty()) reason += fmt::format("; did you mean {}?", quoted(near));
  }
  return reason;
}

Outcome examine(const TypeTable& table, TypeId type, const Scalar& value) {
  const auto& node = table[type];
  const auto* integer = std::get_if<std::int64_t>(&value);
  const auto* text = std::get_if<std::string_view>(&value);
  switch (node.kind) {
    case TypeKind::Optional:
    case TypeKind::Where:
    case TypeKind::Sensitive: return node.kind == TypeKind::Sensitive ? Outcome{text != nullptr ? Fit::Keeps : Fit::OtherKind, {}} : examine(table, node.element, value);
    case TypeKind::Bool: return {std::holds_alternative<bool>(value) ? Fit::Keeps : Fit::OtherKind, {}};
    case TypeKind::Int:
      if (integer == nullptr) return {};
      return from(numberViolation(node.bounds.low, node.bounds.high, *integer));
    case TypeKind::Float:
      if (integer != nullptr) return from(numberViolation(node.bounds.lowNumber, node.bounds.highNumber, static_cast<double>(*integer)));
      if (const auto* number = std::get_if<double>(&value)) return from(numberViolation(node.bounds.lowNumber, node.bounds.highNumber, *number));
      return {};
    case TypeKind::String:
      if (text == nullptr) return {};
      return from(textViolation(node.bounds, *text));
    case TypeKind::Quantity:
      if (integer != nullptr) return from(unitViolation<units::Quantity>(node.bounds, units::Quantity::fromInteger(*integer), quantityBound));
      if (const auto* quantity = std::get_if<units::Quantity>(&value)) return from(unitViolation<units::Quantity>(node.bounds, *quantity, quantityBound));
      return {};
    case TypeKind::Duration:
      if (const auto* duration = std::get_if<units::Duration>(&value)) return from(unitViolation<units::Duration>(node.bounds, *duration, durationBound));
      return {};
    case TypeKind::Seconds:
      if (integer != nullptr) return from(numberViolation(node.bounds.low, node.bounds.high, *integer));
      if (const auto* duration = std::get_if<units::Duration>(&value)) {
        const auto seconds = duration->toSeconds();
        if (!seconds) return {Fit::Violates, "is no whole number of seconds"};
        return from(numberViolation(node.bounds.low, node.bounds.high, *seconds));
      }
      return {};
    case TypeKind::BoolLiteral:
      if (const auto* boolean = std::get_if<bool>(&value)) return *boolean == (node.integer != 0) ? Outcome{Fit::Keeps, {}} : Outcome{Fit::Violates, "is not " + table.print(type)};
      return {};
    case TypeKind::IntLiteral:
      if (integer == nullptr) return {};
      return *integer == node.integer ? Outcome{Fit::Keeps, {}} : Outcome{Fit::Violates, "is not " + table.print(type)};
    case TypeKind::FloatLiteral:
      if (const auto* number = std::get_if<double>(&value)) return *number == node.number ? Outcome{Fit::Keeps, {}} : Outcome{Fit::Violates, "is not " + table.print(type)};
      return {};
    case TypeKind::StringLiteral:
      if (text == nullptr) return {};
      return *text == base::text(node.symbol) ? Outcome{Fit::Keeps, {}} : Outcome{Fit::Violates, "is not " + table.print(type)};
    case TypeKind::Union: {
      std::size_t violated = 0;
      bool literals = false;
      Outcome last;
      for (const auto member : node.members) {
        auto outcome = examine(table, member, value);
        if (outcome.fit == Fit::Keeps) return outcome;
        if (outcome.fit == Fit::OtherKind) continue;
        const auto kind = table.kind(member);
        literals = literals || kind == TypeKind::StringLiteral || kind == TypeKind::IntLiteral || kind == TypeKind::BoolLiteral || kind == TypeKind::FloatLiteral;
        ++violated;
        last = std::move(outcome);
      }
      if (violated > 1 && literals) return {Fit::Violates, noneOf(table, node, value)};
      return last;
    }
    default: return {};
  }
}

}  // namespace

std::optional<std::string> violation(const TypeTable& table, TypeId type, const Scalar& value) {
  auto outcome = examine(table, type, value);
  if (outcome.fit != Fit::Violates) return std::nullopt;
  return std::move(outcome.reason);
}

std::optional<std::string> countViolation(const TypeTable& table, TypeId type, std::size_t count) {
  const auto& node = table[table.underlying(type)];
  if (node.kind != TypeKind::List) return std::nullopt;
  return lengthViolation(node.bounds, static_cast<std::int64_t>(count), "element");
}

std::optional<std::string> patternError(Symbol pattern) {
  const auto& expression = compiled(pattern);
  if (expression.ok()) return std::nullopt;
  return expression.error();
}

bool matchesWhole(Symbol pattern, std::string_view text) {
  const auto& expression = compiled(pattern);
  return !expression.ok() || re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), expression);
}

std::optional<units::Quantity> quantityBound(Symbol text) {
  const auto result = units::Quantity::parse(base::text(text));
  if (!result) return std::nullopt;
  return *result;
}

std::optional<units::Duration> durationBound(Symbol text) {
  const auto result = units::Duration::parse(base::text(text));
  if (!result) return std::nullopt;
  return *result;
}

bool isPatternViolation(std::string_view violation) { return violation.starts_with(patternWords); }

}  // namespace kdsl::types
