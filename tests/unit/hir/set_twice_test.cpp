// "One body sets it twice": what can be said without types.
#include <gtest/gtest.h>

#include "lowered.hpp"

namespace kdsl::hir::test {
namespace {

TEST(SetTwice, TheSameKey) {
  EXPECT_EQ(errorsOf("a: 1\nb: 2\na: 3"), (Errors{"KD5003 \"a: 3\" one body sets `a` twice | \"a: 1\""}));
  EXPECT_EQ(errorsOf("let x = W { a: 1, a: b }"), (Errors{"KD5003 \"a: b\" one body sets `a` twice | \"a: 1\""}));
}

TEST(SetTwice, ThroughPathsAndBraces) {
  EXPECT_EQ(errorsOf("frontend: { replicas: 4 }\nfrontend.replicas: 6"),
            (Errors{"KD5003 \"frontend.replicas: 6\" one body sets `frontend.replicas` twice | \"replicas: 4\""}));
  EXPECT_EQ(errorsOf("a: { b.c: 1 }\na.b: { c: 2 }"), (Errors{"KD5003 \"c: 2\" one body sets `a.b.c` twice | \"b.c: 1\""}));
}

TEST(SetTwice, ThroughKeys) {
  EXPECT_EQ(errorsOf("m[\"k\"]: 1\nm.k: 2"), (Errors{"KD5003 \"m.k: 2\" one body sets `m[\"k\"]` twice | \"m[\"k\"]: 1\""}));
  EXPECT_EQ(errorsOf("p[80].n: 1\np[80].n: 2"), (Errors{"KD5003 \"p[80].n: 2\" one body sets `p[80].n` twice | \"p[80].n: 1\""}));
  EXPECT_EQ(errorsOf("p[80].n: 1\np[81].n: 2\np[\"80\"].n: 3"), Errors{});
}

TEST(SetTwice, ComputedKeysAreLeftToEvaluation) {
  EXPECT_EQ(errorsOf("m[a]: 1\nm[a]: 2\nm[a].b: 1\np[80, \"UDP\"].n: 1\np[80].n: 1"), Errors{});
}

TEST(SetTwice, InsideAComputedKey) {
  EXPECT_EQ(errorsOf("let x = { [a]: { b: 1, b: 2 } }"), (Errors{"KD5003 \"b: 2\" one body sets `b` twice | \"b: 1\""}));
}

TEST(SetTwice, UnderAConditionAndAlways) {
  const Lowered lowered("replicas: 1\nif (prod) replicas: 3");
  EXPECT_EQ(lowered.errors(), (Errors{"KD5003 \"replicas: 3\" one body sets `replicas` twice | \"replicas: 1\""}));
  const auto& diagnostic = lowered.module().diagnostics.at(0);
  EXPECT_EQ(diagnostic.notes, (Errors{"write `replicas: if (prod) 3 else 1`"}));
  ASSERT_EQ(diagnostic.fixes.size(), 1u);
  EXPECT_EQ(diagnostic.fixes[0].edits[0].text, "if (prod) 3 else 1");
  EXPECT_EQ(lowered.at(diagnostic.fixes[0].edits[1].at.span), "if (prod) replicas: 3");
}

TEST(SetTwice, TheConditionMayComeFirst) {
  EXPECT_EQ(errorsOf("if (prod) { a: 3, b: 1 }\na: 1"), (Errors{"KD5003 \"a: 1\" one body sets `a` twice | \"a: 3\""}));
}

TEST(SetTwice, BranchesOfOneIfExcludeEachOther) {
  EXPECT_EQ(errorsOf("if (a) b: 1 else b: 2"), Errors{});
  EXPECT_EQ(errorsOf("if (a) b: 1 else if (c) b: 2 else b: 3"), Errors{});
  EXPECT_EQ(errorsOf("if (a) { b: 1, b: 2 }"), (Errors{"KD5003 \"b: 2\" one body sets `b` twice | \"b: 1\""}));
  EXPECT_EQ(errorsOf("if (a) { b: 1, if (c) b: 2 }"), (Errors{"KD5003 \"b: 2\" one body sets `b` twice | \"b: 1\""}));
}

TEST(SetTwice, SeparateConditionsAreLeftToEvaluation) { EXPECT_EQ(errorsOf("if (a) b: 1\nif (c) b: 2"), Errors{}); }

TEST(SetTwice, WhatMergesIsNotSetTwice) {
  EXPECT_EQ(errorsOf("a: { b: 1 }\na: { c: 2 }"), Errors{});
  EXPECT_EQ(errorsOf("a: W {}\na.b: 1"), Errors{});
  EXPECT_EQ(errorsOf("a: b\na: c"), Errors{});
  EXPECT_EQ(errorsOf("a: replace { b: 1 }\na.c: 2"), Errors{});
  EXPECT_EQ(errorsOf("a: [1]\na: append [2]\na: prepend [3]"), Errors{});
  EXPECT_EQ(errorsOf("a: [{ n: 1 }]\na: { k: { n: 2 } }"), Errors{});
}

TEST(SetTwice, ReplaceAbsentAndExternal) {
  EXPECT_EQ(errorsOf("a: replace { b: 1 }\na: replace { c: 1 }").size(), 1u);
  EXPECT_EQ(errorsOf("a: absent\na: 1").size(), 1u);
  EXPECT_EQ(errorsOf("a: external\na: absent").size(), 1u);
}

TEST(SetTwice, SeparateBodiesDoNotClash) {
  EXPECT_EQ(errorsOf("each A { b: 1 }\neach C { b: 2 }\nb: 3"), Errors{});
  EXPECT_EQ(errorsOf("x: A { b: 1 }\nx.b: 2"), Errors{});
}

TEST(SetTwice, OneReportAPlace) { EXPECT_EQ(errorsOf("a: 1\na: 2\na: 3").size(), 1u); }

TEST(SetTwice, ManyEntriesAreFast) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "if (c" + std::to_string(i) + ") a.b: 1\n";
  EXPECT_EQ(errorsOf(text), Errors{});
}

}  // namespace
}  // namespace kdsl::hir::test
