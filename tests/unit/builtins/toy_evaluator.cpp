#include "toy_evaluator.hpp"

#include <algorithm>
#include <compare>

#include "codec/float_text.hpp"
#include "codec/json_scalar.hpp"

namespace kdsl::eval {

Arena& BuiltinCall::arena() const { return evaluator_.arena; }

Value BuiltinCall::text(std::string_view text) const { return Value::string(evaluator_.arena, text); }
Value BuiltinCall::piece(std::string_view text) const { return Value::string(text); }

Value BuiltinCall::list(std::span<const Value> items) const {
  auto* list = evaluator_.arena.make<ListValue>();
  list->items = evaluator_.arena.copy(items);
  return Value::list(list);
}

Value BuiltinCall::table(std::span<const TableEntry> entries) const {
  auto place = std::make_unique<Place>();
  for (const TableEntry& entry : entries) {
    const auto same = std::find_if(place->entries.begin(), place->entries.end(), [&](const TableEntry& other) { return other.key == entry.key; });
    if (same != place->entries.end()) {
      *same = entry;
    } else {
      place->entries.push_back(entry);
    }
  }
  evaluator_.places.push_back(std::move(place));
  return Value::record(evaluator_.places.back().get());
}

std::vector<TableEntry> BuiltinCall::entries(Value record) const {
  std::vector<TableEntry> present;
  for (const TableEntry& entry : record.asRecord()->entries) {
    if (!entry.value.isAbsent()) present.push_back(entry);
  }
  return present;
}

Value BuiltinCall::entry(Value record, Symbol key) const {
  for (const TableEntry& entry : record.asRecord()->entries) {
    if (entry.key == key) return entry.value;
  }
  return Value::absent();
}

bool BuiltinCall::isKeyedList(Value record) const { return record.asRecord()->isKeyedList; }

std::vector<Value> BuiltinCall::items(Value listLike) const {
  if (listLike.is(ValueKind::List)) return {listLike.asList().items.begin(), listLike.asList().items.end()};
  std::vector<Value> values;
  for (const TableEntry& entry : listLike.asRecord()->entries) values.push_back(entry.value);
  return values;
}

Value BuiltinCall::apply(Value lambda, std::initializer_list<Value> arguments) const {
  return lambda.asLambda().function(std::span(arguments.begin(), arguments.size()));
}

int BuiltinCall::compare(Value a, Value b) const {
  const auto sign = [](auto order) { return order < 0 ? -1 : order > 0 ? 1 : 0; };
  const auto number = [](Value value) {
    if (value.is(ValueKind::Quantity)) return value.asQuantity().toDouble();
    return value.is(ValueKind::Int) ? static_cast<double>(value.asInt()) : value.asFloat();
  };
  if (a.is(ValueKind::String)) return sign(a.asString() <=> b.asString());
  if (a.is(ValueKind::Duration)) return sign(a.asDuration() <=> b.asDuration());
  return sign(number(a) <=> number(b));
}

bool BuiltinCall::equal(Value a, Value b) const {
  if (a.is(ValueKind::List) && b.is(ValueKind::List)) {
    const auto x = a.asList().items, y = b.asList().items;
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [&](Value p, Value q) { return equal(p, q); });
  }
  const auto isNumber = [](Value value) { return value.is(ValueKind::Int) || value.is(ValueKind::Float) || value.is(ValueKind::Quantity); };
  if (isNumber(a) && isNumber(b)) return compare(a, b) == 0;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case ValueKind::Bool: return a.asBool() == b.asBool();
    case ValueKind::String:
    case ValueKind::Duration: return compare(a, b) == 0;
    case ValueKind::Record: return a.asRecord() == b.asRecord();
    case ValueKind::Lambda: return &a.asLambda() == &b.asLambda();
    default: return true;
  }
}

bool BuiltinCall::spend(std::size_t steps) const {
  if (steps <= evaluator_.budget) {
    evaluator_.budget -= steps;
    return true;
  }
  evaluator_.messages.push_back("the budget is used up");
  return false;
}

Value BuiltinCall::fail(std::string message) const {
  evaluator_.messages.push_back(std::move(message));
  return Value::error();
}

}  // namespace kdsl::eval

namespace kdsl::eval::test {

Value Toy::quantity(std::string_view text) { return Value::quantity(evaluator_.arena, *units::Quantity::parse(text)); }
Value Toy::duration(std::string_view text) { return Value::duration(*units::Duration::parse(text)); }

Value Toy::list(std::initializer_list<Value> items) {
  const BuiltinCall call(evaluator_, {}, {});
  return call.list(std::span(items.begin(), items.size()));
}

Value Toy::texts(std::initializer_list<std::string_view> items) {
  std::vector<Value> values;
  for (const auto item : items) values.push_back(text(item));
  return BuiltinCall(evaluator_, {}, {}).list(values);
}

Value Toy::ints(std::initializer_list<std::int64_t> items) {
  std::vector<Value> values;
  for (const auto item : items) values.push_back(integer(item));
  return BuiltinCall(evaluator_, {}, {}).list(values);
}

Value Toy::map(std::initializer_list<std::pair<std::string_view, Value>> entries) {
  std::vector<TableEntry> table;
  for (const auto& [key, value] : entries) table.push_back({base::intern(key), value, {}});
  return BuiltinCall(evaluator_, {}, {}).table(table);
}

Value Toy::keyedList(std::initializer_list<std::pair<std::string_view, Value>> rows) {
  const Value list = map(rows);
  list.asRecord()->isKeyedList = true;
  return list;
}

Value Toy::function(std::function<Value(std::span<const Value>)> function) {
  evaluator_.lambdas.push_back(std::make_unique<Lambda>(Lambda{std::move(function)}));
  return Value::lambda(evaluator_.lambdas.back().get());
}

Value Toy::call(Builtin builtin, std::initializer_list<Value> arguments) {
  evaluator_.messages.clear();
  BuiltinCall call(evaluator_, {}, std::span(arguments.begin(), arguments.size()));
  return implementation(builtin)(call);
}

std::string Toy::show(Value value) {
  std::string result;
  switch (value.kind()) {
    case ValueKind::Error: return evaluator_.messages.empty() ? "error" : "error: " + evaluator_.messages.front();
    case ValueKind::Absent: return "absent";
    case ValueKind::Null: return "null";
    case ValueKind::Bool: return value.asBool() ? "true" : "false";
    case ValueKind::Int: return std::to_string(value.asInt());
    case ValueKind::Float: codec::appendFloat(result, value.asFloat()); return result;
    case ValueKind::String: codec::appendQuotedJson(result, value.asString()); return result;
    case ValueKind::Quantity: return value.asQuantity().text();
    case ValueKind::Duration: return value.asDuration().text();
    case ValueKind::Lambda: return "function";
    case ValueKind::List:
      for (const Value item : value.asList().items) result += (result.empty() ? "" : ", ") + show(item);
      return "[" + result + "]";
    case ValueKind::Record:
      for (const TableEntry& entry : value.asRecord()->entries) {
        result += (result.empty() ? " " : ", ") + std::string(base::text(entry.key)) + ": " + show(entry.value);
      }
      return "{" + result + (result.empty() ? "}" : " }");
  }
  return result;
}

}  // namespace kdsl::eval::test
