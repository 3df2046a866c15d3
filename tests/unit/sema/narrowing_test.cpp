// Absence, tests that narrow, and match.
#include <gtest/gtest.h>

#include "program.hpp"

namespace kdsl::sema::test {
namespace {

using Lines = std::vector<std::string>;

constexpr auto schemas = "schema A { x: B?, y: int? }\nschema B { z: C? }\nschema C { n: int }\n";

Lines checkWith(std::string_view text) { return check(schemas + std::string(text)); }

TEST(Narrowing, PresenceTests) {
  EXPECT_EQ(check("param a: int?\nlet x = if (a?) a + 1 else 0"), Lines{});
  EXPECT_EQ(check("param a: int?\nlet x = if (!a?) 0 else a + 1"), Lines{});
  EXPECT_EQ(check("param a: int?\nlet x = a? && a > 1"), Lines{});
  EXPECT_EQ(check("param a: int?\nlet x = !a? || a > 1"), Lines{});
  EXPECT_EQ(check("param a: int?\nlet x = a? || a > 1"), Lines{"2:15 KD4001 `a` may be absent, and `>` wants a value"});
  EXPECT_EQ(check("param a: int?\nlet x = if (a != absent) a + 1"), Lines{});
  EXPECT_EQ(check("param a: int?\nlet x = if (a == 3) a + 1"), Lines{});
}

TEST(Narrowing, PathsNarrowAndTheirPrefixes) {
  EXPECT_EQ(checkWith("param a: A\nlet x = if (a.x?.z?) a.x.z.n"), Lines{});
  EXPECT_EQ(checkWith("param a: A\nlet x = a.x.z"), Lines{"5:13 KD4004 `x` may be absent"});
  EXPECT_EQ(checkWith("param a: A\nlet x = a.x?.z?.n ?? 1"), Lines{});
  EXPECT_EQ(checkWith("param a: A\nlet x = a.x?.z.n"), Lines{"5:16 KD4004 `z` may be absent"});
}

TEST(Narrowing, ChainsSkipTheirRest) {
  Files files;
  files.add("main.kdsl", "schema P { q: Q? }\nschema Q { r: { s: int } = { s: 1 } }\nparam p: P\nlet x = p.q?.r.s\nlet y = (p.q?.r).s");
  EXPECT_EQ(files.diagnostics("main.kdsl"), Lines{"5:18 KD4004 `r` may be absent"});
  EXPECT_EQ(files.memberType("main.kdsl", "x"), "int?");
}

TEST(Narrowing, EntriesNarrowToo) {
  EXPECT_EQ(check("schema S { host: Hostname?, port: int = 80 }\nparam host: Hostname?\nlet x = S { if (host?) { host: host, port: host.len() } }"), Lines{});
}

TEST(Narrowing, SelfNarrowsOnlyItself) {
  EXPECT_EQ(check("schema S { a: int?, b: S? }\nlet x = S { if (self.a?) { a: self.a + 1, b: S { a: self.a + 1 } } }"), Lines{"2:53 KD4001 `a` may be absent, and `+` wants a value"});
}

TEST(Match, ChecksThatNothingIsLeftOut) {
  EXPECT_EQ(check("param e: \"dev\" | \"prod\"\nlet x = match (e) { \"dev\" => 1, \"prod\" => 2 }"), Lines{});
  EXPECT_EQ(check("param e: \"dev\" | \"prod\"\nlet x = match (e) { \"dev\" => 1 }"), Lines{"2:9 KD4020 this `match` leaves out \"prod\""});
  EXPECT_EQ(check("param e: \"dev\" | \"prod\"\nlet x = match (e) { \"dev\" => 1, _ => 2, \"prod\" => 3 }"), Lines{"2:41 KD4021 this arm is never reached"});
  EXPECT_EQ(check("param e: \"dev\" | \"prod\"\nlet x = match (e) { \"dev\" => 1, \"stage\" => 3, _ => 2 }"), Lines{"2:33 KD4022 a `\"dev\" | \"prod\"` is never `\"stage\"`"});
  EXPECT_EQ(check("param b: bool\nlet x = match (b) { true => 1, false => 2 }"), Lines{});
  EXPECT_EQ(check("param n: int?\nlet x = match (n) { absent => 1, int => n + 1 }"), Lines{});
  EXPECT_EQ(check("param n: int | string\nlet x = match (n) { int => n + 1, string => n.len() }"), Lines{});
  EXPECT_EQ(check("param n: int\nlet x = match (n) { 1 => 1 }"), Lines{"2:9 KD4020 this `match` leaves out int"});
}

TEST(Match, TellsSchemasApart) {
  EXPECT_EQ(check("schema K { secret: string }\ntype V = string | K\nparam v: V\nlet x = match (v) { string => v, K => v.secret }\nlet y = if (v is K) v.secret else v"), Lines{});
  EXPECT_EQ(check("schema K { secret: string }\nparam v: string | K\nlet y = v.secret"), Lines{"3:11 KD4006 `string | K` has no `secret`"});
}

}  // namespace
}  // namespace kdsl::sema::test
