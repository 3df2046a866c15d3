// What every built-in does alike: arguments of wrong kinds, errors inside, the budget.
#include <gtest/gtest.h>

#include "toy_evaluator.hpp"

namespace kdsl::eval::test {
namespace {

class Binding : public testing::Test, public Toy {
 protected:
  /// One value of each kind.
  std::vector<Value> samples() {
    return {Value::absent(), Value::null(), Value::boolean(true), integer(-1), integer(INT64_MAX), floating(0.5), floating(-1e300), text(""), text("aé("), quantity("1Ki"),
            duration("1s"), list({}), list({integer(1), text("x"), Value::null(), Value::absent()}), map({}), map({{"a", text("b")}}), keyedList({{"a", text("b")}}),
            function([](std::span<const Value> a) { return a.empty() ? Value::null() : a[0]; }), function([](std::span<const Value>) { return Value::boolean(true); })};
  }
};

TEST_F(Binding, WrongKindsAreReported) {
  EXPECT_EQ(run(Builtin::string_upper, {integer(1)}), "error: argument 1 must be text, not an int");
  EXPECT_EQ(run(Builtin::string_startsWith, {text("a"), Value::null()}), "error: argument 2 must be text, not null");
  EXPECT_EQ(run(Builtin::string_startsWith, {text("a")}), "error: argument 2 must be text, not absent");
  EXPECT_EQ(run(Builtin::list_map, {ints({1}), integer(1)}), "error: argument 2 must be a function, not an int");
  EXPECT_EQ(run(Builtin::duration_go, {integer(1)}), "error: argument 1 must be a Duration, not an int");
}

TEST_F(Binding, NoArgumentsCrash) {
  const auto values = samples();
  for (const auto& info : types::builtins()) {
    if (implementation(info.id) == nullptr) continue;
    for (const Value a : values) {
      for (const Value b : values) {
        for (const Value c : {Value::absent(), values.back()}) {
          evaluator().budget = 10'000;
          const Value result = call(info.id, {a, b, c});
          if (result.isError()) continue;
          EXPECT_TRUE(evaluator().messages.empty()) << info.name << ": " << evaluator().messages.front();
        }
      }
    }
  }
}

TEST_F(Binding, EveryFailureIsReported) {
  const auto values = samples();
  for (const auto& info : types::builtins()) {
    if (implementation(info.id) == nullptr) continue;
    for (const Value a : values) {
      for (const Value b : values) {
        evaluator().budget = 10'000;
        if (!call(info.id, {a, b}).isError()) continue;
        EXPECT_EQ(evaluator().messages.size(), 1u) << info.name << show(a) << show(b);
      }
    }
  }
}

TEST_F(Binding, WithoutABudgetNothingIsDone) {
  evaluator().budget = 0;
  EXPECT_EQ(run(Builtin::string_upper, {text("a")}), "error: the budget is used up");
  EXPECT_EQ(run(Builtin::list_map, {ints({1}), function([](std::span<const Value> a) { return a[0]; })}), "error: the budget is used up");
}

}  // namespace
}  // namespace kdsl::eval::test
