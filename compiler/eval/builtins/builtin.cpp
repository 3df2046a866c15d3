#include "eval/builtins/builtin.hpp"

#include <algorithm>

#include "diag/codes/evaluation.hpp"
#include "eval/evaluator.hpp"

namespace kdsl::eval {

Arena& BuiltinCall::arena() const { return evaluator_.arena(); }

Value BuiltinCall::text(std::string_view text) const { return madeText(Value::string(evaluator_.arena(), text)); }

Value BuiltinCall::piece(std::string_view text) const { return madeText(Value::string(text)); }

bool BuiltinCall::readsHidden() const {
  return std::any_of(arguments_.begin(), arguments_.end(), [&](Value argument) { return evaluator_.holdsHidden(argument); });
}

Value BuiltinCall::madeText(Value text) const { return readsHidden() ? text.hidden() : text; }

Value BuiltinCall::list(std::span<const Value> items) const { return evaluator_.makeList(items, {}); }

Value BuiltinCall::table(std::span<const TableEntry> entries) const {
  return Value::record(evaluator_.table(entries, evaluator_.types().map(types::stringType, types::anyType)));
}

std::vector<TableEntry> BuiltinCall::entries(Value record) const {
  std::vector<TableEntry> out;
  if (!record.is(ValueKind::Record)) return out;
  auto* place = record.asRecord();
  const auto& shape = evaluator_.fold(place);
  if (shape.keyed) {
    for (const auto& row : evaluator_.rows(place)) out.push_back({row.key, Value::record(row.place), row.place->made});
    return out;
  }
  for (const auto key : evaluator_.keys(place)) {
    auto* entry = evaluator_.child(place, key);
    if (!evaluator_.isData(entry)) continue;
    if (const auto value = evaluator_.force(entry); !value.isAbsent()) out.push_back({key, value, evaluator_.whereSet(entry)});
  }
  return out;
}

Value BuiltinCall::entry(Value record, Symbol key) const {
  if (!record.is(ValueKind::Record)) return Value::absent();
  auto* found = evaluator_.child(record.asRecord(), key);
  return found == nullptr ? Value::absent() : evaluator_.force(found);
}

bool BuiltinCall::isKeyedList(Value record) const { return record.is(ValueKind::Record) && evaluator_.fold(record.asRecord()).keyed; }

std::vector<Value> BuiltinCall::items(Value listLike) const { return evaluator_.itemsOf(listLike); }

Value BuiltinCall::apply(Value lambda, std::initializer_list<Value> arguments) const {
  if (!lambda.is(ValueKind::Lambda)) return Value::error();
  return evaluator_.apply(lambda.asLambda(), std::span<const Value>(arguments.begin(), arguments.size()));
}

bool BuiltinCall::equal(Value a, Value b) const { return evaluator_.equal(a, b); }

int BuiltinCall::compare(Value a, Value b) const { return evaluator_.compare(a, b); }

bool BuiltinCall::spend(std::size_t steps) const { return evaluator_.spend(steps, nullptr, at_); }

Value BuiltinCall::fail(std::string message) const {
  evaluator_.report(diag::code::builtin_failed, at_, {readsHidden() ? "this fails for a hidden value" : std::move(message)});
  return Value::error();
}

}  // namespace kdsl::eval
