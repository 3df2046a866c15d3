#include "eval/builtins/bind.hpp"

#include <fmt/format.h>

namespace kdsl::eval::builtins {

std::string_view describe(ValueKind kind) {
  switch (kind) {
    case ValueKind::Error: return "an error";
    case ValueKind::Absent: return "absent";
    case ValueKind::Null: return "null";
    case ValueKind::Bool: return "a bool";
    case ValueKind::Int: return "an int";
    case ValueKind::Float: return "a float";
    case ValueKind::String: return "text";
    case ValueKind::Quantity: return "a Quantity";
    case ValueKind::Duration: return "a Duration";
    case ValueKind::List: return "a list";
    case ValueKind::Record: return "a record, map or keyed list";
    case ValueKind::Lambda: return "a function";
  }
  return "a value";
}

bool spendText(BuiltinCall& call, std::size_t bytes) {
  if (bytes <= kTextLimit) return call.spend(1 + bytes / kBytesPerStep);
  call.fail(fmt::format("the text would have {} bytes; the limit is {}", bytes, kTextLimit));
  return false;
}

Value failKind(BuiltinCall& call, std::size_t index, std::string_view wanted) {
  return call.fail(fmt::format("argument {} must be {}, not {}", index + 1, wanted, describe(call[index].kind())));
}

std::optional<bool> Callback::asBool(Value result) const {
  if (result.is(ValueKind::Bool)) return result.asBool();
  if (!result.isError()) call_->fail(fmt::format("the function must give true or false, not {}", describe(result.kind())));
  return std::nullopt;
}

std::optional<Symbol> Callback::asKey(Value result) const {
  if (result.is(ValueKind::String)) return base::intern(result.asString());
  if (!result.isError()) call_->fail(fmt::format("the function must give a text, as a key, not {}", describe(result.kind())));
  return std::nullopt;
}

Value wrap(BuiltinCall& call, const std::vector<Value>& result) { return call.spend(result.size()) ? call.list(result) : Value::error(); }

Value wrap(BuiltinCall& call, const std::vector<std::string_view>& result) {
  if (!call.spend(result.size())) return Value::error();
  std::vector<Value> values;
  values.reserve(result.size());
  for (const std::string_view part : result) values.push_back(call.piece(part));
  return call.list(values);
}

Value wrap(BuiltinCall& call, const std::vector<TableEntry>& result) { return call.spend(result.size()) ? call.table(result) : Value::error(); }

}  // namespace kdsl::eval::builtins
