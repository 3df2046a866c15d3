#include "syntax/line_diff.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace kdsl::syntax::test {
namespace {

/// Applies a unified diff; the hunks' lines must fit.
std::string patched(const std::string& before, const std::string& diff) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < before.size();) {
    const auto end = before.find('\n', at);
    lines.push_back(before.substr(at, end - at + 1));
    at = end == std::string::npos ? before.size() : end + 1;
  }
  std::string out;
  std::size_t next = 0;
  for (std::size_t at = 0; at < diff.size();) {
    const auto end = std::min(diff.find('\n', at), diff.size() - 1) + 1;
    const auto line = diff.substr(at, end - at);
    at = end;
    if (line.starts_with("---") || line.starts_with("+++")) continue;
    if (line.starts_with("@@")) {
      auto first = static_cast<std::size_t>(std::stoul(line.substr(4)));
      if (line.find(",0 +") != std::string::npos) ++first;
      while (next + 1 < first) out += lines[next++];
    } else if (line[0] == '+') {
      out += line.substr(1);
    } else {
      EXPECT_EQ(line.substr(1), next < lines.size() ? lines[next] : "<end>");
      if (line[0] == ' ') out += line.substr(1);
      ++next;
    }
  }
  while (next < lines.size()) out += lines[next++];
  return out;
}

TEST(LineDiff, EqualTextsHaveNone) { EXPECT_EQ(unifiedDiff("a\nb\n", "a\nb\n", "x", "y"), ""); }

TEST(LineDiff, ShowsThreeLinesAround) {
  EXPECT_EQ(unifiedDiff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "a", "b"),
            "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(LineDiff, FarChangesAreHunksOfTheirOwn) {
  const std::string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
  const std::string after = "one\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\ntwelve\n";
  const auto diff = unifiedDiff(before, after, "a", "b");
  EXPECT_NE(diff.find("@@ -1,4 +1,4 @@"), std::string::npos) << diff;
  EXPECT_NE(diff.find("@@ -9,4 +9,4 @@"), std::string::npos) << diff;
}

TEST(LineDiff, MarksAMissingLastLineEnd) {
  EXPECT_EQ(unifiedDiff("a", "a\n", "x", "y"), "--- x\n+++ y\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
  EXPECT_EQ(unifiedDiff("", "a\n", "x", "y"), "--- x\n+++ y\n@@ -0,0 +1 @@\n+a\n");
}

TEST(LineDiff, PatchesBackToTheOtherText) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string before;
    std::string after;
    for (int i = 0; i < 40; ++i) {
      const std::string line = std::to_string(random() % 8) + "\n";
      if (random() % 8 != 0) before += line;
      if (random() % 8 != 0) after += line;
      if (random() % 12 == 0) after += "new\n";
    }
    EXPECT_EQ(patched(before, unifiedDiff(before, after, "a", "b")), after);
  }
}

TEST(LineDiff, LargeDifferencesStayFast) {
  std::string before;
  std::string after;
  for (int i = 0; i < 20000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(patched(before, unifiedDiff(before, after, "a", "b")), after);
}

}  // namespace
}  // namespace kdsl::syntax::test
