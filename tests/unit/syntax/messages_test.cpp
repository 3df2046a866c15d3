// Mistakes: what is reported, where, and that one cause gives one message.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "mistakes.hpp"
#include "diag/codes/syntax.hpp"
#include "text_form.hpp"

namespace kdsl::syntax::test {
namespace {

std::string textOf(const Mistake& mistake) { return std::string(mistake.source) + "\n"; }

TEST(Messages, AreReportedOnceAndInPlace) {
  for (const auto& mistake : mistakes()) {
    const auto text = textOf(mistake);
    const auto result = parseText(text);
    EXPECT_EQ(codesOf(text, result.diagnostics), mistake.codes) << text;
    EXPECT_EQ(violation(text, result), "") << text;
  }
}

TEST(Messages, EveryFixRemovesItsDiagnostic) {
  std::size_t fixes = 0;
  for (const auto& mistake : mistakes()) {
    const auto text = textOf(mistake);
    const auto before = parseText(text).diagnostics;
    for (const auto& diagnostic : before) {
      for (const auto& fix : diagnostic.fixes) {
        const auto fixed = applied(text, fix);
        const auto after = parseText(fixed).diagnostics;
        const auto ofCode = [&](const diag::Diagnostic& each) { return each.code == diagnostic.code; };
        EXPECT_LT(std::count_if(after.begin(), after.end(), ofCode), std::count_if(before.begin(), before.end(), ofCode)) << text << "fixed to\n" << fixed;
        EXPECT_LE(after.size(), before.size()) << text << "fixed to\n" << fixed;
        ++fixes;
      }
    }
  }
  EXPECT_GT(fixes, 30u);
}

TEST(Messages, EveryCodeHasACaseAndAPage) {
  std::set<unsigned> seen;
  for (const auto& mistake : mistakes()) {
    for (const auto& diagnostic : parseText(textOf(mistake)).diagnostics) seen.insert(static_cast<unsigned>(diagnostic.code));
  }
  // These two need a long text: robustness_test.cpp.
  seen.insert(static_cast<unsigned>(diag::code::nesting_too_deep));
  seen.insert(static_cast<unsigned>(diag::code::too_many_syntax_errors));
  // What makes a file a manifest is seen when all of it is known: tests/cases/diagnostics.
  seen.insert(static_cast<unsigned>(diag::code::yaml_manifest));
  for (const auto& info : diag::allCodes()) {
    if (info.number < 2000 || info.number > 2999) continue;
    EXPECT_TRUE(seen.contains(info.number)) << info.name;
    EXPECT_TRUE(std::filesystem::exists(KDSL_SOURCE_DIR "/docs/diagnostics/KD" + std::to_string(info.number) + ".md")) << info.name;
  }
}

/// The words of the first diagnostic: message | label | notes.
std::string words(std::string_view text) {
  const auto diagnostics = parseText(text).diagnostics;
  if (diagnostics.empty()) return "";
  const auto& first = diagnostics[0];
  auto out = diag::message(first) + " | " + first.primary.text;
  for (const auto& note : first.notes) out += " | " + note;
  return out;
}

TEST(Messages, ReadAsTheyShould) {
  EXPECT_EQ(words("checkout: { replicas = 5, memory: 256Mi }"),
            "in a body it is `:`, not `=` | write `replicas: 5` | `=` makes a new name: let, param, resource, a field's default");
  EXPECT_EQ(words("x: { name: \"redis\", image: redis:alpine, user: 1000 }"), "text needs quotes | write \"redis:alpine\" | a bare word is a name");
  EXPECT_EQ(words("x: {\n  args:\n  - \"--verbose\"\n}"), "a list is written in brackets | write `args: [\"--verbose\"]`");
  EXPECT_EQ(words("tag: 1.4.2"), "text needs quotes | write \"1.4.2\" | a number has at most one point");
  EXPECT_EQ(words("spec:\n  replicas: 2\n"),
            "`spec` has no value | write `spec: { … }` | what belongs together stands in braces; indentation has no meaning");
  EXPECT_EQ(words("resorce web = X {}"), "expected `:` after `resorce` | did you mean `resource`?");
  EXPECT_EQ(words("x: f(a\ny: 1"), "`(` is never closed | opened here");
  EXPECT_EQ(words("x: match (a) { 1: 2 }"), "expected `=>`, found `:` | an arm is `pattern => value`");
}

TEST(Messages, AnUnclosedBracketShowsBothEnds) {
  const std::string text = "a: {\n  b: [1,\n    2\n  c: 3\n}\n";
  const auto diagnostics = parseText(text).diagnostics;
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(text.substr(diagnostics[0].primary.at.span.begin, 1), "[");
  ASSERT_EQ(diagnostics[0].related.size(), 1u);
  EXPECT_EQ(diagnostics[0].related[0].at.span.begin, text.find('2') + 1);
}

TEST(Messages, WhatFollowsAMistakeIsStillRead) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"a: 1 +\nb: 2\nc: 3\n", "SetEntry SetEntry SetEntry"},
      {"b: {\n c: f(1,\n d: 2\n}\ne: 3\n", "SetEntry SetEntry"},
      {"resource a = X {\n  b: 1\n\nresource c = Y {\n  d: 2\n}\n", "ResourceDecl ResourceDecl"},
      {"component A {\n  resource a = X {\n    b: 1\n  resource c = Y {}\n}\nparam d: int\n", "ComponentDecl ParamDecl"},
      {"x: \"abc\ny: 1\n", "SetEntry SetEntry"},
      {"x: {{ .Values.a }}\ny: 1\n", "SetEntry SetEntry"},
      {"param a int\nlet b = 1\n", "ParamDecl LetDecl"},
      {"web.\nx: 1\n", "SetEntry SetEntry"},
      {"let a =\nlet b = 1\n", "LetDecl LetDecl"},
  };
  for (const auto& [text, expected] : cases) {
    const auto result = parseText(text);
    EXPECT_FALSE(result.diagnostics.empty());
    std::string kinds;
    for (const auto child : result.tree.children(result.tree.root())) {
      if (result.tree.kind(child) == NodeKind::Error) continue;
      kinds += (kinds.empty() ? "" : " ") + std::string(kindName(result.tree.kind(child)));
    }
    EXPECT_EQ(kinds, expected) << text;
  }
}

}  // namespace
}  // namespace kdsl::syntax::test
