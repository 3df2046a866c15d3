// Which names are locals, and of which binding.
#include <gtest/gtest.h>

#include "hir/scopes.hpp"
#include "lowered.hpp"

namespace kdsl::hir::test {
namespace {

TEST(LocalScopes, InnerScopesShadowAndEnd) {
  LocalScopes scopes;
  const auto a = base::intern("a");
  const LocalScopes::Scope outer(scopes);
  scopes.declare(a, LocalId{1});
  {
    const LocalScopes::Scope inner(scopes);
    EXPECT_EQ(scopes.find(a), LocalId{1});
    EXPECT_FALSE(base::valid(scopes.declare(a, LocalId{2})));
    EXPECT_EQ(scopes.find(a), LocalId{2});
  }
  EXPECT_EQ(scopes.find(a), LocalId{1});
}

TEST(LocalScopes, ASecondDeclarationGivesTheFirst) {
  LocalScopes scopes;
  const auto a = base::intern("a");
  const LocalScopes::Scope scope(scopes);
  scopes.declare(a, LocalId{1});
  EXPECT_EQ(scopes.declare(a, LocalId{2}), LocalId{1});
  EXPECT_EQ(scopes.find(a), LocalId{1});
}

TEST(LocalScopes, AnIsolatedScopeSeesNothingAround) {
  LocalScopes scopes;
  const auto a = base::intern("a");
  const LocalScopes::Scope scope(scopes);
  scopes.declare(a, LocalId{1});
  {
    const LocalScopes::Isolated isolated(scopes);
    EXPECT_FALSE(base::valid(scopes.find(a)));
    scopes.declare(a, LocalId{2});
    EXPECT_EQ(scopes.find(a), LocalId{2});
  }
  EXPECT_EQ(scopes.find(a), LocalId{1});
}

TEST(Scopes, ALetIsSeenByItsWholeBodyInAnyOrder) {
  EXPECT_EQ(hirOf("let x = W {\n  a: y\n  let z = y\n  let y = 1\n  b: { c: z, if (d) e: y }\n}"),
            "module\n  let x = W {\n    a: y%1\n    let z%0 = y%1\n    let y%1 = 1\n    b: {\n      c: z%0\n      if (d) {\n        e: "
            "y%1\n      }\n"
            "    }\n  }\n");
}

TEST(Scopes, ALetOfABranchIsSeenThereOnly) {
  EXPECT_EQ(hirOf("let x = W {\n  if (c) { let y = 1, a: y } else { a: y }\n  b: y\n}"),
            "module\n  let x = W {\n    if (c) {\n      let y%0 = 1\n      a: y%0\n    } else {\n      a: y\n    }\n    b: y\n  }\n");
}

TEST(Scopes, ALetOfAModuleOrComponentIsAMember) {
  EXPECT_EQ(hirOf("let y = 1\na: y\ncomponent C {\n  let z = y\n  b: z\n}"),
            "module\n  let y = 1\n  component C\n    let z = y\n    entries {\n      b: z\n    }\n  entries {\n    a: y\n  }\n");
}

TEST(Scopes, EntriesDoNotSeeEachOther) {
  EXPECT_EQ(hirOf("let x = { name: 1, labels: { name } }"),
            "module\n  let x = {\n    name: 1\n    labels: {\n      name: name\n    }\n  }\n");
}

TEST(Scopes, AShorthandTakesALocal) {
  EXPECT_EQ(hirOf("let x = { for (port in ports) [port]: { port } }"),
            "module\n  let x = {\n    for (port%0 in ports) {\n      [port%0]: {\n        port: port%0\n      }\n    }\n  }\n");
}

TEST(Scopes, LoopVariablesAreNotSeenByTheirCollection) {
  EXPECT_EQ(hirOf("let x = [for (y in y if y) y]"), "module\n  let x = [for (y%0 in y if y%0) y%0]\n");
}

TEST(Scopes, TheInnermostBindingWins) {
  EXPECT_EQ(hirOf("let x = xs.map(y => y.map(y => y) + [y])"), "module\n  let x = xs.map(((y%0) => (y%0.map(((y%1) => y%1)) + [y%0])))\n");
}

TEST(Scopes, AnUnderscoreIsNoName) {
  EXPECT_EQ(hirOf("let x = [for (_, v in m) for (_, w in v) w]"), "module\n  let x = [for (_%0, v%1 in m) for (_%2, w%3 in v%1) w%3]\n");
}

TEST(Scopes, ADefaultSeesTheParamsBeforeIt) {
  EXPECT_EQ(hirOf("fn f(a: int, b: int = a + c, c: int = b) = a"),
            "module\n  fn f(a%0: int, b%1: int = (a%0 + c), c%2: int = b%1) = a%0\n");
}

TEST(Scopes, LocalsOfOneItemEndWithIt) { EXPECT_EQ(hirOf("fn f(a: int) = a\nlet b = a"), "module\n  fn f(a%0: int) = a%0\n  let b = a\n"); }

TEST(Scopes, ARecordTypeDoesNotSeeLocals) {
  EXPECT_EQ(hirOf("fn f(a: int, b: { c: int = a }) = b"), "module\n  fn f(a%0: int, b%1: {\n    c: int = a\n  }) = b%1\n");
}

TEST(Scopes, ASchemasLetsAreSeenByItsDefaults) {
  EXPECT_EQ(hirOf("schema S {\n  a: int = b\n  let b = c\n  c: int\n}"),
            "module\n  schema S {\n    a: int = b%0\n    c: int\n    let b%0 = c\n  }\n");
}

}  // namespace
}  // namespace kdsl::hir::test
