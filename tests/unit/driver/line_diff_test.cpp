#include "base/line_diff.hpp"

#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <vector>

namespace kdsl::driver {
namespace {

std::string diff(std::string_view before, std::string_view after) { return base::unifiedDiff(before, after, "a", "b"); }

TEST(UnifiedDiff, EqualTextsHaveNone) { EXPECT_EQ(diff("a\n", "a\n"), ""); }

TEST(UnifiedDiff, ChangedLineWithContext) {
  EXPECT_EQ(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, NearChangesShareAHunkAndFarOnesDoNot) {
  EXPECT_EQ(diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n"),
            "--- a\n+++ b\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
  EXPECT_EQ(diff("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n"),
            "--- a\n+++ b\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

TEST(UnifiedDiff, EmptySides) {
  EXPECT_EQ(diff("", "x\ny\n"), "--- a\n+++ b\n@@ -0,0 +1,2 @@\n+x\n+y\n");
  EXPECT_EQ(diff("x\n", ""), "--- a\n+++ b\n@@ -1 +0,0 @@\n-x\n");
}

TEST(UnifiedDiff, MissingLastLineBreak) {
  EXPECT_EQ(diff("x", "x\n"), "--- a\n+++ b\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
}

/// Applies the hunks of a diff to a text of lines that all end in a line break.
std::string patched(const std::string& before, const std::string& difference) {
  std::vector<std::string> lines;
  std::istringstream source(before);
  for (std::string line; std::getline(source, line);) lines.push_back(line);
  std::string out;
  std::size_t at = 0;
  std::istringstream hunks(difference);
  std::string line;
  std::getline(hunks, line);
  std::getline(hunks, line);
  while (std::getline(hunks, line)) {
    if (line.starts_with("@@")) {
      auto begin = std::stoul(line.substr(4));
      const auto counted = line.substr(4, line.find(' ', 4) - 4);
      if (!counted.ends_with(",0")) --begin;
      while (at < begin) out += lines[at++] + "\n";
    } else if (line.front() == '+') {
      out += line.substr(1) + "\n";
    } else {
      EXPECT_EQ(lines.at(at), line.substr(1));
      if (line.front() == ' ') out += lines[at] + "\n";
      ++at;
    }
  }
  while (at < lines.size()) out += lines[at++] + "\n";
  return out;
}

TEST(UnifiedDiff, AppliedToTheOldTextMakesTheNew) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string before;
    std::string after;
    const auto count = random() % 40;
    for (unsigned i = 0; i < count; ++i) {
      const auto line = std::string(1, static_cast<char>('a' + random() % 6)) + "\n";
      const auto fate = random() % 6;
      if (fate != 0) before += line;
      if (fate != 1) after += line;
    }
    EXPECT_EQ(before == after ? before : patched(before, diff(before, after)), after) << before << "=>\n" << after;
  }
}

TEST(UnifiedDiff, ManyDifferencesAreBounded) {
  std::string before;
  std::string after;
  for (int i = 0; i < 20000; ++i) {
    before += "x" + std::to_string(i) + "\n";
    after += "y" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(patched(before, diff(before, after)), after);
}

}  // namespace
}  // namespace kdsl::driver
