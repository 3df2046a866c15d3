#include <gtest/gtest.h>

#include <cmath>

#include "toy_evaluator.hpp"

namespace kdsl::eval::test {
namespace {

using Arguments = std::span<const Value>;

class ListBuiltins : public testing::Test, public Toy {
 protected:
  Value isAbove3 = function([](Arguments a) { return Value::boolean(a[0].asInt() > 3); });
  Value timesTen = function([](Arguments a) { return integer(a[0].asInt() * 10); });
  Value length = function([](Arguments a) { return integer(static_cast<std::int64_t>(a[0].asString().size())); });
  Value initial = function([](Arguments a) { return Value::string(a[0].asString().substr(0, 1)); });
  Value failing = function([](Arguments) { return Value::error(); });
};

TEST_F(ListBuiltins, Transform) {
  EXPECT_EQ(run(Builtin::list_map, {ints({1, 2}), timesTen}), "[10, 20]");
  EXPECT_EQ(run(Builtin::list_map, {ints({}), timesTen}), "[]");
  EXPECT_EQ(run(Builtin::list_filter, {ints({1, 5, 7}), isAbove3}), "[5, 7]");
  EXPECT_EQ(run(Builtin::list_flatMap, {ints({1, 2}), function([&](Arguments a) { return list({a[0], a[0]}); })}), "[1, 1, 2, 2]");
  EXPECT_EQ(run(Builtin::list_flatMap, {ints({1}), timesTen}), "error: a list is wanted here, not an int");
  EXPECT_EQ(run(Builtin::list_flatten, {list({ints({1}), ints({}), ints({2, 3})})}), "[1, 2, 3]");
  EXPECT_EQ(run(Builtin::list_compact, {list({integer(1), Value::absent(), integer(2)})}), "[1, 2]");
  EXPECT_EQ(run(Builtin::list_enumerate, {texts({"a"})}), R"([{ index: 0, value: "a" }])");
  const auto add = function([](Arguments a) { return integer(a[0].asInt() + a[1].asInt()); });
  EXPECT_EQ(run(Builtin::list_zip, {ints({1, 2, 3}), ints({10, 20}), add}), "[11, 22]");
  const auto digits = function([](Arguments a) { return integer(a[0].asInt() * 10 + a[1].asInt()); });
  EXPECT_EQ(run(Builtin::list_fold, {ints({1, 2, 3}), integer(0), digits}), "123");
  EXPECT_EQ(run(Builtin::list_fold, {ints({}), integer(7), digits}), "7");
}

TEST_F(ListBuiltins, Ask) {
  EXPECT_EQ(run(Builtin::list_len, {ints({1, 2})}), "2");
  EXPECT_EQ(run(Builtin::list_isEmpty, {ints({})}), "true");
  EXPECT_EQ(run(Builtin::list_any, {ints({1, 5}), isAbove3}), "true");
  EXPECT_EQ(run(Builtin::list_any, {ints({}), isAbove3}), "false");
  EXPECT_EQ(run(Builtin::list_all, {ints({1, 5}), isAbove3}), "false");
  EXPECT_EQ(run(Builtin::list_all, {ints({}), isAbove3}), "true");
  EXPECT_EQ(run(Builtin::list_count, {ints({1, 5, 7}), isAbove3}), "2");
  EXPECT_EQ(run(Builtin::list_find, {ints({1, 5, 7}), isAbove3}), "5");
  EXPECT_EQ(run(Builtin::list_find, {ints({1}), isAbove3}), "absent");
  EXPECT_EQ(run(Builtin::list_contains, {texts({"a", "b"}), text("b")}), "true");
  EXPECT_EQ(run(Builtin::list_indexOf, {texts({"a", "b"}), text("b")}), "1");
  EXPECT_EQ(run(Builtin::list_indexOf, {texts({"a", "b"}), text("c")}), "absent");
}

TEST_F(ListBuiltins, FailingFunctionsFail) {
  for (const auto builtin : {Builtin::list_map, Builtin::list_filter, Builtin::list_flatMap, Builtin::list_any, Builtin::list_all, Builtin::list_find, Builtin::list_count,
                             Builtin::list_sortBy, Builtin::list_minBy, Builtin::list_maxBy, Builtin::list_groupBy, Builtin::list_keyBy, Builtin::list_partition, Builtin::list_uniqueBy}) {
    EXPECT_EQ(run(builtin, {ints({1}), failing}), "error") << types::builtinInfo(builtin).name;
  }
  EXPECT_EQ(run(Builtin::list_filter, {ints({1}), timesTen}), "error: the function must give true or false, not an int");
  EXPECT_EQ(run(Builtin::list_groupBy, {ints({1}), timesTen}), "error: the function must give a text, as a key, not an int");
}

TEST_F(ListBuiltins, ErrorsInsideAreErrors) {
  EXPECT_EQ(run(Builtin::list_len, {list({integer(1), Value::error()})}), "error");
  EXPECT_EQ(run(Builtin::list_join, {list({text("a"), Value::error()})}), "error");
}

TEST_F(ListBuiltins, Parts) {
  EXPECT_EQ(run(Builtin::list_first, {ints({1, 2})}), "1");
  EXPECT_EQ(run(Builtin::list_last, {ints({1, 2})}), "2");
  EXPECT_EQ(run(Builtin::list_first, {ints({})}), "absent");
  EXPECT_EQ(run(Builtin::list_slice, {ints({1, 2, 3}), integer(0), integer(-1)}), "[1, 2]");
  EXPECT_EQ(run(Builtin::list_take, {ints({1, 2, 3}), integer(99)}), "[1, 2, 3]");
  EXPECT_EQ(run(Builtin::list_drop, {ints({1, 2, 3}), integer(1)}), "[2, 3]");
  EXPECT_EQ(run(Builtin::list_take, {ints({1}), integer(-1)}), "error: a count of elements is 0 or more, not -1");
  EXPECT_EQ(run(Builtin::list_chunk, {ints({1, 2, 3}), integer(2)}), "[[1, 2], [3]]");
  EXPECT_EQ(run(Builtin::list_chunk, {ints({1, 2, 3}), integer(INT64_MAX)}), "[[1, 2, 3]]");
  EXPECT_EQ(run(Builtin::list_chunk, {ints({}), integer(2)}), "[]");
  EXPECT_EQ(run(Builtin::list_chunk, {ints({1}), integer(0)}), "error: `chunk` wants a size of 1 or more, not 0");
}

TEST_F(ListBuiltins, Sums) {
  EXPECT_EQ(run(Builtin::list_sumInts, {ints({})}), "0");
  EXPECT_EQ(run(Builtin::list_sumInts, {ints({1, 2, 3})}), "6");
  EXPECT_EQ(run(Builtin::list_sumInts, {ints({INT64_MAX, 1})}), "error: the sum does not fit 64 bits");
  EXPECT_EQ(run(Builtin::list_sumFloats, {list({floating(0.5), integer(1)})}), "1.5");
  EXPECT_EQ(run(Builtin::list_sumFloats, {list({floating(1.7e308), floating(1.7e308)})}), "error: the result is out of the range of floats");
  EXPECT_EQ(run(Builtin::list_sumQuantities, {list({quantity("512Mi"), quantity("1Gi")})}), "1536Mi");
  EXPECT_EQ(run(Builtin::list_sumQuantities, {list({})}), "0");
  EXPECT_EQ(run(Builtin::list_sumDurations, {list({duration("30s"), duration("1h")})}), "1h30s");
  EXPECT_EQ(run(Builtin::list_sumDurations, {list({})}), "0s");
}

TEST_F(ListBuiltins, Join) {
  EXPECT_EQ(run(Builtin::list_join, {texts({"a", "b"}), text(", ")}), R"("a, b")");
  EXPECT_EQ(run(Builtin::list_join, {texts({"a", "b"})}), R"("ab")");
  EXPECT_EQ(run(Builtin::list_join, {texts({})}), R"("")");
  EXPECT_EQ(run(Builtin::list_join, {ints({1})}), "error: `join` wants texts, not an int");
}

TEST_F(ListBuiltins, Order) {
  EXPECT_EQ(run(Builtin::list_sort, {ints({3, 1, 2})}), "[1, 2, 3]");
  EXPECT_EQ(run(Builtin::list_sort, {texts({"b", "B", "é", "a"})}), R"(["B", "a", "b", "é"])");
  EXPECT_EQ(run(Builtin::list_sortBy, {texts({"cc", "b", "aa", "d"}), length}), R"(["b", "d", "cc", "aa"])") << "equal keys keep their order";
  EXPECT_EQ(run(Builtin::list_min, {ints({3, 1, 2})}), "1");
  EXPECT_EQ(run(Builtin::list_max, {ints({})}), "absent");
  EXPECT_EQ(run(Builtin::list_minBy, {texts({"cc", "b", "d"}), length}), R"("b")");
  EXPECT_EQ(run(Builtin::list_maxBy, {texts({"cc", "b", "dd"}), length}), R"("cc")");
  EXPECT_EQ(run(Builtin::list_reverse, {ints({1, 2, 3})}), "[3, 2, 1]");
  EXPECT_EQ(run(Builtin::list_sort, {list({integer(1), text("a")})}), "error: an int and text cannot be compared");
  EXPECT_EQ(run(Builtin::list_sort, {list({integer(1), floating(NAN)})}), "error: what is not a number has no order");
  EXPECT_EQ(run(Builtin::list_max, {list({Value::null()})}), "error: null has no order: compare numbers or texts");
}

TEST_F(ListBuiltins, Groups) {
  EXPECT_EQ(run(Builtin::list_groupBy, {texts({"b1", "a1", "b2"}), initial}), R"({ b: ["b1", "b2"], a: ["a1"] })");
  EXPECT_EQ(run(Builtin::list_keyBy, {texts({"b1", "a1"}), initial}), R"({ b: "b1", a: "a1" })");
  EXPECT_EQ(run(Builtin::list_keyBy, {texts({"b1", "a1", "b2"}), initial}), "error: elements 0 and 2 have the same key, `b`");
  EXPECT_EQ(run(Builtin::list_toMap, {texts({"b1", "a"}), initial, length}), "{ b: 2, a: 1 }");
  EXPECT_EQ(run(Builtin::list_partition, {ints({1, 5, 2}), isAbove3}), "{ matching: [5], rest: [1, 2] }");
}

TEST_F(ListBuiltins, Equality) {
  EXPECT_EQ(run(Builtin::list_unique, {list({integer(1), floating(1), text("1"), ints({1}), ints({1}), integer(2)})}), R"([1, "1", [1], 2])");
  EXPECT_EQ(run(Builtin::list_uniqueBy, {texts({"b1", "a1", "b2"}), initial}), R"(["b1", "a1"])");
  EXPECT_EQ(run(Builtin::list_duplicates, {ints({1, 2, 1, 3, 2, 1})}), "[1, 2]");
  EXPECT_EQ(run(Builtin::list_intersect, {ints({1, 2, 3}), ints({3, 1})}), "[1, 3]");
  EXPECT_EQ(run(Builtin::list_without, {ints({1, 2, 3}), ints({2})}), "[1, 3]");
  EXPECT_EQ(run(Builtin::list_isSubsetOf, {ints({1, 2}), ints({2, 1, 0})}), "true");
  EXPECT_EQ(run(Builtin::list_isSubsetOf, {ints({1, 9}), ints({2, 1, 0})}), "false");
  EXPECT_EQ(run(Builtin::set_union, {ints({1, 2}), ints({2, 3})}), "[1, 2, 3]");
}

TEST_F(ListBuiltins, ComparingManyListsEndsWithTheBudget) {
  std::vector<Value> lists;
  for (std::int64_t i = 0; i < 2'000; ++i) lists.push_back(ints({i}));
  const auto all = BuiltinCall(evaluator(), {}, {}).list(lists);
  EXPECT_EQ(run(Builtin::list_unique, {all}), "error: the budget is used up");
}

TEST_F(ListBuiltins, KeyedListsAreLists) {
  const auto containers = keyedList({{"web", text("w")}, {"side", text("s")}});
  EXPECT_EQ(run(Builtin::list_len, {containers}), "2");
  EXPECT_EQ(run(Builtin::list_map, {containers, length}), "[1, 1]");
  EXPECT_EQ(run(Builtin::list_join, {containers, text("+")}), R"("w+s")");
}

}  // namespace
}  // namespace kdsl::eval::test
