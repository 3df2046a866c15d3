// Lists, and sets where they act alike: testing, transforming and taking parts. Order and grouping: list_order.cpp, list_group.cpp.
#include <algorithm>

#include <fmt/format.h>

#include "eval/builtins/arithmetic.hpp"
#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"
#include "eval/builtins/text.hpp"
#include "eval/builtins/value_index.hpp"

namespace kdsl::eval::builtins {
namespace {

using types::Builtin;
using Values = std::vector<Value>;

std::int64_t length(const Elements& list) { return static_cast<std::int64_t>(list.size()); }
bool isEmpty(const Elements& list) { return list.empty(); }
Values toList(const Elements& list) { return {list.begin(), list.end()}; }

// --- with a function of each element

Value map(BuiltinCall& call, const Elements& list, Callback f) {
  Values results;
  results.reserve(list.size());
  for (const Value element : list) {
    const Value result = f(element);
    if (result.isError()) return result;
    results.push_back(result);
  }
  return wrap(call, results);
}

Value enumerate(BuiltinCall& call, const Elements& list) {
  static const Symbol index = base::intern("index"), value = base::intern("value");
  Values results;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!call.spend(2)) return Value::error();
    const TableEntry entries[] = {{index, Value::integer(static_cast<std::int64_t>(i)), call.at()}, {value, list[i], call.at()}};
    results.push_back(call.table(entries));
  }
  return wrap(call, results);
}

Value filter(BuiltinCall& call, const Elements& list, Callback f) {
  Values kept;
  for (const Value element : list) {
    const auto keep = f.test(element);
    if (!keep) return Value::error();
    if (*keep) kept.push_back(element);
  }
  return wrap(call, kept);
}

/// Appends the elements of a list value; false: it is none, and that was reported.
bool appendList(BuiltinCall& call, Values& out, Value list) {
  if (list.isError()) return false;
  if (!Parameter<Elements>::accepts(list)) {
    call.fail(fmt::format("a list is wanted here, not {}", describe(list.kind())));
    return false;
  }
  const Elements elements(call, list);
  if (!call.spend(elements.size())) return false;
  out.insert(out.end(), elements.begin(), elements.end());
  return true;
}

Value flatMap(BuiltinCall& call, const Elements& list, Callback f) {
  Values results;
  for (const Value element : list) {
    if (!appendList(call, results, f(element))) return Value::error();
  }
  return wrap(call, results);
}

Value flatten(BuiltinCall& call, const Elements& list) {
  Values results;
  for (const Value element : list) {
    if (!appendList(call, results, element)) return Value::error();
  }
  return wrap(call, results);
}

Values compact(const Elements& list) {
  Values present;
  std::copy_if(list.begin(), list.end(), std::back_inserter(present), [](Value element) { return !element.isAbsent(); });
  return present;
}

Value fold(BuiltinCall&, const Elements& list, Value initial, Callback f) {
  Value result = initial;
  for (const Value element : list) {
    result = f(result, element);
    if (result.isError()) break;
  }
  return result;
}

Value zip(BuiltinCall& call, const Elements& list, const Elements& other, Callback f) {
  Values results;
  for (std::size_t i = 0; i < std::min(list.size(), other.size()); ++i) {
    const Value result = f(list[i], other[i]);
    if (result.isError()) return result;
    results.push_back(result);
  }
  return wrap(call, results);
}

// --- asking

/// The position of the first element for which `f` gives `wanted`; the size if there is none; nullopt: it failed.
std::optional<std::size_t> position(const Elements& list, const Callback& f, bool wanted) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto result = f.test(list[i]);
    if (!result) return std::nullopt;
    if (*result == wanted) return i;
  }
  return list.size();
}

Value any(BuiltinCall&, const Elements& list, Callback f) {
  const auto at = position(list, f, true);
  return at ? Value::boolean(*at < list.size()) : Value::error();
}

Value all(BuiltinCall&, const Elements& list, Callback f) {
  const auto at = position(list, f, false);
  return at ? Value::boolean(*at == list.size()) : Value::error();
}

Value find(BuiltinCall&, const Elements& list, Callback f) {
  const auto at = position(list, f, true);
  if (!at) return Value::error();
  return *at < list.size() ? list[*at] : Value::absent();
}

