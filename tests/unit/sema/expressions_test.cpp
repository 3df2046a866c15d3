// Types of expressions, and what is said where they do not fit.
#include <gtest/gtest.h>

#include "program.hpp"

namespace kdsl::sema::test {
namespace {

using Lines = std::vector<std::string>;

TEST(Expressions, LiteralsHaveTheirTypes) {
  EXPECT_EQ(typeOf("let x = 1", "x"), "int");
  EXPECT_EQ(typeOf("let x = 1.5", "x"), "float");
  EXPECT_EQ(typeOf("let x = \"a\"", "x"), "string");
  EXPECT_EQ(typeOf("let x = 512Mi", "x"), "Quantity");
  EXPECT_EQ(typeOf("let x = 30s", "x"), "Duration");
  EXPECT_EQ(typeOf("let x = [1, 2]", "x"), "[int]");
  EXPECT_EQ(typeOf("let x = []", "x"), "[nothing]");
  EXPECT_EQ(typeOf("let x = { a: 1, \"b/c\": \"d\" }", "x"), "{ a: int, \"b/c\": string }");
  EXPECT_EQ(typeOf("let x = { a.b: 1, a.c: true }", "x"), "{ a: { b: int, c: bool } }");
  EXPECT_EQ(typeOf("let x = { for (k in [\"a\"]) [k]: 1 }", "x"), "{[string]: int}");
  EXPECT_EQ(typeOf("let x = [{ a: 1 }, { a: 2, b: true }]", "x"), "[{ a: int, b: bool? }]");
}

TEST(Expressions, OperatorsGiveTheirTypes) {
  EXPECT_EQ(typeOf("let x = 1 + 2 * 3", "x"), "int");
  EXPECT_EQ(typeOf("let x = 1 + 2.0", "x"), "float");
  EXPECT_EQ(typeOf("let x = 1Gi * 2", "x"), "Quantity");
  EXPECT_EQ(typeOf("let x = 1Gi / 512Mi", "x"), "float");
  EXPECT_EQ(typeOf("let x = 30s + 5m", "x"), "Duration");
  EXPECT_EQ(typeOf("let x = \"a\" + \"b\"", "x"), "string");
  EXPECT_EQ(typeOf("let x = if (true) 1", "x"), "int?");
  EXPECT_EQ(typeOf("let x = if (true) 1 else \"a\"", "x"), "int | string");
  EXPECT_EQ(typeOf("param a: int?\nlet x = a ?? 1", "x"), "int");
  EXPECT_EQ(typeOf("let x = 1 in [1, 2]", "x"), "bool");
}

TEST(Expressions, OperandsThatDoNotFit) {
  EXPECT_EQ(check("let x = 1 + \"a\""), Lines{"1:9 KD4008 `+` does not work on the int 1 and the text \"a\""});
  EXPECT_EQ(check("let x = 1 < \"a\""), Lines{"1:9 KD4008 `<` does not work on the int 1 and the text \"a\""});
  EXPECT_EQ(check("let x = 1 == \"a\""), Lines{"1:9 KD4009 the int 1 and the text \"a\" are never equal"});
  EXPECT_EQ(check("param a: int?\nlet x = a + 1"), Lines{"2:9 KD4001 `a` may be absent, and `+` wants a value"});
  EXPECT_EQ(check("let x = if (1) 2 else 3"), Lines{"1:13 KD4002 a condition wants a bool, not the int 1"});
  EXPECT_EQ(check("param a: bool?\nlet x = !a"), Lines{"2:10 KD4010 this condition may be absent"});
  EXPECT_EQ(check("param s: \"dev\" | \"prod\"\nlet x = s == \"prd\""), Lines{"2:14 KD4009 \"prd\" and `s`, a `\"dev\" | \"prod\"` are never equal"});
}

TEST(Expressions, OneMistakeIsOneMessage) {
  EXPECT_EQ(check("let x = nope\nlet y = x + 1\nlet z = y.a.b(x)"), Lines{"1:9 KD3001 there is no `nope` here"});
}

TEST(Expressions, UnitsTakeTheirMeaningFromThePlace) {
  EXPECT_EQ(check("let x = 5m"), Lines{"1:9 KD4016 `5m` may be a Quantity or a Duration"});
  EXPECT_EQ(check("let x: Quantity = 5m\nlet y: Duration = 5m\nlet z: Seconds = 5m"), Lines{});
  EXPECT_EQ(check("param cpu: Quantity = 100m\nlet x = cpu > 200m\nlet y = min(cpu, 50m)"), Lines{});
  EXPECT_EQ(check("let x: Quantity = 2"), Lines{});
  EXPECT_EQ(check("let x: Duration = 2"), Lines{"1:19 KD4002 `x` wants a Duration, not the int 2"});
  EXPECT_EQ(check("let x: Quantity = \"1Gi\""), Lines{"1:19 KD4002 `x` wants a Quantity, not the text \"1Gi\""});
}

TEST(Expressions, RangesOfLiteralsAreCheckedAtOnce) {
  EXPECT_EQ(check("let p: Port = 70000"), Lines{"1:15 KD4003 `p`: the int 70000 is above 65535"});
  EXPECT_EQ(check("let p: string(2..3) = \"a\""), Lines{"1:23 KD4003 `p`: the text \"a\" has 1 character; it needs at least 2"});
  EXPECT_EQ(check("let p: string(r\"[a-z]+\") = \"A\""), Lines{"1:28 KD4003 `p`: the text \"A\" does not match `[a-z]+`"});
  EXPECT_EQ(check("let p: \"dev\" | \"prod\" = \"prd\""), Lines{"1:25 KD4003 `p`: the text \"prd\" is none of \"dev\", \"prod\""});
  EXPECT_EQ(check("let p: [int](1..) = []"), Lines{"1:21 KD4003 `p`: this list is empty; it needs at least 1 element"});
  EXPECT_EQ(check("let q: Quantity(1Gi..) = 512Mi"), Lines{"1:26 KD4003 `q`: the Quantity 512Mi is below 1Gi"});
  // The kind of a value is static, its range is not.
  EXPECT_EQ(check("param n: int\nparam s: string\nlet p: Port = n\nlet q: \"a\" | \"b\" = s"), Lines{});
}

TEST(Expressions, MismatchesSayBothSides) {
  EXPECT_EQ(check("let x: {[EnvName]: string} = { USERS: 200 }"), Lines{"1:39 KD4002 `USERS` wants text, not the int 200"});
  EXPECT_EQ(check("let x: int = \"8\""), Lines{"1:14 KD4002 `x` wants an int, not the text \"8\""});
  EXPECT_EQ(check("param a: int?\nlet x: int = a"), Lines{"2:14 KD4001 `a` may be absent, and `x` wants an int"});
  EXPECT_EQ(check("let x: int = if (true) 1"), Lines{"1:14 KD4001 the value of this `if` may be absent, and `x` wants an int"});
  EXPECT_EQ(check("let x: [int] = 1"), Lines{"1:16 KD4002 `x` wants `[int]`, not the int 1"});
}

TEST(Expressions, FixesReplaceTheValue) {
  Files files;
  files.add("main.kdsl", "let x: string = 200");
  const auto& found = files.raw("main.kdsl");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].primary.text, "write \"200\"");
  ASSERT_EQ(found[0].fixes.size(), 1u);
  EXPECT_EQ(found[0].fixes[0].edits[0].text, "\"200\"");
}

