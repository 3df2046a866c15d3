// Lists that become maps, and lists by what a function gives.
#include <unordered_map>

#include <fmt/format.h>

#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"
#include "eval/builtins/value_index.hpp"

namespace kdsl::eval::builtins {
namespace {

using types::Builtin;
using Values = std::vector<Value>;

Value groupBy(BuiltinCall& call, const Elements& list, Callback f) {
  std::vector<std::pair<Symbol, Values>> groups;  // in the order of their first elements
  std::unordered_map<Symbol, std::size_t> positions;
  for (const Value element : list) {
    const auto key = f.key(element);
    if (!key) return Value::error();
    const auto [entry, isNew] = positions.emplace(*key, groups.size());
    if (isNew) groups.push_back({*key, {}});
    groups[entry->second].second.push_back(element);
  }
  std::vector<TableEntry> entries;
  for (const auto& [key, members] : groups) {
    entries.push_back({key, wrap(call, members), call.at()});
    if (entries.back().value.isError()) return Value::error();
  }
  return wrap(call, entries);
}

/// A map by the keys that `key` gives, of what `valueOf` makes of each element. Two equal keys are an error.
template <typename ValueOf>
Value mapBy(BuiltinCall& call, const Elements& list, const Callback& key, ValueOf valueOf) {
  std::vector<TableEntry> entries;
  std::unordered_map<Symbol, std::size_t> positions;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto name = key.key(list[i]);
    if (!name) return Value::error();
    const auto [first, isNew] = positions.emplace(*name, i);
    if (!isNew) return call.fail(fmt::format("elements {} and {} have the same key, `{}`", first->second, i, base::text(*name)));
    const Value value = valueOf(list[i]);
    if (value.isError()) return value;
    entries.push_back({*name, value, call.at()});
  }
  return wrap(call, entries);
}

Value toMap(BuiltinCall& call, const Elements& list, Callback key, Callback value) {
  return mapBy(call, list, key, [&](Value element) { return value(element); });
}

Value keyBy(BuiltinCall& call, const Elements& list, Callback key) {
  return mapBy(call, list, key, [](Value element) { return element; });
}

Value partition(BuiltinCall& call, const Elements& list, Callback f) {
  static const Symbol matching = base::intern("matching"), rest = base::intern("rest");
  Values yes, no;
  for (const Value element : list) {
    const auto result = f.test(element);
    if (!result) return Value::error();
    (*result ? yes : no).push_back(element);
  }
  return wrap(call, std::vector<TableEntry>{{matching, wrap(call, yes), call.at()}, {rest, wrap(call, no), call.at()}});
}

Value uniqueBy(BuiltinCall& call, const Elements& list, Callback f) {
  ValueIndex index(call);
  Values first;
  for (const Value element : list) {
    const Value key = f(element);
    if (key.isError()) return key;
    if (index.add(key).second) first.push_back(element);
  }
  return index.failed() ? Value::error() : wrap(call, first);
}

constexpr Implementation kImplementations[] = {
    {Builtin::list_groupBy, bound<groupBy>},
    {Builtin::list_toMap, bound<toMap>},
    {Builtin::list_keyBy, bound<keyBy>},
    {Builtin::list_partition, bound<partition>},
    {Builtin::list_uniqueBy, bound<uniqueBy>},
};

}  // namespace

std::span<const Implementation> listGroupImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
