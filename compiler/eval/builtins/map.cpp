// Methods of maps. Results keep the order of the map.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"

namespace kdsl::eval::builtins {
namespace {

using types::Builtin;
using Table = std::vector<TableEntry>;
using Values = std::vector<Value>;

Value keyOf(const TableEntry& entry) { return Value::string(entry.key); }

std::int64_t length(const Entries& map) { return static_cast<std::int64_t>(map.size()); }
bool isEmpty(const Entries& map) { return map.size() == 0; }

Values keys(const Entries& map) {
  Values result;
  for (const TableEntry& entry : map) result.push_back(keyOf(entry));
  return result;
}

Values values(const Entries& map) {
  Values result;
  for (const TableEntry& entry : map) result.push_back(entry.value);
  return result;
}

Value entries(BuiltinCall& call, const Entries& map) {
  static const Symbol key = base::intern("key"), value = base::intern("value");
  Values result;
  for (const TableEntry& entry : map) {
    if (!call.spend(2)) return Value::error();
    const TableEntry fields[] = {{key, keyOf(entry), call.at()}, {value, entry.value, entry.origin}};
    result.push_back(call.table(fields));
  }
  return wrap(call, result);
}

Value get(BuiltinCall& call, Value map, std::string_view key) {
  if (!map.is(ValueKind::Record)) return failKind(call, 0, Parameter<Entries>::wanted);
  const Symbol name = base::findSymbol(key);  // a key that is no symbol is in no map
  return name == base::emptySymbol && !key.empty() ? Value::absent() : call.entry(map, name);
}

Value has(BuiltinCall& call, Value map, std::string_view key) {
  const Value value = get(call, map, key);
  return value.isError() ? value : Value::boolean(!value.isAbsent());
}

// --- with a function of each key and value

Value map(BuiltinCall& call, const Entries& map, Callback f) {
  Values results;
  for (const TableEntry& entry : map) {
    results.push_back(f(keyOf(entry), entry.value));
    if (results.back().isError()) return Value::error();
  }
  return wrap(call, results);
}

Value mapValues(BuiltinCall& call, const Entries& map, Callback f) {
  Table result;
  for (const TableEntry& entry : map) {
    result.push_back({entry.key, f(keyOf(entry), entry.value), entry.origin});
    if (result.back().value.isError()) return Value::error();
  }
  return wrap(call, result);
}

Value mapKeys(BuiltinCall& call, const Entries& map, Callback f) {
  Table result;
  std::unordered_map<Symbol, Symbol> sources;
  for (const TableEntry& entry : map) {
    const auto key = f.key(keyOf(entry), entry.value);
    if (!key) return Value::error();
    const auto [first, isNew] = sources.emplace(*key, entry.key);
    if (!isNew) {
      return call.fail(fmt::format("the keys `{}` and `{}` both become `{}`", base::text(first->second), base::text(entry.key), base::text(*key)));
    }
    result.push_back({*key, entry.value, entry.origin});
  }
  return wrap(call, result);
}

/// The entries for which `f` gives true; nullopt: it failed.
std::optional<Table> matching(const Entries& map, const Callback& f) {
  Table kept;
  for (const TableEntry& entry : map) {
    const auto keep = f.test(keyOf(entry), entry.value);
    if (!keep) return std::nullopt;
    if (*keep) kept.push_back(entry);
  }
  return kept;
}

Value filter(BuiltinCall& call, const Entries& map, Callback f) {
  const auto kept = matching(map, f);
  return kept ? wrap(call, *kept) : Value::error();
}

Value count(BuiltinCall&, const Entries& map, Callback f) {
  const auto kept = matching(map, f);
  return kept ? Value::integer(static_cast<std::int64_t>(kept->size())) : Value::error();
}

/// True if `f` gives `wanted` for some entry; nullopt: it failed.
std::optional<bool> some(const Entries& map, const Callback& f, bool wanted) {
  for (const TableEntry& entry : map) {
    const auto result = f.test(keyOf(entry), entry.value);
    if (!result) return std::nullopt;
    if (*result == wanted) return true;
  }
  return false;
}

Value any(BuiltinCall&, const Entries& map, Callback f) {
  const auto result = some(map, f, true);
  return result ? Value::boolean(*result) : Value::error();
}

Value all(BuiltinCall&, const Entries& map, Callback f) {
  const auto result = some(map, f, false);
  return result ? Value::boolean(!*result) : Value::error();
}

// --- maps made of maps

Table merge(const Entries& map, const Entries& other) {
  std::unordered_map<Symbol, std::size_t> positions;
  Table result;
  for (const Entries* source : {&map, &other}) {
    for (const TableEntry& entry : *source) {
      const auto [at, isNew] = positions.emplace(entry.key, result.size());
      if (isNew) {
        result.push_back(entry);
      } else {
        result[at->second] = entry;
      }
    }
  }
  return result;
}

/// The entries whose keys are among `keys`, or are not.
Value selectKeys(BuiltinCall& call, const Entries& map, const Elements& keys, bool wanted) {
  std::unordered_set<Symbol> names;
  for (const Value key : keys) {
    if (!key.is(ValueKind::String)) return call.fail(fmt::format("a key is text, not {}", describe(key.kind())));
    names.insert(base::intern(key.asString()));
  }
  Table kept;
  std::copy_if(map.begin(), map.end(), std::back_inserter(kept), [&](const TableEntry& entry) { return names.contains(entry.key) == wanted; });
  return wrap(call, kept);
}

Value pick(BuiltinCall& call, const Entries& map, const Elements& keys) { return selectKeys(call, map, keys, true); }
Value omit(BuiltinCall& call, const Entries& map, const Elements& keys) { return selectKeys(call, map, keys, false); }

Table sortKeys(const Entries& map) {
  Table sorted = map.all;
  std::sort(sorted.begin(), sorted.end(), [](const TableEntry& a, const TableEntry& b) { return base::text(a.key) < base::text(b.key); });
  return sorted;
}

constexpr Implementation kImplementations[] = {
    {Builtin::map_len, bound<length>},
    {Builtin::map_isEmpty, bound<isEmpty>},
    {Builtin::map_keys, bound<keys>},
    {Builtin::map_values, bound<values>},
    {Builtin::map_entries, bound<entries>},
    {Builtin::map_get, bound<get>},
    {Builtin::map_has, bound<has>},
    {Builtin::map_map, bound<map>},
    {Builtin::map_mapValues, bound<mapValues>},
    {Builtin::map_mapKeys, bound<mapKeys>},
    {Builtin::map_filter, bound<filter>},
    {Builtin::map_count, bound<count>},
    {Builtin::map_any, bound<any>},
    {Builtin::map_all, bound<all>},
    {Builtin::map_merge, bound<merge>},
    {Builtin::map_pick, bound<pick>},
    {Builtin::map_omit, bound<omit>},
    {Builtin::map_sortKeys, bound<sortKeys>},
};

}  // namespace

std::span<const Implementation> mapImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