Value count(BuiltinCall&, const Elements& list, Callback f) {
  std::int64_t matching = 0;
  for (const Value element : list) {
    const auto result = f.test(element);
    if (!result) return Value::error();
    matching += *result ? 1 : 0;
  }
  return Value::integer(matching);
}

Value indexOf(BuiltinCall& call, const Elements& list, Value wanted) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!call.spend(1)) return Value::error();
    if (call.equal(list[i], wanted)) return Value::integer(static_cast<std::int64_t>(i));
  }
  return Value::absent();
}

Value contains(BuiltinCall& call, const Elements& list, Value wanted) {
  const Value at = indexOf(call, list, wanted);
  return at.isError() ? at : Value::boolean(!at.isAbsent());
}

// --- parts

std::optional<Value> first(const Elements& list) { return list.empty() ? std::nullopt : std::optional(list[0]); }
std::optional<Value> last(const Elements& list) { return list.empty() ? std::nullopt : std::optional(list[list.size() - 1]); }

Values part(const Elements& list, std::size_t begin, std::size_t end) {
  const auto items = list.span().subspan(begin, end - begin);
  return {items.begin(), items.end()};
}

Values slice(const Elements& list, std::int64_t start, std::optional<std::int64_t> end) {
  const auto [begin, stop] = sliceBounds(list.size(), start, end);
  return part(list, begin, stop);
}

/// A count of elements: at most all of them; nullopt: negative, and that was reported.
std::optional<std::size_t> elementCount(BuiltinCall& call, const Elements& list, std::int64_t count) {
  if (count >= 0) return static_cast<std::size_t>(std::min(count, length(list)));
  call.fail(fmt::format("a count of elements is 0 or more, not {}", count));
  return std::nullopt;
}

Value take(BuiltinCall& call, const Elements& list, std::int64_t count) {
  const auto size = elementCount(call, list, count);
  return size ? wrap(call, part(list, 0, *size)) : Value::error();
}

Value drop(BuiltinCall& call, const Elements& list, std::int64_t count) {
  const auto size = elementCount(call, list, count);
  return size ? wrap(call, part(list, *size, list.size())) : Value::error();
}

Value chunk(BuiltinCall& call, const Elements& list, std::int64_t size) {
  if (size < 1) return call.fail(fmt::format("`chunk` wants a size of 1 or more, not {}", size));
  const auto step = static_cast<std::size_t>(size);
  Values chunks;
  for (std::size_t at = 0; at < list.size();) {
    const auto end = list.size() - at > step ? at + step : list.size();
    chunks.push_back(wrap(call, part(list, at, end)));
    if (chunks.back().isError()) return Value::error();
    at = end;
  }
  return wrap(call, chunks);
}

// --- sums and text

/// The sum; `zero` if the list is empty.
Value sum(BuiltinCall& call, const Elements& list, Value zero) {
  if (list.empty()) return zero;
  Value total = list[0];
  for (std::size_t i = 1; i < list.size() && !total.isError(); ++i) total = added(call, total, list[i]);
  return total;
}

Value sumInts(BuiltinCall& call, const Elements& list) { return sum(call, list, Value::integer(0)); }
Value sumFloats(BuiltinCall& call, const Elements& list) { return sum(call, list, Value::floating(0)); }
Value sumQuantities(BuiltinCall& call, const Elements& list) { return sum(call, list, Value::quantity(call.arena(), units::Quantity())); }
Value sumDurations(BuiltinCall& call, const Elements& list) { return sum(call, list, Value::duration(units::Duration())); }

Value join(BuiltinCall& call, const Elements& list, std::optional<std::string_view> separator) {
  const auto between = separator.value_or("");
  std::size_t size = 0;
  for (const Value element : list) {
    if (!element.is(ValueKind::String)) return call.fail(fmt::format("`join` wants texts, not {}", describe(element.kind())));
    size += element.asString().size() + between.size();
  }
  if (!spendText(call, size)) return Value::error();
  std::string result;
  result.reserve(size);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i != 0) result.append(between);
    result.append(list[i].asString());
  }
  return call.text(result);
}

// --- as sets

