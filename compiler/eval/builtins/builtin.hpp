#pragma once
// How built-in functions and methods are called. They are total: bad input gives an error value with a diagnostic, never a crash.
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eval/value.hpp"
#include "types/builtins.hpp"

namespace kdsl::eval {

class Evaluator;

/// One call, while it runs. Arguments are evaluated to weak head form and checked by sema; an omitted optional argument is Absent.
/// If any argument is an error the function is not called: the result is that error.
class BuiltinCall {
 public:
  BuiltinCall(Evaluator& evaluator, source::Location at, std::span<const Value> arguments) : evaluator_(evaluator), at_(at), arguments_(arguments) {}

  /// The receiver of a method is argument 0.
  Value operator[](std::size_t i) const { return i < arguments_.size() ? arguments_[i] : Value::absent(); }
  std::size_t size() const { return arguments_.size(); }
  Arena& arena() const;

  // --- results
  Value text(std::string_view text) const;                       // copied into the arena
  Value piece(std::string_view text) const;                      // of an argument's text: not copied
  Value list(std::span<const Value> items) const;                // copied
  /// A map or record with these entries, in order; a later equal key wins.
  Value table(std::span<const TableEntry> entries) const;

  // --- records, maps and keyed lists (argument kind Record)
  /// The present entries in order, each value in weak head form. Rows of a keyed list have their key's text as key.
  std::vector<TableEntry> entries(Value record) const;
  /// The entry's value, Absent if there is none.
  Value entry(Value record, Symbol key) const;
  bool isKeyedList(Value record) const;
  /// A list, set or keyed list as a sequence of values.
  std::vector<Value> items(Value listLike) const;

  /// Calls a lambda argument; returns an error value when it fails.
  Value apply(Value lambda, std::initializer_list<Value> arguments) const;
  /// Deep equality (forces both).
  bool equal(Value a, Value b) const;
  /// Order of two scalars of one kind (numbers mix); Error kind mismatch is excluded by sema, gives 0.
  int compare(Value a, Value b) const;
  /// Counts work against the evaluation's budget: call it with the size of what is made. False: stop, the budget is used up (reported).
  bool spend(std::size_t steps) const;

  /// Reports at the call and returns the error value. `code` names the diagnostic: KD5300 for bad arguments of built-ins.
  Value fail(std::string message) const;

  Evaluator& evaluator() const { return evaluator_; }
  source::Location at() const { return at_; }

 private:
  bool readsHidden() const;
  /// What is made from a hidden text is hidden.
  Value madeText(Value text) const;

  Evaluator& evaluator_;
  source::Location at_;
  std::span<const Value> arguments_;
};

using BuiltinFunction = Value (*)(BuiltinCall& call);

/// The implementation of each built-in, by types::Builtin.
BuiltinFunction implementation(types::Builtin builtin);

}  // namespace kdsl::eval
