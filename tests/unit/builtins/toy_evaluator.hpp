#pragma once
// As much of an evaluator as built-ins need: maps are vectors of entries, lambdas C++ functions, and messages a list.
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eval/builtins/builtin.hpp"

namespace kdsl::eval {

struct Place {
  std::vector<TableEntry> entries;
  bool isKeyedList = false;
};

struct Lambda {
  std::function<Value(std::span<const Value>)> function;
};

class Evaluator {
 public:
  base::Arena arena;
  std::vector<std::string> messages;
  std::size_t budget = 1'000'000;
  std::vector<std::unique_ptr<Place>> places;
  std::vector<std::unique_ptr<Lambda>> lambdas;
};

}  // namespace kdsl::eval

namespace kdsl::eval::test {

using types::Builtin;

/// Calls built-ins and prints their results as kdsl writes values: `["a", 1]`, `{ a: 1 }`, `absent`. An error is `error: …`.
class Toy {
 public:
  Value text(std::string_view text) { return Value::string(evaluator_.arena, text); }
  Value quantity(std::string_view text);
  Value duration(std::string_view text);
  Value list(std::initializer_list<Value> items);
  Value texts(std::initializer_list<std::string_view> items);
  Value ints(std::initializer_list<std::int64_t> items);
  Value map(std::initializer_list<std::pair<std::string_view, Value>> entries);
  Value keyedList(std::initializer_list<std::pair<std::string_view, Value>> rows);
  Value function(std::function<Value(std::span<const Value>)> function);

  Value call(Builtin builtin, std::initializer_list<Value> arguments);
  std::string run(Builtin builtin, std::initializer_list<Value> arguments) { return show(call(builtin, arguments)); }
  std::string show(Value value);

  Evaluator& evaluator() { return evaluator_; }

 private:
  Evaluator evaluator_;
};

inline Value integer(std::int64_t value) { return Value::integer(value); }
inline Value floating(double value) { return Value::floating(value); }

}  // namespace kdsl::eval::test