/// The elements that `other` has too, or has not.
Value select(BuiltinCall& call, const Elements& list, const Elements& other, bool wanted) {
  ValueIndex index(call);
  for (const Value element : other) index.add(element);
  Values kept;
  for (const Value element : list) {
    if (index.find(element).has_value() == wanted) kept.push_back(element);
    if (index.failed()) return Value::error();
  }
  return wrap(call, kept);
}

Value intersect(BuiltinCall& call, const Elements& list, const Elements& other) { return select(call, list, other, true); }
Value without(BuiltinCall& call, const Elements& list, const Elements& other) { return select(call, list, other, false); }

Value isSubsetOf(BuiltinCall& call, const Elements& list, const Elements& other) {
  ValueIndex index(call);
  for (const Value element : other) index.add(element);
  const bool isSubset = std::all_of(list.begin(), list.end(), [&](Value element) { return index.find(element).has_value(); });
  return index.failed() ? Value::error() : Value::boolean(isSubset);
}

Value unique(BuiltinCall& call, const Elements& list) {
  ValueIndex index(call);
  for (const Value element : list) index.add(element);
  return index.failed() ? Value::error() : wrap(call, index.values());
}

Value unite(BuiltinCall& call, const Elements& list, const Elements& other) {
  ValueIndex index(call);
  for (const Value element : list) index.add(element);
  for (const Value element : other) index.add(element);
  return index.failed() ? Value::error() : wrap(call, index.values());
}

Value duplicates(BuiltinCall& call, const Elements& list) {
  ValueIndex index(call);
  std::vector<int> counts;
  for (const Value element : list) {
    const auto [at, isNew] = index.add(element);
    if (isNew) counts.push_back(0);
    ++counts[at];
  }
  if (index.failed()) return Value::error();
  Values repeated;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 1) repeated.push_back(index.values()[i]);
  }
  return wrap(call, repeated);
}

constexpr Implementation kImplementations[] = {
    {Builtin::list_len, bound<length>},
    {Builtin::list_isEmpty, bound<isEmpty>},
    {Builtin::list_map, bound<map>},
    {Builtin::list_enumerate, bound<enumerate>},
    {Builtin::list_filter, bound<filter>},
    {Builtin::list_flatMap, bound<flatMap>},
    {Builtin::list_flatten, bound<flatten>},
    {Builtin::list_compact, bound<compact>},
    {Builtin::list_fold, bound<fold>},
    {Builtin::list_zip, bound<zip>},
    {Builtin::list_any, bound<any>},
    {Builtin::list_all, bound<all>},
    {Builtin::list_find, bound<find>},
    {Builtin::list_count, bound<count>},
    {Builtin::list_indexOf, bound<indexOf>},
    {Builtin::list_contains, bound<contains>},
    {Builtin::list_first, bound<first>},
    {Builtin::list_last, bound<last>},
    {Builtin::list_slice, bound<slice>},
    {Builtin::list_take, bound<take>},
    {Builtin::list_drop, bound<drop>},
    {Builtin::list_chunk, bound<chunk>},
    {Builtin::list_sumInts, bound<sumInts>},
    {Builtin::list_sumFloats, bound<sumFloats>},
    {Builtin::list_sumQuantities, bound<sumQuantities>},
    {Builtin::list_sumDurations, bound<sumDurations>},
    {Builtin::list_join, bound<join>},
    {Builtin::list_intersect, bound<intersect>},
    {Builtin::list_without, bound<without>},
    {Builtin::list_isSubsetOf, bound<isSubsetOf>},
    {Builtin::list_unique, bound<unique>},
    {Builtin::list_duplicates, bound<duplicates>},
    {Builtin::list_toSet, bound<unique>},
    {Builtin::set_len, bound<length>},
    {Builtin::set_isEmpty, bound<isEmpty>},
    {Builtin::set_contains, bound<contains>},
    {Builtin::set_map, bound<map>},
    {Builtin::set_filter, bound<filter>},
    {Builtin::set_any, bound<any>},
    {Builtin::set_all, bound<all>},
    {Builtin::set_union, bound<unite>},
    {Builtin::set_intersect, bound<intersect>},
    {Builtin::set_without, bound<without>},
    {Builtin::set_isSubsetOf, bound<isSubsetOf>},
    {Builtin::set_toList, bound<toList>},
};

}  // namespace

std::span<const Implementation> listImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