TEST(Expressions, MethodsAndFunctions) {
  EXPECT_EQ(typeOf("let x = \"a\".upper()", "x"), "string");
  EXPECT_EQ(typeOf("let x = [1, 2].map(n => \"${n}\")", "x"), "[string]");
  EXPECT_EQ(typeOf("let x = { a: 1 }.keys()", "x"), "[string]");
  EXPECT_EQ(typeOf("let x = [1, 2].fold(0, (a, b) => a + b)", "x"), "int");
  EXPECT_EQ(typeOf("let x = [\"a\"].any(r => r.startsWith(\"b\"))", "x"), "bool");
  EXPECT_EQ(typeOf("let x = min(1, 2, 3)", "x"), "int");
  EXPECT_EQ(typeOf("let x = [\"b\", \"a\"].join(\"-\")", "x"), "string");
  EXPECT_EQ(typeOf("let x = { a: 1 }.map((k, v) => v)", "x"), "[int]");
  EXPECT_EQ(check("let x = \"a\".uper()"), Lines{"1:13 KD4007 there is no method `uper` of `string`"});
  EXPECT_EQ(check("let x = \"a\".startsWith(1)"), Lines{"1:24 KD4002 `prefix` wants text, not the int 1"});
  EXPECT_EQ(check("let x = \"a\".startsWith()"), Lines{"1:9 KD4012 `startsWith` needs `prefix`"});
  EXPECT_EQ(check("let x = \"a\".upper(1)"), Lines{"1:19 KD4013 `upper` takes 0 arguments"});
  EXPECT_EQ(check("let x = [1].map(2)"), Lines{"1:17 KD4029 `f` wants a lambda, not the int 2"});
  EXPECT_EQ(check("let x = min(true, false)"), Lines{"1:13 KD4002 `a` wants a number or text, not the bool true"});
  EXPECT_EQ(check("let x = [1].any(n => n)"), Lines{"1:22 KD4002 this place wants a bool, not `n`, an int"});
}

