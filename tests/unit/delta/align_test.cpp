#include "delta/align.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kdsl::delta {
namespace {

/// Pairs as text: `ab` for partners, `a-` and `-b` for those without one.
std::string aligned(const std::string& before, const std::string& after) {
  std::string out;
  for (const auto& [i, j] : align(before.size(), after.size(), [&](std::size_t a, std::size_t b) { return before[a] == after[b]; })) {
    out += out.empty() ? "" : " ";
    out += i == noElement ? '-' : before[i];
    out += j == noElement ? '-' : after[j];
  }
  return out;
}

TEST(Align, EqualListsPairByPosition) { EXPECT_EQ(aligned("abc", "abc"), "aa bb cc"); }
TEST(Align, EmptyLists) {
  EXPECT_EQ(aligned("", ""), "");
  EXPECT_EQ(aligned("", "ab"), "-a -b");
  EXPECT_EQ(aligned("ab", ""), "a- b-");
}
TEST(Align, OneInTheMiddle) {
  EXPECT_EQ(aligned("ac", "abc"), "aa -b cc");
  EXPECT_EQ(aligned("abc", "ac"), "aa b- cc");
}
TEST(Align, WhatLiesBetweenIsPairedByPosition) { EXPECT_EQ(aligned("axc", "ayc"), "aa xy cc"); }
TEST(Align, AMovedElementIsRemovedAndAdded) { EXPECT_EQ(aligned("abc", "bca"), "a- bb cc -a"); }
TEST(Align, EachElementStandsInOnePair) {
  const std::string before = "the quick brown fox", after = "a quick red fox jumps";
  std::string left, right;
  for (const auto& [i, j] : align(before.size(), after.size(), [&](std::size_t a, std::size_t b) { return before[a] == after[b]; })) {
    if (i != noElement) left += before[i];
    if (j != noElement) right += after[j];
  }
  EXPECT_EQ(left, before);
  EXPECT_EQ(right, after);
}
TEST(Align, LongListsStayQuick) {
  std::size_t calls = 0;
  const auto pairs = align(20'000, 20'000, [&](std::size_t, std::size_t) {
    ++calls;
    return false;
  });
  EXPECT_EQ(pairs.size(), 20'000u);
  EXPECT_LT(calls, 10u);
}

}  // namespace
}  // namespace kdsl::delta
