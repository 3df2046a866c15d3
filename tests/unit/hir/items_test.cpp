// The item tree: what a file declares.
#include <gtest/gtest.h>

#include "lowered.hpp"

namespace kdsl::hir::test {
namespace {

TEST(Items, DumpLeavesBodiesOut) {
  const Lowered lowered(
      "extends \"./base\"\n"
      "/// Where this runs.\n"
      "/// And more.\n"
      "param env: string = \"dev\"\n"
      "component Web extends app.Base {\n"
      "  /// Its port.\n"
      "  param port: Port\n"
      "  resource d = Deployment { a: 1 }\n"
      "}\n"
      "schema S { a: int = 1, oneof { b: int, c: int } }\n");
  EXPECT_EQ(lowered.items(),
            "module extends \"./base\"\n"
            "  param env: string = …\n"
            "    doc \"Where this runs.\\nAnd more.\"\n"
            "  component Web extends app.Base\n"
            "    param port: Port\n"
            "      doc \"Its port.\"\n"
            "    resource d = …\n"
            "  schema S\n"
            "    field a: int = …\n"
            "    field b: int oneof 1\n"
            "    field c: int oneof 1\n");
}

TEST(Items, ChildrenAreFoundByName) {
  const Lowered lowered("param a: int\ncomponent C { param b: int }\ntest \"a\" {}");
  const auto& module = lowered.module();
  const auto a = module.findChild(moduleItem, base::intern("a"));
  ASSERT_TRUE(base::valid(a));
  EXPECT_EQ(module[a].kind, ItemKind::Param);
  EXPECT_EQ(module[a].parent, moduleItem);
  const auto c = module.findChild(moduleItem, base::intern("C"));
  ASSERT_TRUE(base::valid(c));
  EXPECT_EQ(module[module.findChild(c, base::intern("b"))].parent, c);
  EXPECT_FALSE(base::valid(module.findChild(moduleItem, base::intern("b"))));
}

TEST(Items, PathsOfOtherFilesAreListed) {
  const Lowered lowered(
      "extends \"./a\"\nimport \"std/app\"\nimport { B, C } from \"./b\"\nlet x = [embed(\"c.conf\"), embedDir(\"d/*\")]");
  const auto& module = lowered.module();
  ASSERT_EQ(module.imports.size(), 3u);
  EXPECT_EQ(module.extends, 1u);
  EXPECT_EQ(module.imports[0].use, PathUse::Extends);
  EXPECT_EQ(base::text(module.imports[1].path), "std/app");
  EXPECT_EQ(module[module.findChild(moduleItem, base::intern("C"))].import, 2u);
  ASSERT_EQ(module.embeds.size(), 2u);
  EXPECT_EQ(base::text(module.embeds[0].path), "c.conf");
  EXPECT_EQ(module.embeds[1].use, PathUse::EmbedFolder);
  EXPECT_EQ(module[module.embeds[1].call].kind, ExprKind::Call);
}

TEST(Items, NamesHaveTheirPlaces) {
  const Lowered lowered("param env: int\nimport { A as B } from \"x\"\nfn f(a: int) = web.deployment.spec");
  const auto& module = lowered.module();
  const auto& env = module[module.findChild(moduleItem, base::intern("env"))];
  EXPECT_EQ(lowered.at(env.nameSpan), "env");
  EXPECT_EQ(lowered.at(env.span), "param env: int");
  const auto& b = module[module.findChild(moduleItem, base::intern("B"))];
  EXPECT_EQ(lowered.at(b.nameSpan), "B");
  EXPECT_EQ(lowered.at(b.importedNameSpan), "A");
  const auto& f = module[module.findChild(moduleItem, base::intern("f"))];
  EXPECT_EQ(lowered.at(module[f.firstParam].nameSpan), "a");
  const auto& field = module[f.value];
  EXPECT_EQ(lowered.at(field.span), "web.deployment.spec");
  EXPECT_EQ(lowered.at(fieldNameSpan(field)), "spec");
  EXPECT_EQ(lowered.at(fieldNameSpan(module[ExprId{field.a}])), "deployment");
}

}  // namespace
}  // namespace kdsl::hir::test
