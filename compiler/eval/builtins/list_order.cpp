// Order: sorting, the smallest and largest, turning round.
#include <algorithm>
#include <bit>
#include <numeric>

#include "eval/builtins/arithmetic.hpp"
#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"

namespace kdsl::eval::builtins {
namespace {

using types::Builtin;
using Values = std::vector<Value>;

/// What `f` gives for each element; nullopt: it failed.
std::optional<Values> keysOf(const Elements& list, const Callback& f) {
  Values keys;
  keys.reserve(list.size());
  for (const Value element : list) {
    keys.push_back(f(element));
    if (keys.back().isError()) return std::nullopt;
  }
  return keys;
}

/// The elements in the order of their keys; elements with equal keys keep their order.
Value sortedBy(BuiltinCall& call, const Elements& list, std::span<const Value> keys) {
  if (!haveOrder(call, keys) || !call.spend(list.size() * std::bit_width(list.size()))) return Value::error();
  std::vector<std::size_t> order(list.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int sign = call.compare(keys[a], keys[b]);
    return sign != 0 ? sign < 0 : a < b;
  });
  Values sorted;
  sorted.reserve(order.size());
  for (const std::size_t at : order) sorted.push_back(list[at]);
  return wrap(call, sorted);
}

Value sort(BuiltinCall& call, const Elements& list) { return sortedBy(call, list, list.span()); }

Value sortBy(BuiltinCall& call, const Elements& list, Callback f) {
  const auto keys = keysOf(list, f);
  return keys ? sortedBy(call, list, *keys) : Value::error();
}

/// The element with the smallest (sign -1) or largest (1) key, the first of equal ones; absent for an empty list.
Value extreme(BuiltinCall& call, const Elements& list, std::span<const Value> keys, int sign) {
  if (list.empty()) return Value::absent();
  if (!haveOrder(call, keys)) return Value::error();
  std::size_t best = 0;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (call.compare(keys[i], keys[best]) * sign > 0) best = i;
  }
  return list[best];
}

Value minimum(BuiltinCall& call, const Elements& list) { return extreme(call, list, list.span(), -1); }
Value maximum(BuiltinCall& call, const Elements& list) { return extreme(call, list, list.span(), 1); }

Value minBy(BuiltinCall& call, const Elements& list, Callback f) {
  const auto keys = keysOf(list, f);
  return keys ? extreme(call, list, *keys, -1) : Value::error();
}

Value maxBy(BuiltinCall& call, const Elements& list, Callback f) {
  const auto keys = keysOf(list, f);
  return keys ? extreme(call, list, *keys, 1) : Value::error();
}

Values reverse(const Elements& list) {
  Values result(list.begin(), list.end());
  std::reverse(result.begin(), result.end());
  return result;
}

constexpr Implementation kImplementations[] = {
    {Builtin::list_sort, bound<sort>},
    {Builtin::list_sortBy, bound<sortBy>},
    {Builtin::list_min, bound<minimum>},
    {Builtin::list_max, bound<maximum>},
    {Builtin::list_minBy, bound<minBy>},
    {Builtin::list_maxBy, bound<maxBy>},
    {Builtin::list_reverse, bound<reverse>},
};

}  // namespace

std::span<const Implementation> listOrderImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
