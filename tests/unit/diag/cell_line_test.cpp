#include "diag/cell_line.hpp"

#include <gtest/gtest.h>

namespace kdsl::diag {
namespace {

std::string shown(const CellLine& line, CellRange window) {
  std::string out;
  line.append(out, window);
  return out;
}

TEST(CellLine, CellsOfBytes) {
  const CellLine line("a\t日b", 0);
  EXPECT_EQ(line.width(), 7u);
  EXPECT_EQ(line.cellAt(0), 0u);
  EXPECT_EQ(line.cellAt(1), 1u);
  EXPECT_EQ(line.cellAt(2), 4u);
  EXPECT_EQ(line.cellAt(3), 4u);  // inside the character
  EXPECT_EQ(line.cellAt(5), 6u);
  EXPECT_EQ(line.cellAt(6), 7u);
  EXPECT_EQ(line.cellAt(99), 7u);
}

TEST(CellLine, WindowsMarkWhatTheyLeaveOut) {
  const CellLine line("abcdefghij", 0);
  EXPECT_EQ(shown(line, {0, 10}), "abcdefghij");
  EXPECT_EQ(shown(line, {0, 5}), "abcd…");
  EXPECT_EQ(shown(line, {5, 10}), "…ghij");
  EXPECT_EQ(shown(line, {3, 7}), "…ef…");
}

TEST(CellLine, WideCharactersAreNotCut) {
  const CellLine line("日日日日", 0);
  EXPECT_EQ(shown(line, {0, 4}), "日 …");
  EXPECT_EQ(shown(line, {2, 8}), "… 日日");
}

TEST(CellLine, CombiningMarksStayWithTheirCharacter) {
  const CellLine line("ae\u0301bcd", 0);
  EXPECT_EQ(line.width(), 5u);
  EXPECT_EQ(shown(line, {0, 3}), "ae\u0301…");
  EXPECT_EQ(shown(line, {1, 5}), "…bcd");
}

TEST(CellLine, MalformedBytesAreReplaced) {
  const CellLine line(
      "a\xFF"
      "b",
      0);
  EXPECT_EQ(shown(line, {0, 3}), "a\uFFFDb");
}

TEST(CellLine, LongLinesAreLaidOutAroundTheAnchor) {
  const std::string text(100000, 'x');
  const CellLine line(text, 50000);
  EXPECT_TRUE(line.isPartial());
  EXPECT_LT(line.width(), 10000u);
  EXPECT_GT(line.cellAt(50000), 100u);
  EXPECT_EQ(line.cellAt(0), 0u);
  EXPECT_EQ(shown(line, {0, 4}), "…xx…");
}

}  // namespace
}  // namespace kdsl::diag
