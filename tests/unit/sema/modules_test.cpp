// Modules, components, and what a name means where.
#include <gtest/gtest.h>

#include "program.hpp"

namespace kdsl::sema::test {
namespace {

using Lines = std::vector<std::string>;

constexpr auto web = "param tag: string = \"1\"\n"
                     "component Web { param name: DnsLabel, param replicas: int = 2, resource service = Service { metadata: { name } }, private let inner = 1 }\n"
                     "resource web = Web { name: \"web\" }\n"
                     "let common = { a: \"b\" }\n"
                     "let tagged = \"x:${tag}\"\n"
                     "fn double(n: int): int = n * 2\n"
                     "private let hidden = 3\n";

Lines checkWith(std::string text) {
  Files files;
  files.add("web.kdsl", web);
  files.add("main.kdsl", std::move(text));
  EXPECT_EQ(files.diagnostics("web.kdsl"), Lines{});
  return files.diagnostics("main.kdsl");
}

TEST(Modules, AreUsedLikeComponents) {
  EXPECT_EQ(checkWith("import \"./web\" as shop\nresource eu = shop { tag: \"2\", web.replicas: 3 }\nresource w = shop.Web { name: \"a\" }\nlet x = shop.double(2)\nlet y = shop.common.a\nlet z = eu.web.service.metadata.name"), Lines{});
  EXPECT_EQ(checkWith("import \"./web\" as shop\nresource eu = shop { tg: \"2\" }"), Lines{"2:22 KD4107 unknown field `tg` in `web`"});
  EXPECT_EQ(checkWith("import \"./web\" as shop\nlet x = shop.tag"), Lines{"2:14 KD3007 `tag` is a param: only an instance of `shop` has it"});
  EXPECT_EQ(checkWith("import \"./web\" as shop\nlet x = shop.tagged"), Lines{"2:14 KD3007 `tagged` is a let that reads its params: only an instance of `shop` has it"});
  EXPECT_EQ(checkWith("import \"./web\" as shop\nlet x = shop.doble(2)"), Lines{"2:14 KD3003 `web.kdsl` has no `doble`"});
  EXPECT_EQ(checkWith("import \"./web\" as shop\nlet x = shop.hidden"), Lines{"2:14 KD3005 `hidden` is private in `web.kdsl`"});
}

TEST(Modules, ImportsByName) {
  EXPECT_EQ(checkWith("import { Web, double as twice, common } from \"./web\"\nresource w = Web { name: \"a\", replicas: twice(2) }\nlet c = common.a"), Lines{});
  EXPECT_EQ(checkWith("import { Wep } from \"./web\"\nresource w = Wep { name: \"a\" }"), Lines{"1:10 KD3003 `web.kdsl` has no `Wep`"});
  EXPECT_EQ(checkWith("import { Web } from \"./web\""), Lines{"1:10 KD3014 `Web` is imported and not used"});
  EXPECT_EQ(checkWith("import { tag } from \"./web\"\nlet x = tag").size(), 1u);
}

TEST(Modules, OverlaysRefineWhatTheyExtend) {
  EXPECT_EQ(checkWith("extends \"./web\"\ntag: \"2\"\nweb.replicas: 4\nweb.service.metadata.labels.a: \"b\"\nlet x = tagged"), Lines{});
  EXPECT_EQ(checkWith("extends \"./web\"\nweb.replcas: 4"), Lines{"2:5 KD4107 unknown field `replcas` in `Web`"});
  EXPECT_EQ(checkWith("extends \"./web\"\nweb.inner: 4"), Lines{"2:5 KD3005 `inner` is private in `Web`"});
  EXPECT_EQ(checkWith("extends \"./web\"\nparam tag: string"), Lines{"2:7 KD3011 `tag` is a member of `web` already"});
  EXPECT_EQ(checkWith("extends \"./web\"\nweb: external"), Lines{});
}

TEST(Modules, ComponentsDoNotSeeTheInstance) {
  EXPECT_EQ(check("param tag: string\ncomponent C { resource s = Service { metadata.name: tag } }"), Lines{"2:53 KD3006 `tag` is a param of the module: a component does not see it"});
  EXPECT_EQ(check("param tag: string\nfn f(n: int): string = tag"), Lines{"2:24 KD3006 `tag` is a param of the module: a fn does not see it"});
  EXPECT_EQ(check("let shared = { a: \"b\" }\ncomponent C { resource s = Service { metadata: { name: \"a\", labels: shared } } }"), Lines{});
}

TEST(Modules, ComponentsExtendAndRefine) {
  constexpr auto base = "component A { param name: DnsLabel, resource s = Service { metadata: { name } } }\n";
  EXPECT_EQ(check(base + std::string("component B extends A { param n: int = 1, name: \"x\", s.metadata.labels: { n: \"${n}\" } }\nresource b = B {}")), Lines{});
  EXPECT_EQ(check(base + std::string("component B extends A { param name: string }")), Lines{"2:31 KD3011 `name` is a member of `A` already"});
  EXPECT_EQ(check(base + std::string("schema S extends A { a: int }")), Lines{"2:18 KD3013 `A` cannot be extended here"});
  EXPECT_EQ(check(base + std::string("component B extends A { }\nparam x: ref A\nlet y: ref A = B { name: \"a\" }")), Lines{});
}

TEST(Modules, ComponentsMayNotNeedThemselves) {
  EXPECT_EQ(check("component A { param n: int = 1, resource b = B {} }\ncomponent B { resource a = A {} }"), Lines{"2:28 KD3012 `A` needs itself: `A` → `B` → `A`"});
  EXPECT_EQ(check("component A { resource a = A {} }"), Lines{"1:28 KD3012 `A` needs itself: `A` → `A`"});
}

TEST(Modules, RefsPointAtInstances) {
  constexpr auto declared = "schema Endpoint { address: string }\ncomponent Db { param name: string, let address = \"${name}:1\" }\ncomponent App { param uses: {[EnvName]: ref Endpoint} = {}, let all = uses.values().map(e => e.address) }\nresource db = Db { name: \"db\" }\n";
  EXPECT_EQ(check(declared + std::string("resource app = App { uses.DB: db }")), Lines{});
  EXPECT_EQ(check(declared + std::string("resource app = App { uses.DB.address: \"x\" }")), Lines{"5:30 KD4104 `DB` is a `ref`: nothing merges into it"});
  EXPECT_EQ(check(declared + std::string("resource app = App { uses: { DB: { address: \"x\" } } }")), Lines{"5:34 KD4104 `DB` is a `ref`: nothing merges into it"});
  EXPECT_EQ(check(declared + std::string("schema Other { x: int }\nlet other = Other { x: 1 }\nresource app = App { uses.DB: other }")), Lines{"7:31 KD4002 `DB` wants `ref Endpoint`, not `other`, an `Other`"});
}

TEST(Modules, CyclesOfImportsAreReportedOnce) {
  Files files;
  files.add("a.kdsl", "import \"./b\" as b\nlet x = b.y");
  files.add("b.kdsl", "import \"./a\" as a\nlet y = 1\nlet z = a.x");
  EXPECT_EQ(files.diagnostics("a.kdsl"), Lines{});
  EXPECT_EQ(files.diagnostics("b.kdsl"), Lines{"1:8 KD1008 these files import each other: a.kdsl → b.kdsl → a.kdsl"});
}

TEST(Modules, DataImports) {
  Files files;
  files.add("v.yaml", "");
  files.add("main.kdsl", "import \"./v.yaml\" as v: { replicas: int }\nimport \"./v.yaml\" as m: Manifests\nlet x = v.replicas\nlet y = m[\"Deployment/web\"].spec.replicas");
  EXPECT_EQ(files.diagnostics("main.kdsl"), Lines{});
  EXPECT_EQ(files.memberType("main.kdsl", "x"), "int");
  EXPECT_EQ(files.memberType("main.kdsl", "y"), "int(0..)");
}

TEST(Modules, TestsAreInstancesOfTheirFile) {
  EXPECT_EQ(check("param n: int = 1\ncomponent C { param r: int = 2, resource s = Service { metadata.name: \"a\" } }\nresource c = C {}\ntest \"t\" { n: 2, c.r: 3, let d = c, check d.r == n, check fails(c { r: 4 }, \"x\") }"), Lines{});
  EXPECT_EQ(check("param n: int = 1\ntest \"t\" { m: 2 }"), Lines{"2:12 KD4107 unknown field `m` in `t`"});
}

TEST(Modules, LibrariesAreCheckedUnused) {
  EXPECT_EQ(check("component C { param n: int, let m = n + \"a\", resource d = Deployment { spec.replicas: \"x\" } }").size(), 2u);
}

TEST(Modules, DeprecatedParamsWarnWhereTheyAreUsed) {
  EXPECT_EQ(check("component C { param old: int = 1 deprecated \"use `new`\", param new: int = 1 }\nlet c = C { old: 2 }"), Lines{"2:13 KD4113 `old` is deprecated: use `new`"});
}

}  // namespace
}  // namespace kdsl::sema::test
