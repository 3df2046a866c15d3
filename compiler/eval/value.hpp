#pragma once
// Values as evaluation sees them: 16 bytes, in the evaluation's arena, never freed one by one.
#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.hpp"
#include "base/symbol.hpp"
#include "source/span.hpp"
#include "units/duration.hpp"
#include "units/quantity.hpp"

namespace kdsl::eval {

using base::Arena;
using base::Symbol;

struct Place;
struct Lambda;
struct ListValue;

enum class ValueKind : std::uint8_t {
  Error,     // something went wrong and was reported; silences what reads it
  Absent,    // not there
  Null,
  Bool,
  Int,
  Float,
  String,
  Quantity,
  Duration,
  List,      // a list or set; elements are in weak head form
  Record,    // a place with children: record, map, keyed list, schema, kind, component or module instance
  Lambda,    // only as an argument of a built-in
};

class Value {
 public:
  constexpr Value() = default;
  static constexpr Value error() { return Value(ValueKind::Error); }
  static constexpr Value absent() { return Value(ValueKind::Absent); }
  static constexpr Value null() { return Value(ValueKind::Null); }
  static constexpr Value boolean(bool value) { Value v(ValueKind::Bool); v.integer_ = value; return v; }
  static constexpr Value integer(std::int64_t value) { Value v(ValueKind::Int); v.integer_ = value; return v; }
  static constexpr Value floating(double value) { Value v(ValueKind::Float); v.number_ = value; return v; }
  /// The text must live as long as the arena (a symbol's text does).
  static Value string(std::string_view text) { Value v(ValueKind::String); v.size_ = static_cast<std::uint32_t>(text.size()); v.text_ = text.data(); return v; }
  static Value string(Arena& arena, std::string_view text) { return string(arena.copy(text)); }
  static Value string(Symbol symbol) { return string(base::text(symbol)); }
  static Value quantity(Arena& arena, const units::Quantity& value) { Value v(ValueKind::Quantity); v.quantity_ = arena.make<units::Quantity>(value); return v; }
  static constexpr Value duration(units::Duration value) { Value v(ValueKind::Duration); v.integer_ = value.nanoseconds(); return v; }
  static constexpr Value list(const ListValue* list) { Value v(ValueKind::List); v.list_ = list; return v; }
  static constexpr Value record(Place* place) { Value v(ValueKind::Record); v.place_ = place; return v; }
  static constexpr Value lambda(const Lambda* lambda) { Value v(ValueKind::Lambda); v.lambda_ = lambda; return v; }

  constexpr ValueKind kind() const { return kind_; }
  constexpr bool is(ValueKind kind) const { return kind_ == kind; }
  constexpr bool isError() const { return kind_ == ValueKind::Error; }
  constexpr bool isAbsent() const { return kind_ == ValueKind::Absent; }
  /// A text of type Sensitive, or made from one: no message shows it.
  constexpr bool isHidden() const { return hidden_; }
  constexpr Value hidden() const { auto copy = *this; copy.hidden_ = true; return copy; }

  constexpr bool asBool() const { return integer_ != 0; }
  constexpr std::int64_t asInt() const { return integer_; }
  constexpr double asFloat() const { return number_; }
  std::string_view asString() const { return {text_, size_}; }
  const units::Quantity& asQuantity() const { return *quantity_; }
  constexpr units::Duration asDuration() const { return units::Duration::fromNanoseconds(integer_); }
  const ListValue& asList() const { return *list_; }
  constexpr Place* asRecord() const { return place_; }
  constexpr const Lambda& asLambda() const { return *lambda_; }

 private:
  constexpr explicit Value(ValueKind kind) : kind_(kind) {}

  ValueKind kind_ = ValueKind::Absent;
  bool hidden_ = false;     // of a string
  std::uint32_t size_ = 0;  // of a string
  union {
    std::int64_t integer_ = 0;
    double number_;
    const char* text_;
    const units::Quantity* quantity_;
    const ListValue* list_;
    Place* place_;
    const Lambda* lambda_;
  };
};
static_assert(sizeof(Value) == 16);

/// Elements of a list, in the arena. `origins` says where each was written, or is empty.
struct ListValue {
  std::span<const Value> items;
  std::span<const source::Location> origins;
};

/// One entry of a computed record or map.
struct TableEntry {
  Symbol key{};
  Value value;
  source::Location origin;
};

}  // namespace kdsl::eval
