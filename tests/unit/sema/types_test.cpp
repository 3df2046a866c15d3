// Written types and the declarations that make them.
#include <gtest/gtest.h>

#include "program.hpp"

namespace kdsl::sema::test {
namespace {

using Lines = std::vector<std::string>;

TEST(Types, ArePrintedAsWritten) {
  EXPECT_EQ(typeOf("param x: [string](1..)", "x"), "[string](1..)");
  EXPECT_EQ(typeOf("param x: {[string]: int?}", "x"), "{[string]: int?}");
  EXPECT_EQ(typeOf("param x: [string] set", "x"), "[string] set");
  EXPECT_EQ(typeOf("param x: (\"a\" | \"b\")?", "x"), "(\"a\" | \"b\")?");
  EXPECT_EQ(typeOf("param x: DnsLabel?", "x"), "DnsLabel?");
  EXPECT_EQ(typeOf("param x: int(1..65535)", "x"), "int(1..65535)");
  EXPECT_EQ(typeOf("schema S { k: string }\nparam x: [S] by k", "x"), "[S] by k");
  EXPECT_EQ(typeOf("param x: ref Deployment", "x"), "ref Deployment");
  EXPECT_EQ(typeOf("param x: { a: int, [string]: bool }", "x"), "{ a: int, [string]: bool }");
}

TEST(Types, UnknownNamesAreReportedWithTheNearOne) {
  Files files;
  files.add("main.kdsl", "schema Endpoint { a: int }\nparam x: Endpint");
  EXPECT_EQ(files.diagnostics("main.kdsl"), Lines{"2:10 KD3002 no type `Endpint` in this file"});
  EXPECT_EQ(files.raw("main.kdsl")[0].primary.text, "did you mean `Endpoint`?");
}

TEST(Types, MissingImportsHaveAFix) {
  Files files;
  files.add("main.kdsl", "param x: ref WebService");
  EXPECT_EQ(files.diagnostics("main.kdsl"), Lines{"1:14 KD3002 no type `WebService` in this file"});
  const auto& found = files.raw("main.kdsl")[0];
  ASSERT_EQ(found.fixes.size(), 1u);
  EXPECT_EQ(found.fixes[0].edits[0].text, "import { WebService } from \"std/app\"\n");
}

TEST(Types, BoundsAndPatterns) {
  EXPECT_EQ(check("param x: bool(1..)"), Lines{"1:10 KD4018 `bool` cannot be bounded like this"});
  EXPECT_EQ(check("param x: int(5..1)"), Lines{"1:14 KD4018 `int(5..1)` cannot be bounded like this"});
  EXPECT_EQ(check("param x: string(r\"[a\")"), Lines{"1:17 KD4017 this is no regular expression: missing ]: [a"});
  EXPECT_EQ(check("param x: Quantity(1Gi..)\nparam y: Duration(1s..5m)\nparam z: float(0..1)"), Lines{});
}

TEST(Types, Aliases) {
  EXPECT_EQ(check("type Even = int where (self % 2 == 0) else \"must be even\"\nlet x: Even = 2"), Lines{});
  EXPECT_EQ(check("type Even = int where (self + 1)"), Lines{"1:24 KD4002 a condition wants a bool, not an int"});
  EXPECT_EQ(check("type A = [B]\ntype B = A?"), Lines{"1:6 KD3016 the type `A` contains itself"});
  EXPECT_EQ(check("type A = string\nlet x: A = 1"), Lines{"2:12 KD4002 `x` wants `A`, not the int 1"});
}

TEST(Types, Schemas) {
  EXPECT_EQ(check("schema S { a: int = \"x\" }"), Lines{"1:21 KD4002 `a` wants an int, not the text \"x\""});
  EXPECT_EQ(check("schema S { low: int = 1, high: int = low + 1, check low < high }"), Lines{});
  EXPECT_EQ(check("schema S { a: int, check a }"), Lines{"1:26 KD4002 a condition wants a bool, not `a`, an int"});
  EXPECT_EQ(check("schema A { a: int }\nschema B extends A { b: int }\nlet x = B { a: 1, b: 2 }\nlet y: A = x"), Lines{});
  EXPECT_EQ(check("schema A { a: int }\nschema B extends A { a: string }"), Lines{"2:22 KD3011 `a` is a member of `A` already"});
  EXPECT_EQ(check("schema A extends B { a: int }\nschema B extends A { b: int }"), Lines{"2:18 KD3015 `B` extends itself"});
  EXPECT_EQ(check("schema Tree { value: int, children: [Tree] = [] }\nlet x = Tree { value: 1, children: [{ value: 2 }] }"), Lines{});
  EXPECT_EQ(check("schema S { a: int }\nparam x: [S] by b"), Lines{"2:17 KD4034 `S` has no field `b` to be its key"});
}

TEST(Types, ParamsOfObjectsAreRefs) {
  EXPECT_EQ(check("param x: Deployment"), Lines{"1:10 KD4102 the param `x` must be a `ref Deployment`"});
  EXPECT_EQ(check("param x: [Deployment]"), Lines{"1:10 KD4102 the param `x` must be a `ref [Deployment]`"});
  EXPECT_EQ(check("param x: Container = { name: \"a\" }\nparam y: ref Deployment"), Lines{});
}

TEST(Types, PreludeIsValid) {
  Files files;
  EXPECT_EQ(files.diagnostics("prelude.kdsl"), Lines{});
}

TEST(Types, PreludeNamesCanBeShadowed) {
  EXPECT_EQ(typeOf("type Port = string\nparam x: Port\nlet y = x.upper()", "y"), "string");
  EXPECT_EQ(typeOf("schema Deployment { a: int }\nlet y = (Deployment { a: 1 }).a", "y"), "int");
}

TEST(Types, PreludeGrammars) {
  EXPECT_EQ(check("let a: DnsLabel = \"web-1\"\nlet b: PortName = \"http-2\"\nlet c: Image = \"ghcr.io/acme/web:1.4@sha256:0123456789abcdef0123456789abcdef\"\nlet d: LabelKey = \"app.kubernetes.io/name\"\n"
                  "let e: Cidr = \"10.0.0.0/8\"\nlet f: CronSchedule = \"*/5 * * * *\"\nlet g: Percent = \"25%\"\nlet h: Image = \"redis:alpine\"\nlet i: LabelValue = \"\""),
            Lines{});
  EXPECT_EQ(check("let a: DnsLabel = \"Web\"").size(), 1u);
  EXPECT_EQ(check("let a: PortName = \"80\"").size(), 1u);
  EXPECT_EQ(check("let a: Image = \"Redis:\"").size(), 1u);
  EXPECT_EQ(check("let a: LabelKey = \"a/b/c\"").size(), 1u);
}

}  // namespace
}  // namespace kdsl::sema::test