TEST(Expressions, DeclaredFunctions) {
  EXPECT_EQ(check("fn twice(n: int, by: int = 2): int = n * by\nlet x = twice(1)\nlet y = twice(by: 3, n: 1)"), Lines{});
  EXPECT_EQ(check("fn twice(n: int): int = n * 2\nlet x = twice(\"1\")"), Lines{"2:15 KD4002 `n` wants an int, not the text \"1\""});
  EXPECT_EQ(check("fn twice(n: int): int = n * 2\nlet x = twice(m: 1)"), Lines{"2:15 KD4014 `twice` has no parameter `m`"});
  EXPECT_EQ(check("fn twice(n: int): string = n * 2"), Lines{"1:28 KD4002 `twice` wants text, not an int"});
  EXPECT_EQ(check("fn f(n: int): int = g(n)\nfn g(n: int): int = f(n)"), Lines{"2:21 KD3012 `f` needs itself: `f` → `g` → `f`"});
  EXPECT_EQ(check("fn f(n: int): int = n\nlet x = f"), Lines{"2:9 KD3010 `f` is a function, not a value"});
  EXPECT_EQ(check("let f = 1\nlet x = f(2)"), Lines{"2:9 KD4011 `f` is no function"});
}

TEST(Expressions, TextTakesScalarsOnly) {
  EXPECT_EQ(check("let n = 1\nlet x = \"${n} ${512Mi} ${true}\""), Lines{});
  EXPECT_EQ(check("let n = [1]\nlet x = \"${n}\""), Lines{"2:12 KD4027 `n`, a `[int]` cannot stand in text"});
  EXPECT_EQ(check("param n: int?\nlet x = \"${n}\""), Lines{"2:12 KD4001 `n` may be absent, and a text wants a value"});
}

TEST(Expressions, LoopsBindTheirVariables) {
  EXPECT_EQ(typeOf("let x = [for (n in [1, 2] if n > 1) n * 2]", "x"), "[int]");
  EXPECT_EQ(typeOf("let x = [for (k, v in { a: 1 }) { name: k, value: v }]", "x"), "[{ name: string, value: int }]");
  EXPECT_EQ(typeOf("let x = [for (i, s in [\"a\"]) i]", "x"), "[int]");
  EXPECT_EQ(check("let x = [for (n in 3) n]"), Lines{"1:20 KD4023 `for` cannot go over the int 3"});
}

TEST(Expressions, InferenceCycles) {
  EXPECT_EQ(check("let a = b\nlet b = a"), Lines{"1:5 KD3017 the type of `a` depends on itself"});
  EXPECT_EQ(check("let a: int = b\nlet b = a"), Lines{});
}

}  // namespace
}  // namespace kdsl::sema::test
