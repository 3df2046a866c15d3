// What each construct is lowered to, as dumpHir prints it.
#include <gtest/gtest.h>

#include "lowered.hpp"

namespace kdsl::hir::test {
namespace {

struct Case {
  const char* name;
  const char* source;
  const char* hir;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Lowering : public testing::TestWithParam<Case> {};

TEST_P(Lowering, GivesThisHir) {
  const Lowered lowered(GetParam().source);
  EXPECT_EQ(lowered.errors(), Errors{});
  EXPECT_EQ(lowered.hir(), std::string("module\n") + GetParam().hir);
}

std::string caseName(const testing::TestParamInfo<Case>& info) { return info.param.name; }

// --- expressions ----------------------------------------------------------------------------------------------------

constexpr Case expressions[] = {
    {"Literals", "let x = [true, false, null, absent]", "  let x = [true, false, null, absent]\n"},
    {"Ints", "let x = [42, 1_000, 0xFF, 0o644, 0b101, 0]", "  let x = [42, 1000, 255, 420, 5, 0]\n"},
    {"IntsHaveSixtyFourBits", "let x = [9223372036854775807, -9223372036854775808, -0x8000_0000_0000_0000]",
     "  let x = [9223372036854775807, -9223372036854775808, -9223372036854775808]\n"},
    {"Floats", "let x = [1.5, 1e3, 2.5e-3, -0.5]", "  let x = [1.5, 1000.0, 0.0025, -0.5]\n"},
    {"Units", "let x = [512Mi, 250m, 1.5Gi, 1h30m, -1Gi, 1_024Ki]", "  let x = [512Mi, 250m, 1.5Gi, 1h30m, -1Gi, 1024Ki]\n"},
    {"MinusOfALiteralIsFolded", "let x = [-5, -(5), - -5, !a, -a]", "  let x = [-5, -5, --5, !a, -a]\n"},
    {"Texts", R"kd(let x = ["", "a b", "a\"\n\u{e9}", r"a\b${c}"])kd",
     "  let x = [\"\", \"a b\", \"a\\\"\\n\xC3\xA9\", \"a\\\\b\\${c}\"]\n"},
    {"TextsOverLinesAreDedented", "let x = \"\"\"\n    a\n      b\n    \"\"\"", "  let x = \"a\\n  b\\n\"\n"},
    {"Interpolation", R"kd(let x = "a ${b}${c + 1} d")kd", "  let x = \"a ${b}${(c + 1)} d\"\n"},
    {"InterpolationAlone", R"kd(let x = "${b}")kd", "  let x = \"${b}\"\n"},
    {"Precedence", "let x = a || b && c == d + e * f ?? g", "  let x = (a || (b && (c == ((d + (e * f)) ?? g))))\n"},
    {"Operators", "let x = [a - b, a / b, a % b, a != b, a < b, a <= b, a > b, a >= b, a in b]",
     "  let x = [(a - b), (a / b), (a % b), (a != b), (a < b), (a <= b), (a > b), (a >= b), (a in b)]\n"},
    {"LeftAndRight", "let x = [a - b - c, a ?? b ?? c]", "  let x = [((a - b) - c), (a ?? (b ?? c))]\n"},
    {"Postfixes", "let x = a.b?.c[1, \"k\"].d?", "  let x = a.b?.c[1, \"k\"].d?\n"},
    {"Calls", "let x = f(1, key: 2).m(y).upper()", "  let x = f(1, key: 2).m(y).upper()\n"},
    {"Refinement", "let x = app.Web { name: \"a\" } {}", "  let x = app.Web {\n    name: \"a\"\n  } {}\n"},
    {"Is", "let x = a is int(1..) && b is [string]", "  let x = ((a is int(1..)) && (b is [string]))\n"},
    {"If", "let x = if (a) 1 else if (b) 2", "  let x = (if a then 1 else (if b then 2))\n"},
    {"Match", "let x = match (e) { \"a\" | \"b\" => 1, int => 2, _ => 3 }",
     "  let x = (match e { (\"a\" | \"b\") => 1, int => 2, _ => 3 })\n"},
    {"Let", "let x = let (a = 1, b = a) a + b", "  let x = (let a%0 = 1 in (let b%1 = a%0 in (a%0 + b%1)))\n"},
    {"Lambda", "let x = xs.map(y => y.z)", "  let x = xs.map(((y%0) => y%0.z))\n"},
    {"LambdaOfTwo", "let x = m.map((k: string, v) => k + v)", "  let x = m.map(((k%0: string, v%1) => (k%0 + v%1)))\n"},
    {"ListElements", "let x = [...a, if (b) c else d, for (k, v in m if k != \"\") if (v) k, e]",
     "  let x = [...a, if (b) c else d, for (k%0, v%1 in m if (k%0 != \"\")) if (v%1) k%0, e]\n"},
    {"WordsAsFields", "let x = a.for.if.type", "  let x = a.for.if.type\n"},
};
INSTANTIATE_TEST_SUITE_P(Expressions, Lowering, testing::ValuesIn(expressions), caseName);

// --- bodies ---------------------------------------------------------------------------------------------------------

constexpr Case bodies[] = {
    {"Paths", "a.b?.c[\"k\"].d: 1", "  entries {\n    a.b?.c[\"k\"].d: 1\n  }\n"},
    {"PathEndsInQuestion", "m[\"k\"]?: absent", "  entries {\n    m[\"k\"]?: absent\n  }\n"},
    {"Keys", "let x = { a: 1, \"b c\": 2, [d]: 3, for: 4, type: 5 }",
     "  let x = {\n    a: 1\n    \"b c\": 2\n    [d]: 3\n    for: 4\n    type: 5\n  }\n"},
    {"SeveralKeys", "ports[53, \"UDP\"].name: \"dns\"", "  entries {\n    ports[53, \"UDP\"].name: \"dns\"\n  }\n"},
    {"Verbs", "a: replace {}\nb: append [1]\nc: prepend [2]\nd: external\nfinal e: 1",
     "  entries {\n    a: replace {}\n    b: append [1]\n    c: prepend [2]\n    d: external\n    final e: 1\n  }\n"},
    {"Shorthand", "let x = { name, port: { name } }", "  let x = {\n    name: name\n    port: {\n      name: name\n    }\n  }\n"},
    {"Spread", "let x = { ...a, b: 1 }", "  let x = {\n    ...a\n    b: 1\n  }\n"},
    {"IfWithOneEntry", "if (a) b: 1", "  entries {\n    if (a) {\n      b: 1\n    }\n  }\n"},
    {"IfWithGroups", "if (a) { b: 1 } else if (c) { d: 2, e: 3 }",
     "  entries {\n    if (a) {\n      b: 1\n    } else {\n      if (c) {\n        d: 2\n        e: 3\n      }\n    }\n  }\n"},
    {"For", "for (x in xs) { [x]: 1 }\nfor (k, v in m if v) [k].f: v",
     "  entries {\n    for (x%0 in xs) {\n      [x%0]: 1\n    }\n    for (k%1, v%2 in m if v%2) {\n      [k%1].f: v%2\n    }\n  }\n"},
    {"Each", "each Deployment | app.Web where (self.a > 3) { b: super + 1 }\neach Service: absent",
     "  entries {\n    each Deployment | app.Web where (self.a > 3) {\n      b: (super + 1)\n    }\n    each Service: absent\n  }\n"},
    {"Checks", "check a > 1\ncheck n: a else \"no ${a}\"\nwarn b\nfinal check c: d",
     "  entries {\n    check (a > 1)\n    check n: a else \"no ${a}\"\n    warn b\n    final check c: d\n  }\n"},
    {"Waive", "waive Images.pinned because \"why\"", "  entries {\n    waive Images.pinned because \"why\"\n  }\n"},
    {"Golden", "test \"t\" { golden \"a.yaml\": web }", "  test \"t\"\n    entries {\n      golden \"a.yaml\": web\n    }\n"},
};
INSTANTIATE_TEST_SUITE_P(Bodies, Lowering, testing::ValuesIn(bodies), caseName);

// --- types ----------------------------------------------------------------------------------------------------------

constexpr Case types[] = {
    {"Names", "type T = app.Web", "  type T = app.Web\n"},
    {"LiteralTypes", "type T = \"a\" | 1 | -1 | 1.5 | 512Mi | true | false | null | absent",
     "  type T = (\"a\" | 1 | -1 | 1.5 | 512Mi | true | false | null | absent)\n"},
    {"Lists", "type T = [[string] by name] | [string] by (a, b) | [int] set",
     "  type T = ([[string] by (name)] | [string] by (a, b) | [int] set)\n"},
    {"Bounds", "type T = int(1..65535) | string(1..63) | string(r\"[a-z]+\") | Quantity(..1Gi) | int(-5..)",
     "  type T = (int(1..65535) | string(1..63) | string(\"[a-z]+\") | Quantity(..1Gi) | int(-5..))\n"},
    {"Optional", "type T = (int | string)?", "  type T = (int | string)?\n"},
    {"References", "type T = {[EnvName]: ref net.Endpoint}", "  type T = {\n    [EnvName]: ref net.Endpoint\n  }\n"},
    {"RecordTypes", "type T = { a: int, \"b c\": string?, [string]: any }",
     "  type T = {\n    a: int\n    b c: string?\n    [string]: any\n  }\n"},
    {"Where", "type Even = int where (self % 2 == 0) else \"must be even\"",
     "  type Even = int where ((self % 2) == 0) else \"must be even\"\n"},
};
INSTANTIATE_TEST_SUITE_P(Types, Lowering, testing::ValuesIn(types), caseName);

// --- declarations ---------------------------------------------------------------------------------------------------

constexpr Case declarations[] = {
    {"Params", "param a: int\nparam b: string? = \"x\" deprecated \"use a\"",
     "  param a: int\n  param b: string? = \"x\" deprecated \"use a\"\n"},
    {"Members", "private let a: int = 1\nresource b = if (c) D { e: 1 }\nexternal f: G = G {}",
     "  private let a: int = 1\n  resource b = (if c then D {\n    e: 1\n  })\n  external f: G = G {}\n"},
    {"Functions", "fn f(a: int, b: [string] = []): int = a + g(b)", "  fn f(a%0: int, b%1: [string] = []): int = (a%0 + g(b%1))\n"},
    {"Schemas",
     "schema P extends q.R {\n  a: int = 1\n  oneof? { b: int, c: string }\n  d: int\n  let e = self.a\n  check f: e > a else \"no\"\n}",
     "  schema P extends q.R {\n    a: int = 1\n    oneof? {\n      b: int\n      c: string\n    }\n    d: int\n    let e%0 = self.a\n"
     "    check f: (e%0 > a) else \"no\"\n  }\n"},
    {"Components", "component A extends B {\n  param x: int\n  y: x\n  fn f() = 1\n}",
     "  component A extends B\n    param x: int\n    fn f() = 1\n    entries {\n      y: x\n    }\n"},
    {"Policies", "policy N {\n  let a = 1\n  each C { check p: self.x == a }\n}",
     "  policy N\n    let a = 1\n    entries {\n      each C {\n        check p: (self.x == a)\n      }\n    }\n"},
    {"Tests", "test \"a b\" {\n  let pod = web.pod\n  env: \"prod\"\n  check pod.a\n}",
     "  test \"a b\"\n    let pod = web.pod\n    entries {\n      env: \"prod\"\n      check pod.a\n    }\n"},
    {"Imports",
     "import \"std/app\"\nimport \"./b\" as c\nimport { D, E as F } from \"x/y\"\nimport \"./v.yaml\" as values: Values\nimport "
     "\"./data.json\"",
     "  import app = \"std/app\"\n  import c = \"./b\"\n  import D = \"x/y\".D\n  import F = \"x/y\".E\n  import values = \"./v.yaml\": "
     "Values\n"
     "  import data = \"./data.json\"\n"},
};
INSTANTIATE_TEST_SUITE_P(Declarations, Lowering, testing::ValuesIn(declarations), caseName);

TEST(Lowering, FileThatExtends) {
  EXPECT_EQ(hirOf("extends \"./web\"\nenv: 1"), "module extends \"./web\"\n  entries {\n    env: 1\n  }\n");
}

TEST(Lowering, EmptyFile) { EXPECT_EQ(hirOf(""), "module\n"); }

}  // namespace
}  // namespace kdsl::hir::test
