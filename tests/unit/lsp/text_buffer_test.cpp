#include "lsp/server/text_buffer.hpp"

#include <gtest/gtest.h>

#include <random>

namespace kdsl::lsp {
namespace {

using source::ColumnUnit;

Range range(std::uint32_t line, std::uint32_t from, std::uint32_t endLine, std::uint32_t to) { return {{line, from}, {endLine, to}}; }

TEST(TextBuffer, Edits) {
  TextBuffer buffer("one\ntwo\nthree");
  buffer.replace(range(1, 0, 1, 3), "2", ColumnUnit::Utf16);
  EXPECT_EQ(buffer.text(), "one\n2\nthree");
  buffer.replace(range(0, 3, 2, 0), "", ColumnUnit::Utf16);
  EXPECT_EQ(buffer.text(), "onethree");
  EXPECT_EQ(buffer.lineCount(), 1u);
  buffer.replace(range(0, 8, 0, 8), "\n", ColumnUnit::Utf16);
  EXPECT_EQ(buffer.lineCount(), 2u);
}

TEST(TextBuffer, CountsInTheNegotiatedUnit) {
  // One, two, three and four bytes; the last takes two UTF-16 units.
  const std::string text = "a\u00e9\u20ac\U0001F600b";
  for (const auto& [unit, column] :
       {std::pair{ColumnUnit::Utf8, 10u}, std::pair{ColumnUnit::Utf16, 5u}, std::pair{ColumnUnit::CodePoint, 4u}}) {
    TextBuffer buffer(text);
    EXPECT_EQ(buffer.offset({0, column}, unit), 10u);
    EXPECT_EQ(buffer.position(10, unit), (Position{0, column}));
    buffer.replace(range(0, column, 0, column + 1), "X", unit);
    EXPECT_EQ(buffer.text(), "a\u00e9\u20ac\U0001F600X");
  }
}

TEST(TextBuffer, APositionInsideACharacterGoesToItsBegin) {
  TextBuffer buffer("\U0001F600b");
  EXPECT_EQ(buffer.offset({0, 1}, ColumnUnit::Utf16), 0u);
  EXPECT_EQ(buffer.offset({0, 2}, ColumnUnit::Utf8), 0u);
}

TEST(TextBuffer, ClampsPositions) {
  TextBuffer buffer("ab\r\ncd");
  EXPECT_EQ(buffer.offset({0, 99}, ColumnUnit::Utf16), 2u);
  EXPECT_EQ(buffer.offset({0, 3}, ColumnUnit::Utf16), 2u);
  EXPECT_EQ(buffer.offset({9, 0}, ColumnUnit::Utf16), 6u);
  EXPECT_EQ(buffer.offset({0xFFFF'FFFFu, 0xFFFF'FFFFu}, ColumnUnit::Utf16), 6u);
  buffer.replace(range(7, 7, 0, 1), "x", ColumnUnit::Utf16);
  EXPECT_EQ(buffer.text(), "ax");
}

TEST(TextBuffer, CarriageReturnsJoinAndPart) {
  TextBuffer buffer("a\rb");
  EXPECT_EQ(buffer.lineCount(), 2u);
  buffer.replace(range(1, 0, 1, 0), "\n", ColumnUnit::Utf8);
  EXPECT_EQ(buffer.text(), "a\r\nb");
  EXPECT_EQ(buffer.lineCount(), 2u);
  EXPECT_EQ(buffer.position(3, ColumnUnit::Utf8), (Position{1, 0}));
}

/// The line begins must be what a fresh scan of the text finds, whatever was edited before.
TEST(TextBuffer, RandomEditsKeepTheLines) {
  const char* const pieces[] = {"", "a", "\n", "\r", "\r\n", "x\ny", "\u20ac", "\U0001F600", "\n\r", "long text without breaks"};
  std::mt19937 random(20);
  for (int round = 0; round < 300; ++round) {
    TextBuffer buffer;
    std::string expected;
    for (int step = 0; step < 40; ++step) {
      const auto unit = random() % 2 == 0 ? ColumnUnit::Utf8 : ColumnUnit::Utf16;
      const Range where = range(random() % 8, random() % 12, random() % 8, random() % 12);
      const std::string_view with = pieces[random() % std::size(pieces)];
      const source::LineTable lines(expected);
      auto from = lines.offset(expected, {where.start.line, where.start.character}, unit);
      auto to = lines.offset(expected, {where.end.line, where.end.character}, unit);
      if (from > to) std::swap(from, to);
      expected.replace(from, to - from, with);
      buffer.replace(where, with, unit);
      ASSERT_EQ(buffer.text(), expected);
      const source::LineTable fresh(expected);
      ASSERT_EQ(buffer.lineCount(), fresh.lineCount()) << round << " " << step;
      for (std::uint32_t at = 0; at <= expected.size(); ++at) {
        const auto wanted = fresh.lineColumn(expected, at, ColumnUnit::Utf8);
        ASSERT_EQ(buffer.position(at, ColumnUnit::Utf8), (Position{wanted.line, wanted.column}));
      }
    }
  }
}

}  // namespace
}  // namespace kdsl::lsp
