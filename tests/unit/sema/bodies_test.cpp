// Bodies: fields, paths, verbs, spreads, each, one-of groups.
#include <gtest/gtest.h>

#include "program.hpp"

namespace kdsl::sema::test {
namespace {

using Lines = std::vector<std::string>;

constexpr auto schemas = "schema Port { number: int, protocol: string = \"TCP\" }\n"
                         "schema Web { name: DnsLabel, replicas: int = 2, env: {[EnvName]: string} = {}, ports: [Port] by (number, protocol) = [], args: [string] = [], tags: [string] set = [], next: Web? }\n";

Lines checkWith(std::string_view text) { return check(schemas + std::string(text)); }

TEST(Bodies, FieldsAreKnown) {
  EXPECT_EQ(checkWith("let x = Web { name: \"a\", replicas: 3 }"), Lines{});
  EXPECT_EQ(checkWith("let x = Web { replcas: 3 }"), Lines{"3:15 KD4107 unknown field `replcas` in `Web`"});
  EXPECT_EQ(checkWith("let x = Web { replicas: \"3\" }"), Lines{"3:25 KD4002 `replicas` wants an int, not the text \"3\""});
  EXPECT_EQ(checkWith("let x = Web { next.next.replicas: 3, next.nam: \"x\" }"), Lines{"3:43 KD4107 unknown field `nam` in `Web?`"});
}

TEST(Bodies, UnknownFieldsNameTheNearOne) {
  Files files;
  files.add("main.kdsl", schemas + std::string("let x = Web { replcas: 3 }"));
  const auto& found = files.raw("main.kdsl");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].primary.text, "did you mean `replicas`?");
  ASSERT_EQ(found[0].fixes.size(), 1u);
  EXPECT_EQ(found[0].fixes[0].edits[0].text, "replicas");
}

TEST(Bodies, EntriesDoNotSeeEachOther) {
  Files files;
  files.add("main.kdsl", schemas + std::string("let x = Web { name: \"a\", args: [replicas] }"));
  EXPECT_EQ(files.diagnostics("main.kdsl"), Lines{"3:33 KD3004 the entries of a body do not see each other"});
  EXPECT_EQ(files.raw("main.kdsl")[0].primary.text, "write `self.replicas`");
}

TEST(Bodies, MapsAndKeyedLists) {
  EXPECT_EQ(checkWith("let x = Web { env.A: \"1\", env: { B: \"2\" }, ports[80].protocol: \"UDP\", ports[53, \"UDP\"].number: 54 }"), Lines{});
  EXPECT_EQ(checkWith("let x = Web { env: { \"a-b\": \"1\" } }"), Lines{"3:22 KD4003 a key of `EnvName`: \"a-b\" is no `EnvName`"});
  EXPECT_EQ(checkWith("let x = Web { ports: { web: {} } }"), Lines{"3:24 KD4002 a key of `ports` wants an int, not the text \"web\""});
  EXPECT_EQ(checkWith("let x = Web { ports[1, \"a\", 2].number: 1 }"), Lines{"3:21 KD4024 `[Port] by (number, protocol)` takes at most 2 keys in brackets"});
  EXPECT_EQ(checkWith("let x = Web { args[\"a\"]: \"b\" }"), Lines{"3:20 KD4106 the list `args` has no keys"});
  EXPECT_EQ(checkWith("let k = \"name\"\nlet x = Web { [k]: \"b\" }"), Lines{"4:16 KD4109 `Web` has fixed fields: a key cannot be computed"});
  EXPECT_EQ(checkWith("let m: {[string]: Port} = {}\nlet x: [Port] by number = m"), Lines{});
}

