#include "eval/builtins/data_value.hpp"

#include <cmath>

#include <fmt/format.h>

namespace kdsl::eval::builtins {
namespace {

using codec::Data;

constexpr unsigned kDepthLimit = 200;

std::optional<Data> convert(BuiltinCall& call, Value value, unsigned depth);

std::optional<Data> convertList(BuiltinCall& call, const Elements& list, unsigned depth) {
  codec::DataList items;
  items.reserve(list.size());
  for (const Value element : list) {
    auto item = convert(call, element, depth + 1);
    if (!item) return std::nullopt;
    items.push_back(std::move(*item));
  }
  return Data::list(std::move(items));
}

std::optional<Data> convertMap(BuiltinCall& call, const std::vector<TableEntry>& entries, unsigned depth) {
  codec::DataMap map;
  map.reserve(entries.size());
  for (const TableEntry& entry : entries) {
    auto item = convert(call, entry.value, depth + 1);
    if (!item) return std::nullopt;
    map.push_back({std::string(base::text(entry.key)), {}, std::move(*item)});
  }
  return Data::map(std::move(map));
}

std::optional<Data> convert(BuiltinCall& call, Value value, unsigned depth) {
  if (depth > kDepthLimit) {
    call.fail(fmt::format("the value is nested more than {} levels deep, or holds itself", kDepthLimit));
    return std::nullopt;
  }
  if (!call.spend(1)) return std::nullopt;
  switch (value.kind()) {
    case ValueKind::Error: return std::nullopt;
    case ValueKind::Absent:  // entries that are absent are left out above; in a list they hold a place
    case ValueKind::Null: return Data::null();
    case ValueKind::Bool: return Data::boolean(value.asBool());
    case ValueKind::Int: return Data::integer(value.asInt());
    case ValueKind::Float: return Data::floating(value.asFloat());
    case ValueKind::String:
      if (!spendText(call, value.asString().size())) return std::nullopt;
      return Data::string(std::string(value.asString()));
    case ValueKind::Quantity: return Data::string(value.asQuantity().text());
    case ValueKind::Duration: return Data::string(value.asDuration().text());
    case ValueKind::List: return convertList(call, Elements(call, value), depth);
    case ValueKind::Record:
      if (call.isKeyedList(value)) return convertList(call, Elements(call, value), depth);
      return convertMap(call, call.entries(value), depth);
    case ValueKind::Lambda: call.fail("a function cannot be written as data"); return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Data> toData(BuiltinCall& call, Value value) { return convert(call, value, 0); }

Value fromData(BuiltinCall& call, const Data& data) {
  if (!call.spend(1)) return Value::error();
  switch (data.kind()) {
    case Data::Kind::Null: return Value::null();
    case Data::Kind::Bool: return Value::boolean(data.asBool());
    case Data::Kind::Integer: return Value::integer(data.asInteger());
    case Data::Kind::Float: return std::isfinite(data.asFloat()) ? Value::floating(data.asFloat()) : call.fail("the text has a number that is infinite or not a number");
    case Data::Kind::String: return wrap(call, data.asString());
    case Data::Kind::List: {
      std::vector<Value> items;
      items.reserve(data.items().size());
      for (const Data& item : data.items()) {
        items.push_back(fromData(call, item));
        if (items.back().isError()) return Value::error();
      }
      return wrap(call, items);
    }
    case Data::Kind::Map: {
      std::vector<TableEntry> entries;
      entries.reserve(data.entries().size());
      for (const codec::DataEntry& entry : data.entries()) {
        entries.push_back({base::intern(entry.key), fromData(call, entry.value), call.at()});
        if (entries.back().value.isError()) return Value::error();
      }
      return wrap(call, entries);
    }
  }
  return Value::error();
}

}  // namespace kdsl::eval::builtins
