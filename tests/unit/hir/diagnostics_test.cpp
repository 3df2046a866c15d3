// What lowering reports.
#include <gtest/gtest.h>

#include "lowered.hpp"

namespace kdsl::hir::test {
namespace {

TEST(DuplicateDeclaration, MembersOfAFile) {
  EXPECT_EQ(errorsOf("param a: int\nlet b = 1\nresource a = C {}"), (Errors{"KD3030 \"a\" `a` is declared twice | \"a\""}));
}

TEST(DuplicateDeclaration, AnImportAndASchema) {
  EXPECT_EQ(errorsOf("import { Web } from \"std/app\"\nschema Web {}"), (Errors{"KD3030 \"Web\" `Web` is declared twice | \"Web\""}));
  EXPECT_EQ(errorsOf("import \"std/app\"\nparam app: int"), (Errors{"KD3030 \"app\" `app` is declared twice | \"\"std/app\"\""}));
}

TEST(DuplicateDeclaration, EachFurtherOneIsReportedOnce) {
  const auto errors = errorsOf("let a = 1\nlet a = 2\nlet a = 3");
  EXPECT_EQ(errors, (Errors{"KD3030 \"a\" `a` is declared twice | \"a\"", "KD3030 \"a\" `a` is declared twice | \"a\""}));
}

TEST(DuplicateDeclaration, MembersOfAComponentMayHaveTheNamesOfTheFiles) {
  EXPECT_EQ(errorsOf("let a = 1\ncomponent C { let a = 2 }"), Errors{});
  EXPECT_EQ(errorsOf("component C { param a: int, let a = 2 }"), (Errors{"KD3030 \"a\" `a` is declared twice | \"a\""}));
}

TEST(DuplicateDeclaration, Locals) {
  EXPECT_EQ(errorsOf("let x = W { let a = 1, let a = 2 }"), (Errors{"KD3030 \"a\" `a` is declared twice | \"a\""}));
  EXPECT_EQ(errorsOf("fn f(a: int, a: int) = a"), (Errors{"KD3030 \"a\" `a` is declared twice | \"a\""}));
  EXPECT_EQ(errorsOf("let x = xs.map((a, a) => a)"), (Errors{"KD3030 \"a\" `a` is declared twice | \"a\""}));
  EXPECT_EQ(errorsOf("let x = [for (a, a in m) a]"), (Errors{"KD3030 \"a\" `a` is declared twice | \"a\""}));
  EXPECT_EQ(errorsOf("let x = let (a = 1, a = 2) a"), (Errors{"KD3030 \"a\" `a` is declared twice | \"a\""}));
  EXPECT_EQ(errorsOf("let x = W { let a = 1, if (b) { let a = 2 } }"), Errors{});
}

TEST(DuplicateDeclaration, FieldsAndLetsOfASchema) {
  EXPECT_EQ(errorsOf("schema S { a: int, oneof { b: int, a: string } }"), (Errors{"KD3030 \"a\" `a` is declared twice | \"a\""}));
  EXPECT_EQ(errorsOf("schema S { let a = 1, a: int }"), (Errors{"KD3030 \"a\" `a` is declared twice | \"a\""}));
  EXPECT_EQ(errorsOf("type T = { [string]: int, [int]: int }"), (Errors{"KD3030 \"[int]: int\" `[K]: T` is declared twice | \"string\""}));
}

TEST(DuplicateDeclaration, TitlesOfTestsAreNoOtherNames) {
  EXPECT_EQ(errorsOf("let a = 1\ntest \"a\" {}"), Errors{});
  EXPECT_EQ(errorsOf("test \"a\" {}\ntest \"a\" {}"), (Errors{"KD3030 \"\"a\"\" `a` is declared twice | \"\"a\"\""}));
}

TEST(DeclarationNotHere, InATestOrPolicy) {
  EXPECT_EQ(errorsOf("test \"t\" { param a: int }"), (Errors{"KD3031 \"param\" `param` cannot stand in a test"}));
  EXPECT_EQ(errorsOf("policy P { resource a = B {} }"), (Errors{"KD3031 \"resource\" `resource` cannot stand in a policy"}));
  EXPECT_EQ(errorsOf("component C { import \"std/app\" }"), (Errors{"KD3031 \"import\" `import` cannot stand in a component"}));
}

TEST(GoldenOutsideTest, IsReported) {
  EXPECT_EQ(errorsOf("golden \"a.yaml\": web"), (Errors{"KD3032 \"golden\" `golden` stands directly in a test"}));
  EXPECT_EQ(errorsOf("test \"t\" { if (a) golden \"a.yaml\": web }"), (Errors{"KD3032 \"golden\" `golden` stands directly in a test"}));
  EXPECT_EQ(errorsOf("test \"t\" { golden \"a.yaml\": web }"), Errors{});
}

TEST(PolicyChanges, EntriesThatSetOrRemove) {
  EXPECT_EQ(errorsOf("policy P { each C { a: 1 } }"), (Errors{"KD3033 \"a: 1\" a policy checks values, it does not change them"}));
  EXPECT_EQ(errorsOf("policy P { each C: absent }"), (Errors{"KD3033 \"each C: absent\" a policy checks values, it does not change them"}));
  EXPECT_EQ(errorsOf("policy P { if (a) ...b }"), (Errors{"KD3033 \"...b\" a policy checks values, it does not change them"}));
}

TEST(PolicyChanges, ValuesWithinAPolicyAreFree) {
  EXPECT_EQ(errorsOf("policy P { let a = { b: 1 }\neach C { let d = { b: 1, ...a }, check self.x == { b: 1 } } }"), Errors{});
}

TEST(NoSelf, InAFunction) {
  EXPECT_EQ(errorsOf("fn f(a: int = self.b) = self.c"),
            (Errors{"KD3034 \"self\" there is no `self` here", "KD3034 \"self\" there is no `self` here"}));
  EXPECT_EQ(errorsOf("fn f() = W { a: self.b }"), Errors{});
  EXPECT_EQ(errorsOf("fn f() = { a: self.b }"), (Errors{"KD3034 \"self\" there is no `self` here"}));
}

TEST(NoSuper, OutsideTheValueOfAnEntry) {
  EXPECT_EQ(errorsOf("let a = super"), (Errors{"KD3035 \"super\" there is no `super` here"}));
  EXPECT_EQ(errorsOf("if (super > 1) a: 1"), (Errors{"KD3035 \"super\" there is no `super` here"}));
  EXPECT_EQ(errorsOf("each C where (super.a) { b: 1 }"), (Errors{"KD3035 \"super\" there is no `super` here"}));
  EXPECT_EQ(errorsOf("a: W { let b = super }"), (Errors{"KD3035 \"super\" there is no `super` here"}));
  EXPECT_EQ(errorsOf("a[super]: 1"), (Errors{"KD3035 \"super\" there is no `super` here"}));
}

TEST(NoSuper, InTheValueOfAnEntryItIs) {
  EXPECT_EQ(errorsOf("a: super * 2\nb: [...super, 1]\nc: { d: super, let e = super }\nf: W { g: super }\nh: xs.map(x => x + super)"),
            Errors{});
}

TEST(ImportNotLiteral, PathsOfEmbeds) {
  EXPECT_EQ(errorsOf("let a = embed(\"x.conf\")\nlet b = embedDir(\"conf.d/*\")"), Errors{});
  EXPECT_EQ(errorsOf("let a = embed(b)"),
            (Errors{"KD1010 \"b\" the path of `embed` must be a plain text: the files of a build are known before it runs"}));
  EXPECT_EQ(errorsOf("let a = embedDir(\"${b}/*\")"),
            (Errors{"KD1010 \"\"${b}/*\"\" the path of `embedDir` must be a plain text: the files of a build are known before it runs"}));
}

TEST(ImportNotLiteral, AFunctionOfOnesOwnIsNoEmbed) { EXPECT_EQ(errorsOf("fn embed(x: int) = x\nlet a = embed(b)"), Errors{}); }

TEST(TextNotPlain, InTypes) {
  EXPECT_EQ(errorsOf("type T = \"a${b}\""), (Errors{"KD3036 \"\"a${b}\"\" a type that is a text must be a plain text, without `${…}`"}));
  EXPECT_EQ(errorsOf("type T = string(\"a${b}\")"), (Errors{"KD3036 \"\"a${b}\"\" a pattern must be a plain text, without `${…}`"}));
  EXPECT_EQ(errorsOf("type T = int where (a) else \"${b}\""),
            (Errors{"KD3036 \"\"${b}\"\" the message of a type must be a plain text, without `${…}`"}));
}

TEST(TextNotPlain, ElsewhereTheParserSaysSo) { EXPECT_EQ(errorsOf("import \"${a}\" as b\ntest \"${a}\" {}").size(), 2u); }

TEST(ImportNeedsName, WhereThePathEndsInNone) {
  EXPECT_EQ(errorsOf("import \"./my-app\""), (Errors{"KD3037 \"\"./my-app\"\" this import needs a name: the path does not end in one"}));
  EXPECT_EQ(errorsOf("import \"./for\""), (Errors{"KD3037 \"\"./for\"\" this import needs a name: the path does not end in one"}));
}

TEST(NumberOutOfRange, Ints) {
  EXPECT_EQ(errorsOf("let a = 9223372036854775808"), (Errors{"KD3038 \"9223372036854775808\" `9223372036854775808` is out of range"}));
  EXPECT_EQ(errorsOf("let a = -9223372036854775809"), (Errors{"KD3038 \"-9223372036854775809\" `-9223372036854775809` is out of range"}));
  EXPECT_EQ(errorsOf("let a = 0x1_0000_0000_0000_0000"),
            (Errors{"KD3038 \"0x1_0000_0000_0000_0000\" `0x1_0000_0000_0000_0000` is out of range"}));
  EXPECT_EQ(errorsOf("let a = 1e999"), (Errors{"KD3038 \"1e999\" `1e999` is out of range"}));
  EXPECT_EQ(errorsOf("type T = int(..9223372036854775808)"),
            (Errors{"KD3038 \"9223372036854775808\" `9223372036854775808` is out of range"}));
}

TEST(UnknownUnit, WithWhatWasMeant) {
  const Lowered lowered("let a = 512MB");
  EXPECT_EQ(lowered.errors(), (Errors{"KD3039 \"512MB\" `512MB`: there is no unit `MB`"}));
  const auto& fixes = lowered.module().diagnostics.at(0).fixes;
  ASSERT_EQ(fixes.size(), 1u);
  EXPECT_EQ(fixes[0].edits[0].text, "512M");
}

TEST(BadUnitNumber, SaysWhy) {
  EXPECT_EQ(errorsOf("let a = 1h30"), (Errors{"KD3040 \"1h30\" `1h30` lacks a unit"}));
  EXPECT_EQ(errorsOf("let a = 9999999999Ei"), (Errors{"KD3040 \"9999999999Ei\" `9999999999Ei` is out of range"}));
}

TEST(TooManyParts, OfWhatLaterPassesNest) {
  std::string path = "a";
  for (int i = 0; i < 600; ++i) path += ".a";
  EXPECT_EQ(errorsOf(path + ": 1"), (Errors{"KD3041 \"" + path + "\" 601 steps in one go; the limit is 512"}));
  std::string bindings = "a0 = 1";
  for (int i = 1; i < 600; ++i) bindings += ", a" + std::to_string(i) + " = 1";
  EXPECT_EQ(errorsOf("let x = let (" + bindings + ") 1"),
            (Errors{"KD3041 \"let (" + bindings + ") 1\" 600 bindings in one go; the limit is 512"}));
}

TEST(Diagnostics, ComeInSourceOrder) {
  const Lowered lowered("let a = super\nb: 1\nb: 2\nlet a = 99999999999999999999");
  std::uint32_t before = 0;
  for (const auto& diagnostic : lowered.module().diagnostics) {
    EXPECT_LE(before, diagnostic.primary.at.span.begin);
    before = diagnostic.primary.at.span.begin;
  }
  EXPECT_EQ(lowered.module().diagnostics.size(), 4u);
}

}  // namespace
}  // namespace kdsl::hir::test
