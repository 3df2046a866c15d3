#include <gtest/gtest.h>

#include "toy_evaluator.hpp"

namespace kdsl::eval::test {
namespace {

class DocumentBuiltins : public testing::Test, public Toy {
 protected:
  std::string written(Builtin builtin, Value value) { return show(call(builtin, {value})); }
  std::string plain(Builtin builtin, Value value) {
    const Value result = call(builtin, {value});
    return result.is(ValueKind::String) ? std::string(result.asString()) : show(result);
  }
  std::string read(Builtin builtin, std::string_view document) { return run(builtin, {text(document)}); }
};

TEST_F(DocumentBuiltins, Json) {
  const auto value = map({{"a", list({integer(1), floating(2), Value::boolean(true), Value::null()})}, {"q", quantity("512Mi")}, {"d", duration("90s")}, {"none", Value::absent()}});
  EXPECT_EQ(plain(Builtin::toJson, value), R"({"a":[1,2.0,true,null],"q":"512Mi","d":"1m30s"})");
  EXPECT_EQ(call(Builtin::toJson, {map({{"a", integer(1)}}), Value::boolean(true)}).asString(), "{\n  \"a\": 1\n}\n");
  EXPECT_EQ(plain(Builtin::toJson, text("é\"")), R"("é\"")");
}

TEST_F(DocumentBuiltins, KeyedListsAreWrittenAsLists) {
  EXPECT_EQ(plain(Builtin::toJson, keyedList({{"web", map({{"name", text("web")}})}})), R"([{"name":"web"}])");
}

TEST_F(DocumentBuiltins, OtherFormats) {
  EXPECT_EQ(plain(Builtin::toYaml, map({{"on", text("yes")}, {"list", ints({1})}})), "\"on\": \"yes\"\nlist:\n- 1\n");
  EXPECT_EQ(plain(Builtin::toToml, map({{"port", integer(80)}})), "port = 80\n");
  EXPECT_EQ(plain(Builtin::toProperties, map({{"server", map({{"port", integer(80)}})}})), "server.port=80\n");
  EXPECT_EQ(plain(Builtin::toEnv, map({{"A", text("x y")}})), "A=x y\n");
  EXPECT_TRUE(plain(Builtin::toIni, map({{"server", map({{"port", integer(80)}})}})).starts_with("[server]\nport")) << plain(Builtin::toIni, map({{"server", map({{"port", integer(80)}})}}));
  EXPECT_TRUE(plain(Builtin::toToml, map({{"a", map({{"b", Value::null()}})}})).starts_with("error: `a.b`: "));
  EXPECT_TRUE(plain(Builtin::toEnv, map({{"A", text("x\ny")}})).starts_with("error: "));
}

TEST_F(DocumentBuiltins, WhatIsNoData) {
  EXPECT_EQ(written(Builtin::toJson, function([](std::span<const Value>) { return Value(); })), "error: a function cannot be written as data");
  EXPECT_EQ(written(Builtin::toJson, list({Value::error()})), "error");
  EXPECT_EQ(written(Builtin::hash, list({Value::error()})), "error");
}

TEST_F(DocumentBuiltins, ValuesThatHoldThemselves) {
  const auto loop = map({{"self", Value::null()}});
  loop.asRecord()->entries[0].value = loop;
  EXPECT_EQ(written(Builtin::toJson, loop), "error: the value is nested more than 200 levels deep, or holds itself");
  EXPECT_EQ(written(Builtin::hash, loop), "error: the value is nested more than 200 levels deep, or holds itself");
}

TEST_F(DocumentBuiltins, Read) {
  EXPECT_EQ(read(Builtin::fromJson, R"({"b": [1, 2.0, null], "a": "x"})"), R"({ b: [1, 2.0, null], a: "x" })");
  EXPECT_EQ(read(Builtin::fromYaml, "a: 1\nb: [yes, true]\n"), R"({ a: 1, b: ["yes", true] })");
  EXPECT_EQ(read(Builtin::fromYaml, ""), "null");
  EXPECT_EQ(read(Builtin::fromYamlAll, "1\n---\na: 2\n"), "[1, { a: 2 }]");
  EXPECT_EQ(read(Builtin::fromYamlAll, ""), "[]");
  EXPECT_EQ(read(Builtin::fromToml, "[a]\nb = 1\n"), "{ a: { b: 1 } }");
}

TEST_F(DocumentBuiltins, ReadMalformed) {
  EXPECT_TRUE(read(Builtin::fromJson, "{\n  \"a\": }").starts_with("error: the text is not JSON: ")) << read(Builtin::fromJson, "{\n  \"a\": }");
  EXPECT_TRUE(read(Builtin::fromJson, "{\n  \"a\": }").ends_with("(line 2 of the text)"));
  EXPECT_TRUE(read(Builtin::fromJson, "").starts_with("error: "));
  EXPECT_TRUE(read(Builtin::fromYaml, "a: 1\na: 2\n").starts_with("error: the text is not YAML: "));
  EXPECT_TRUE(read(Builtin::fromToml, "a = ").starts_with("error: the text is not TOML: "));
  EXPECT_EQ(read(Builtin::fromYaml, "1\n---\n2\n"), "error: the text has 2 documents, not one; `fromYamlAll` reads them");
  EXPECT_EQ(read(Builtin::fromYaml, "[.nan]"), "error: the text has a number that is infinite or not a number");
  EXPECT_TRUE(read(Builtin::fromJson, std::string(100'000, '[')).starts_with("error: "));
}

TEST_F(DocumentBuiltins, RoundTrip) {
  const auto value = map({{"a", texts({"yes", "1", "", "x\ny\n"})}, {"b", map({{"c", floating(0.1)}, {"d", integer(INT64_MIN)}})}});
  for (const auto& [write, back] : {std::pair(Builtin::toJson, Builtin::fromJson), std::pair(Builtin::toYaml, Builtin::fromYaml), std::pair(Builtin::toToml, Builtin::fromToml)}) {
    EXPECT_EQ(run(back, {call(write, {value})}), show(value)) << types::builtinInfo(write).name;
  }
}

TEST_F(DocumentBuiltins, HashIsOfTheContent) {
  const auto hash = [&](Value value) { return run(Builtin::hash, {value}); };
  EXPECT_EQ(hash(map({{"a", integer(1)}, {"b", integer(2)}})), hash(map({{"b", integer(2)}, {"a", integer(1)}})));
  EXPECT_EQ(hash(floating(1)), hash(integer(1)));
  EXPECT_EQ(hash(quantity("1Gi")), hash(quantity("1024Mi")));
  EXPECT_EQ(hash(quantity("500m")), hash(quantity("0.5")));
  EXPECT_EQ(hash(quantity("500e-3")), hash(floating(0.5)));
  EXPECT_EQ(hash(keyedList({{"a", integer(1)}})), hash(ints({1})));
  const std::vector<Value> different = {integer(1), text("1"), Value::boolean(true), Value::null(), ints({1}), list({ints({1})}), map({{"1", Value::null()}}), texts({"a", "b"}),
                                        texts({"ab"}), texts({"a", "b", ""}), duration("1ns"), list({}), map({}), quantity("1m"), floating(1e300)};
  for (std::size_t i = 0; i < different.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) EXPECT_NE(hash(different[i]), hash(different[k])) << show(different[i]) << " and " << show(different[k]);
  }
}

TEST_F(DocumentBuiltins, HashesNeverChange) {
  // Names in clusters depend on them.
  EXPECT_EQ(run(Builtin::hash, {text("kdsl")}), R"("kd5sqfl5h9")");
  EXPECT_EQ(run(Builtin::hash, {map({{"a", list({integer(1), Value::null()})}}), integer(4)}), R"("hn6d")");
}

TEST_F(DocumentBuiltins, HashLength) {
  EXPECT_EQ(call(Builtin::hash, {integer(1), integer(32)}).asString().size(), 32u);
  EXPECT_EQ(run(Builtin::hash, {integer(1), integer(33)}), "error: `hash` wants a length of 1 to 32, not 33");
  EXPECT_EQ(run(Builtin::hash, {integer(1), integer(0)}), "error: `hash` wants a length of 1 to 32, not 0");
}

}  // namespace
}  // namespace kdsl::eval::test
