#pragma once
// Built-ins are written as plain C++ functions over C++ types; bound<f> makes the BuiltinFunction that reads the arguments, counts the work and wraps the result.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "eval/builtins/builtin.hpp"

namespace kdsl::eval::builtins {

/// Texts longer than this are not made: ConfigMaps end at 1 MiB.
inline constexpr std::size_t kTextLimit = std::size_t{64} << 20;
/// So many bytes of text count as one step of the budget.
inline constexpr std::size_t kBytesPerStep = 16;

/// One line of a file's table: what implements a built-in.
struct Implementation {
  types::Builtin id;
  BuiltinFunction function;
};

/// What a value is, for messages: "text", "an int".
std::string_view describe(ValueKind kind);

/// Counts the making of a text of so many bytes. False: the call failed, and it was reported.
bool spendText(BuiltinCall& call, std::size_t bytes);

/// A list, set or keyed list as a sequence; none of the elements is an error.
class Elements {
 public:
  Elements(BuiltinCall& call, Value value) {
    if (value.is(ValueKind::List)) {
      view_ = value.asList().items;
    } else {
      owned_ = call.items(value);
      view_ = owned_;
    }
  }
  Elements(Elements&&) = default;

  auto begin() const { return view_.begin(); }
  auto end() const { return view_.end(); }
  Value operator[](std::size_t i) const { return view_[i]; }
  std::size_t size() const { return view_.size(); }
  bool empty() const { return view_.empty(); }
  std::span<const Value> span() const { return view_; }

 private:
  std::vector<Value> owned_;
  std::span<const Value> view_;
};

/// The entries of a map, in order; none of the values is an error.
struct Entries {
  std::vector<TableEntry> all;
  auto begin() const { return all.begin(); }
  auto end() const { return all.end(); }
  std::size_t size() const { return all.size(); }
};

/// A lambda argument.
class Callback {
 public:
  Callback(BuiltinCall& call, Value lambda) : call_(&call), lambda_(lambda) {}

  /// An error value when it fails.
  template <typename... Arguments>
  Value operator()(Arguments... arguments) const {
    return call_->apply(lambda_, {arguments...});
  }
  /// nullopt: it failed, and that was reported.
  template <typename... Arguments>
  std::optional<bool> test(Arguments... arguments) const {
    return asBool((*this)(arguments...));
  }
  /// The text that it gives, as the key of a map; nullopt: it failed, and that was reported.
  template <typename... Arguments>
  std::optional<Symbol> key(Arguments... arguments) const {
    return asKey((*this)(arguments...));
  }

 private:
  std::optional<bool> asBool(Value result) const;
  std::optional<Symbol> asKey(Value result) const;

