#include <gtest/gtest.h>

#include "toy_evaluator.hpp"

namespace kdsl::eval::test {
namespace {

using Arguments = std::span<const Value>;

class MapBuiltins : public testing::Test, public Toy {
 protected:
  Value numbers = map({{"b", integer(2)}, {"a", integer(1)}, {"gone", Value::absent()}});
  Value isTwo = function([](Arguments a) { return Value::boolean(a[1].asInt() == 2); });
  Value failing = function([](Arguments) { return Value::error(); });
};

TEST_F(MapBuiltins, Ask) {
  EXPECT_EQ(run(Builtin::map_len, {numbers}), "2") << "absent entries are not there";
  EXPECT_EQ(run(Builtin::map_isEmpty, {map({})}), "true");
  EXPECT_EQ(run(Builtin::map_keys, {numbers}), R"(["b", "a"])");
  EXPECT_EQ(run(Builtin::map_values, {numbers}), "[2, 1]");
  EXPECT_EQ(run(Builtin::map_entries, {numbers}), R"([{ key: "b", value: 2 }, { key: "a", value: 1 }])");
  EXPECT_EQ(run(Builtin::map_get, {numbers, text("a")}), "1");
  EXPECT_EQ(run(Builtin::map_get, {numbers, text("gone")}), "absent");
  EXPECT_EQ(run(Builtin::map_get, {numbers, text("a key that no program has written")}), "absent");
  EXPECT_EQ(run(Builtin::map_has, {numbers, text("b")}), "true");
  EXPECT_EQ(run(Builtin::map_has, {numbers, text("gone")}), "false");
  EXPECT_EQ(run(Builtin::map_get, {integer(1), text("a")}), "error: argument 1 must be a map, not an int");
  EXPECT_EQ(run(Builtin::map_any, {numbers, isTwo}), "true");
  EXPECT_EQ(run(Builtin::map_all, {numbers, isTwo}), "false");
  EXPECT_EQ(run(Builtin::map_all, {map({}), isTwo}), "true");
  EXPECT_EQ(run(Builtin::map_count, {numbers, isTwo}), "1");
}

TEST_F(MapBuiltins, Transform) {
  const auto pair = function([&](Arguments a) { return text(std::string(a[0].asString()) + std::to_string(a[1].asInt())); });
  EXPECT_EQ(run(Builtin::map_map, {numbers, pair}), R"(["b2", "a1"])");
  EXPECT_EQ(run(Builtin::map_mapValues, {numbers, pair}), R"({ b: "b2", a: "a1" })");
  EXPECT_EQ(run(Builtin::map_mapKeys, {numbers, pair}), "{ b2: 2, a1: 1 }");
  EXPECT_EQ(run(Builtin::map_mapKeys, {numbers, function([&](Arguments) { return text("x"); })}), "error: the keys `b` and `a` both become `x`");
  EXPECT_EQ(run(Builtin::map_filter, {numbers, isTwo}), "{ b: 2 }");
}

TEST_F(MapBuiltins, FailingFunctionsFail) {
  for (const auto builtin : {Builtin::map_map, Builtin::map_mapValues, Builtin::map_mapKeys, Builtin::map_filter, Builtin::map_any, Builtin::map_all, Builtin::map_count}) {
    EXPECT_EQ(run(builtin, {numbers, failing}), "error") << types::builtinInfo(builtin).name;
  }
}

TEST_F(MapBuiltins, Combine) {
  EXPECT_EQ(run(Builtin::map_merge, {numbers, map({{"c", integer(3)}, {"b", integer(9)}})}), "{ b: 9, a: 1, c: 3 }");
  EXPECT_EQ(run(Builtin::map_pick, {numbers, texts({"a", "z"})}), "{ a: 1 }");
  EXPECT_EQ(run(Builtin::map_omit, {numbers, texts({"a", "z"})}), "{ b: 2 }");
  EXPECT_EQ(run(Builtin::map_sortKeys, {numbers}), "{ a: 1, b: 2 }");
}

TEST_F(MapBuiltins, ErrorsInsideAreErrors) { EXPECT_EQ(run(Builtin::map_keys, {map({{"a", Value::error()}})}), "error"); }

}  // namespace
}  // namespace kdsl::eval::test
