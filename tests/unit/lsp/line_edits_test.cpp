#include "lsp/features/line_edits.hpp"

#include <gtest/gtest.h>

#include <random>

#include "lsp/server/text_buffer.hpp"

namespace kdsl::lsp {
namespace {

std::string applied(const std::string& before, const std::vector<TextEdit>& edits) {
  TextBuffer buffer(before);
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) buffer.replace(edit->range, edit->newText, source::ColumnUnit::Utf16);
  return buffer.text();
}

TEST(LineEdits, TouchOnlyWhatDiffers) {
  const auto edits = lineEdits("a\nb\nc\nd\n", "a\nB\nc\nd\ne\n", source::ColumnUnit::Utf16);
  ASSERT_EQ(edits.size(), 2u);
  EXPECT_EQ(edits[0].range, (Range{{1, 0}, {2, 0}}));
  EXPECT_EQ(edits[0].newText, "B\n");
  EXPECT_EQ(edits[1].range, (Range{{4, 0}, {4, 0}}));
}

TEST(LineEdits, EqualTextsNeedNone) {
  EXPECT_TRUE(lineEdits("", "", source::ColumnUnit::Utf8).empty());
  EXPECT_TRUE(lineEdits("a\nb", "a\nb", source::ColumnUnit::Utf8).empty());
}

TEST(LineEdits, GiveTheOtherText) {
  std::mt19937 random(4);
  const char* const lines[] = {"a\n", "b\n", "c\r\n", "\n", "\u20ac\U0001F600\n", "long line\n"};
  for (int round = 0; round < 2000; ++round) {
    std::string before, after;
    for (int i = static_cast<int>(random() % 12); i > 0; --i) before += lines[random() % std::size(lines)];
    for (int i = static_cast<int>(random() % 12); i > 0; --i) after += lines[random() % std::size(lines)];
    if (random() % 3 == 0) before += "tail \U0001F600";
    if (random() % 3 == 0) after += "tail";
    ASSERT_EQ(applied(before, lineEdits(before, after, source::ColumnUnit::Utf16)), after) << before << "\n---\n" << after;
  }
}

TEST(LineEdits, ManyChangesAreOneEdit) {
  std::string before, after;
  for (int i = 0; i < 2000; ++i) {
    before += "x" + std::to_string(i) + "\n";
    after += "y" + std::to_string(i) + "\n";
  }
  const auto edits = lineEdits(before, after, source::ColumnUnit::Utf16);
  EXPECT_EQ(edits.size(), 1u);
  EXPECT_EQ(applied(before, edits), after);
}

}  // namespace
}  // namespace kdsl::lsp