  BuiltinCall* call_;
  Value lambda_;
};

// --- arguments: how a C++ type is read from a value -----------------------------------------------------------------
// wanted: in words, for the message; accepts: if the value has the kind; read: the conversion; work: its size in steps.

template <typename T>
struct Parameter;

struct ScalarParameter {
  static std::size_t work(Value) { return 0; }
};

template <>
struct Parameter<Value> : ScalarParameter {
  static constexpr std::string_view wanted = "a value";
  static bool accepts(Value) { return true; }
  static Value read(BuiltinCall&, Value value) { return value; }
};

template <>
struct Parameter<bool> : ScalarParameter {
  static constexpr std::string_view wanted = "true or false";
  static bool accepts(Value value) { return value.is(ValueKind::Bool); }
  static bool read(BuiltinCall&, Value value) { return value.asBool(); }
};

template <>
struct Parameter<std::int64_t> : ScalarParameter {
  static constexpr std::string_view wanted = "an int";
  static bool accepts(Value value) { return value.is(ValueKind::Int); }
  static std::int64_t read(BuiltinCall&, Value value) { return value.asInt(); }
};

template <>
struct Parameter<double> : ScalarParameter {
  static constexpr std::string_view wanted = "a number";
  static bool accepts(Value value) { return value.is(ValueKind::Float) || value.is(ValueKind::Int); }
  static double read(BuiltinCall&, Value value) {
    return value.is(ValueKind::Int) ? static_cast<double>(value.asInt()) : value.asFloat();
  }
};

template <>
struct Parameter<units::Quantity> : ScalarParameter {
  static constexpr std::string_view wanted = "a Quantity";
  static bool accepts(Value value) { return value.is(ValueKind::Quantity) || value.is(ValueKind::Int); }
  static units::Quantity read(BuiltinCall&, Value value) {
    return value.is(ValueKind::Int) ? units::Quantity::fromInteger(value.asInt()) : value.asQuantity();
  }
};

template <>
struct Parameter<units::Duration> : ScalarParameter {
  static constexpr std::string_view wanted = "a Duration";
  static bool accepts(Value value) { return value.is(ValueKind::Duration); }
  static units::Duration read(BuiltinCall&, Value value) { return value.asDuration(); }
};

template <>
struct Parameter<std::string_view> {
  static constexpr std::string_view wanted = "text";
  static bool accepts(Value value) { return value.is(ValueKind::String); }
  static std::string_view read(BuiltinCall&, Value value) { return value.asString(); }
  static std::size_t work(Value value) { return value.asString().size() / kBytesPerStep; }
};

template <>
struct Parameter<Callback> : ScalarParameter {
  static constexpr std::string_view wanted = "a function";
  static bool accepts(Value value) { return value.is(ValueKind::Lambda); }
  static Callback read(BuiltinCall& call, Value value) { return {call, value}; }
};

template <>
struct Parameter<Elements> {
  static constexpr std::string_view wanted = "a list";
  static bool accepts(Value value) { return value.is(ValueKind::List) || value.is(ValueKind::Record); }
  static Elements read(BuiltinCall& call, Value value) { return {call, value}; }
  static std::size_t work(Value value) { return value.is(ValueKind::List) ? value.asList().items.size() : 1; }
  static bool failed(const Elements& elements) {
    for (const Value element : elements) {
      if (element.isError()) return true;
    }
    return false;
  }
};

template <>
struct Parameter<Entries> {
  static constexpr std::string_view wanted = "a map";
  static bool accepts(Value value) { return value.is(ValueKind::Record); }
  static Entries read(BuiltinCall& call, Value value) { return {call.entries(value)}; }
  static std::size_t work(Value) { return 1; }
  static bool failed(const Entries& entries) {
    for (const TableEntry& entry : entries) {
      if (entry.value.isError()) return true;
    }
    return false;
  }
};

/// One that may be left out.
template <typename T>
struct Parameter<std::optional<T>> {
  static constexpr std::string_view wanted = Parameter<T>::wanted;
  static bool accepts(Value value) { return value.isAbsent() || Parameter<T>::accepts(value); }
  static std::optional<T> read(BuiltinCall& call, Value value) {
    if (value.isAbsent()) return std::nullopt;
    return Parameter<T>::read(call, value);
  }
  static std::size_t work(Value value) { return value.isAbsent() ? 0 : Parameter<T>::work(value); }
};

// --- results --------------------------------------------------------------------------------------------------------

inline Value wrap(BuiltinCall&, Value result) { return result; }
inline Value wrap(BuiltinCall&, bool result) { return Value::boolean(result); }
inline Value wrap(BuiltinCall&, std::int64_t result) { return Value::integer(result); }
inline Value wrap(BuiltinCall&, double result) { return Value::floating(result); }
inline Value wrap(BuiltinCall&, units::Duration result) { return Value::duration(result); }
inline Value wrap(BuiltinCall& call, const units::Quantity& result) { return Value::quantity(call.arena(), result); }
/// A part of an argument, or text that lives for ever: it is not copied.
inline Value wrap(BuiltinCall& call, std::string_view result) { return call.piece(result); }
inline Value wrap(BuiltinCall& call, const std::string& result) { return spendText(call, result.size()) ? call.text(result) : Value::error(); }
Value wrap(BuiltinCall& call, const std::vector<Value>& result);
/// Parts of arguments, as above.
Value wrap(BuiltinCall& call, const std::vector<std::string_view>& result);
Value wrap(BuiltinCall& call, const std::vector<TableEntry>& result);
/// nullopt is absent.
template <typename T>
Value wrap(BuiltinCall& call, const std::optional<T>& result) {
  return result ? wrap(call, *result) : Value::absent();
}

// --- binding --------------------------------------------------------------------------------------------------------

/// Reports that argument `index` is not what is wanted: only a value of type `any` can be that.
Value failKind(BuiltinCall& call, std::size_t index, std::string_view wanted);

/// Runs a function over these C++ types; `takesCall`: its first parameter is the call.
template <bool takesCall, typename... Arguments>
struct Binder {
  template <auto function>
  static Value run(BuiltinCall& call) {
    return run<function>(call, std::index_sequence_for<Arguments...>());
  }

 private:
  template <typename T>
  static bool failed(const T& argument) {
    if constexpr (requires { Parameter<T>::failed(argument); }) {
      return Parameter<T>::failed(argument);
    } else {
      return false;
    }
  }

  template <auto function, std::size_t... index>
  static Value run(BuiltinCall& call, std::index_sequence<index...>) {
    [[maybe_unused]] std::size_t wrong = 0;
    [[maybe_unused]] std::string_view wanted;
    const bool fit = ((Parameter<Arguments>::accepts(call[index]) || (wrong = index, wanted = Parameter<Arguments>::wanted, false)) && ...);
    if (!fit) return failKind(call, wrong, wanted);

    if (!call.spend((std::size_t{1} + ... + Parameter<Arguments>::work(call[index])))) return Value::error();
    const std::tuple<Arguments...> arguments{Parameter<Arguments>::read(call, call[index])...};
    if ((failed(std::get<index>(arguments)) || ...)) return Value::error();
    if constexpr (takesCall) {
      return wrap(call, function(call, std::get<index>(arguments)...));
    } else {
      return wrap(call, function(std::get<index>(arguments)...));
    }
  }
};

template <typename Function>
struct BinderOf;
template <typename Result, typename... Parameters>
struct BinderOf<Result (*)(BuiltinCall&, Parameters...)> {
  using Type = Binder<true, std::remove_cvref_t<Parameters>...>;
};
template <typename Result, typename... Parameters>
struct BinderOf<Result (*)(Parameters...)> {
  using Type = Binder<false, std::remove_cvref_t<Parameters>...>;
};

/// The calling convention of BuiltinCall around a function over C++ types. Its parameters are those for which there is a Parameter, perhaps
/// after a BuiltinCall&; its result is anything that wrap takes.
template <auto function>
Value bound(BuiltinCall& call) {
  return BinderOf<decltype(function)>::Type::template run<function>(call);
}

}  // namespace kdsl::eval::builtins
