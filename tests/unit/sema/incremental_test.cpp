// Edits: only what can notice one is checked again.
#include <gtest/gtest.h>

#include "program.hpp"

namespace kdsl::sema::test {
namespace {

using Lines = std::vector<std::string>;

class Incremental : public ::testing::Test {
 protected:
  Incremental() {
    files.add("base.kdsl", "component C { param n: int = 1, let m = n }\nlet shared = 1\n");
    files.add("middle.kdsl", "import { C } from \"./base\"\nresource c = C { n: 2 }\n");
    files.add("top.kdsl", "extends \"./middle\"\nc.n: 3\n");
    for (const auto* name : {"base.kdsl", "middle.kdsl", "top.kdsl"}) EXPECT_EQ(files.diagnostics(name), Lines{});
    before = files.workspace().counters().filesChecked;
  }
  std::uint64_t checkedSince() { return files.workspace().counters().filesChecked - before; }
  bool edit(const std::string& text) {
    files.edit("base.kdsl", text);
    return files.workspace().invalidate(files.id("base.kdsl"));
  }

  Files files;
  std::uint64_t before = 0;
};

TEST_F(Incremental, AnEditInsideABodyLeavesImportersAlone) {
  EXPECT_FALSE(edit("component C { param n: int = 7, let m = n }\n// a comment\nlet shared = 40 + 2\n"));
  EXPECT_EQ(files.diagnostics("top.kdsl"), Lines{});
  EXPECT_EQ(checkedSince(), 1u);
  // What an importer copied points at the new places.
  const auto& middle = files.workspace().module(files.id("middle.kdsl"));
  const auto& module = files.workspace().nominal(middle.nominals[0]);
  EXPECT_NE(module.find(base::intern("c")), nullptr);
}

TEST_F(Incremental, AnEditOfASignatureChecksImportersAgain) {
  EXPECT_TRUE(edit("component C { param n: string = \"1\", let m = n }\nlet shared = 1\n"));
  EXPECT_EQ(files.diagnostics("middle.kdsl"), Lines{"2:21 KD4002 `n` wants text, not the int 2"});
  EXPECT_EQ(files.diagnostics("top.kdsl"), Lines{"2:6 KD4002 `n` wants text, not the int 3"});
  EXPECT_EQ(checkedSince(), 3u);
}

TEST_F(Incremental, AnInferredTypeIsPartOfTheSignature) { EXPECT_TRUE(edit("component C { param n: int = 1, let m = n }\nlet shared = \"now text\"\n")); }

TEST_F(Incremental, NominalTypesKeepTheirIds) {
  const auto id = files.workspace().module(files.id("base.kdsl")).nominals[1];
  edit("component C { param n: int = 1, let m = n, let k = 2 }\nlet shared = 1\n");
  EXPECT_EQ(files.workspace().module(files.id("base.kdsl")).nominals[1], id);
  EXPECT_NE(files.workspace().nominal(id).find(base::intern("k")), nullptr);
}

TEST_F(Incremental, AnEditMayCloseACycleOfImports) {
  edit("extends \"./top\"\ncomponent C { param n: int = 1, let m = n }\nlet shared = 1\n");
  EXPECT_EQ(files.diagnostics("base.kdsl"), Lines{"1:9 KD1008 these files import each other: top.kdsl → middle.kdsl → base.kdsl → top.kdsl"});
  EXPECT_EQ(files.diagnostics("top.kdsl"), Lines{});
}

TEST_F(Incremental, TypingOfALeafFileChecksOnlyItself) {
  files.edit("top.kdsl", "extends \"./middle\"\nc.n: 4\n");
  EXPECT_FALSE(files.workspace().invalidate(files.id("top.kdsl")));
  EXPECT_EQ(checkedSince(), 1u);
}

}  // namespace
}  // namespace kdsl::sema::test
