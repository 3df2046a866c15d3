#include "eval/builtins/letter_case.hpp"

#include <gtest/gtest.h>

namespace kdsl::eval::builtins {
namespace {

TEST(LetterCase, Scripts) {
  EXPECT_EQ(upperCase("straße, ÿ, œuvre"), "STRAßE, Ÿ, ŒUVRE");
  EXPECT_EQ(upperCase("άλφα ως"), "ΆΛΦΑ ΩΣ");
  EXPECT_EQ(lowerCase("ЁЖИК Ґ Ӏ"), "ёжик ґ ӏ");
  EXPECT_EQ(upperCase("điện ısı"), "ĐIỆN ISI");
  EXPECT_EQ(upperCase("日本 1×2÷3"), "日本 1×2÷3");
}

TEST(LetterCase, UpperCaseOfLowerCaseIsItself) {
  for (char32_t c = 0; c < 0x2100; ++c) {
    const char32_t lower = lowerCase(c);
    if (lower == c || c == 0x130 || c == 0x1E9E) continue;  // İ and ẞ go to letters that have another upper case or none
    EXPECT_EQ(upperCase(lower), c) << std::hex << static_cast<std::uint32_t>(c);
    EXPECT_EQ(lowerCase(lower), lower);
    EXPECT_EQ(upperCase(c), c);
  }
}

TEST(LetterCase, BytesThatAreNoText) { EXPECT_EQ(upperCase("a\xFF"), "A\xEF\xBF\xBD"); }

}  // namespace
}  // namespace kdsl::eval::builtins