TEST(Bodies, Verbs) {
  EXPECT_EQ(checkWith("let x = Web { args: append [\"a\"], env: replace { A: \"1\" }, tags[\"a\"]: absent, replicas: absent, ports: prepend [{ number: 1 }] }"), Lines{});
  EXPECT_EQ(checkWith("let x = Web { replicas: append [1] }"), Lines{"3:15 KD4105 `append` adds to lists, and this is an int"});
  EXPECT_EQ(checkWith("let x = Web { args: append [1] }"), Lines{"3:29 KD4002 an element of `args` wants text, not the int 1"});
  EXPECT_EQ(checkWith("let x = Web { replicas: external }"), Lines{"3:15 KD4103 only a resource can be external"});
  EXPECT_EQ(checkWith("let x = Web { tags[\"a\"]: \"b\" }"), Lines{"3:19 KD4112 an element of a set can only be deleted"});
}

TEST(Bodies, SuperAndSelf) {
  EXPECT_EQ(checkWith("let x = Web { replicas: super * 2, args: [...super, \"-v\"], name: self.name }"), Lines{});
  EXPECT_EQ(checkWith("let x = Web { replicas: super + \"a\" }").size(), 1u);
  EXPECT_EQ(checkWith("let x = Web { name: self.replicas }"), Lines{"3:21 KD4002 `name` wants `DnsLabel`, not `replicas`, an int"});
}

TEST(Bodies, Spreads) {
  EXPECT_EQ(checkWith("let base = { A: \"1\" }\nlet x = Web { env: { ...base, B: \"2\" } }"), Lines{});
  EXPECT_EQ(checkWith("let mixin = Web { replicas: 3 }\nlet x = Web { ...mixin, name: \"a\" }"), Lines{});
  EXPECT_EQ(checkWith("let base = { A: 1 }\nlet x = Web { env: { ...base } }"), Lines{"4:25 KD4026 `base`, a `{ A: int }` cannot be spread into `{[EnvName]: string}`"});
  EXPECT_EQ(checkWith("let x = Web { args: [...3] }"), Lines{"3:22 KD4026 the int 3 cannot be spread into a list"});
}

TEST(Bodies, OneOfGroups) {
  constexpr auto probe = "schema Probe { path: string = \"/\", oneof? { http: string, tcp: int } }\n";
  EXPECT_EQ(check(probe + std::string("let x = Probe { http: \"/\" }")), Lines{});
  EXPECT_EQ(check(probe + std::string("let x = Probe { http: \"/\", tcp: 1 }")), Lines{"2:28 KD5108 `http` and `tcp` exclude each other in `Probe`"});
  EXPECT_EQ(check(probe + std::string("let x = Probe { http: absent, tcp: 1 }")), Lines{});
}

TEST(Bodies, UnionsTakeTheirBestBranch) {
  constexpr auto kinds = "schema K { secret: string, key: string }\nschema V { value: int }\n";
  EXPECT_EQ(check(kinds + std::string("let x: K | V = { secret: \"a\", key: \"b\" }")), Lines{});
  EXPECT_EQ(check(kinds + std::string("let x: K | V = { secret: \"a\", keu: \"b\" }")), Lines{"3:31 KD4107 unknown field `keu` in `K`"});
  EXPECT_EQ(check(kinds + std::string("let x: string | V = { value: \"a\" }")), Lines{"3:30 KD4002 `value` wants an int, not the text \"a\""});
}

TEST(Bodies, ChecksAndWaivers) {
  EXPECT_EQ(checkWith("let x = Web { check self.replicas > 1 else \"only ${self.replicas}\", waive redundant because \"ok\" }"), Lines{});
  EXPECT_EQ(checkWith("let x = Web { check self.replicas else \"no\" }"), Lines{"3:21 KD4002 a condition wants a bool, not `replicas`, an int"});
}

TEST(Bodies, LetsOfABodySeeEachOther) {
  EXPECT_EQ(checkWith("let x = Web { let a = b + 1, let b = 1, replicas: a }"), Lines{});
  EXPECT_EQ(checkWith("let x = Web { let a = b, let b = a, replicas: 1 }").size(), 1u);
}

}  // namespace
}  // namespace kdsl::sema::test
