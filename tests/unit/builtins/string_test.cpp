#include <gtest/gtest.h>

#include "toy_evaluator.hpp"

namespace kdsl::eval::test {
namespace {

class StringBuiltins : public testing::Test, public Toy {
 protected:
  std::string on(Builtin builtin, std::string_view text) { return run(builtin, {Toy::text(text)}); }
  std::string on(Builtin builtin, std::string_view text, std::string_view argument) { return run(builtin, {Toy::text(text), Toy::text(argument)}); }
  std::string on(Builtin builtin, std::string_view text, std::int64_t argument) { return run(builtin, {Toy::text(text), integer(argument)}); }
};

TEST_F(StringBuiltins, LengthsCountCharacters) {
  EXPECT_EQ(on(Builtin::string_len, "a🦀é"), "3");
  EXPECT_EQ(on(Builtin::string_byteLen, "a🦀é"), "7");
  EXPECT_EQ(on(Builtin::string_isEmpty, ""), "true");
  EXPECT_EQ(on(Builtin::string_chars, "a🦀"), R"(["a", "🦀"])");
  EXPECT_EQ(on(Builtin::string_reverse, "a🦀é"), R"("é🦀a")");
}

TEST_F(StringBuiltins, Search) {
  EXPECT_EQ(on(Builtin::string_indexOf, "é=b=", "="), "1");
  EXPECT_EQ(on(Builtin::string_lastIndexOf, "é=b=", "="), "3");
  EXPECT_EQ(on(Builtin::string_indexOf, "ab", "x"), "absent");
  EXPECT_EQ(on(Builtin::string_lastIndexOf, "ab", "x"), "absent");
  EXPECT_EQ(on(Builtin::string_indexOf, "ab", ""), "0");
  EXPECT_EQ(on(Builtin::string_contains, "ab", ""), "true");
  EXPECT_EQ(on(Builtin::string_count, "aaaa", "aa"), "2");
  EXPECT_EQ(on(Builtin::string_count, "aaaa", ""), "error: `count` wants a text that is not empty");
}

TEST_F(StringBuiltins, Trim) {
  EXPECT_EQ(on(Builtin::string_trim, " \t\r\n x y \n"), R"("x y")");
  EXPECT_EQ(on(Builtin::string_trim, "   "), R"("")");
  EXPECT_EQ(on(Builtin::string_trim, "éaé", "é"), R"("a")");
  EXPECT_EQ(on(Builtin::string_trim, "ééé", "xé"), R"("")");
  EXPECT_EQ(on(Builtin::string_trimStart, "//a/", "/"), R"("a/")");
  EXPECT_EQ(on(Builtin::string_trimEnd, "//a//", "/"), R"("//a")");
  EXPECT_EQ(on(Builtin::string_trimPrefix, "vv1", "v"), R"("v1")");
  EXPECT_EQ(on(Builtin::string_trimSuffix, "a.b.b", ".b"), R"("a.b")");
  EXPECT_EQ(on(Builtin::string_trimSuffix, "a", ".b"), R"("a")");
}

TEST_F(StringBuiltins, Split) {
  EXPECT_EQ(on(Builtin::string_split, "a,,b,", ","), R"(["a", "", "b", ""])");
  EXPECT_EQ(on(Builtin::string_split, "", ","), R"([""])");
  EXPECT_EQ(run(Builtin::string_split, {text("a,b,c"), text(","), integer(2)}), R"(["a", "b,c"])");
  EXPECT_EQ(run(Builtin::string_split, {text("a,b"), text(","), integer(1)}), R"(["a,b"])");
  EXPECT_EQ(run(Builtin::string_split, {text("a,b"), text(","), integer(0)}), "error: `split` wants a limit of 1 or more, not 0");
  EXPECT_EQ(on(Builtin::string_split, "a", ""), "error: `split` wants a separator that is not empty; `chars()` gives the characters");
  EXPECT_EQ(on(Builtin::string_lines, "a\r\nb\n\nc"), R"(["a", "b", "", "c"])");
  EXPECT_EQ(on(Builtin::string_lines, "\n"), R"([""])");
  EXPECT_EQ(on(Builtin::string_lines, ""), "[]");
  EXPECT_EQ(on(Builtin::string_words, " a\tb\n"), R"(["a", "b"])");
}

TEST_F(StringBuiltins, Slice) {
  const auto slice = [&](std::int64_t start, Value end = Value::absent()) { return run(Builtin::string_slice, {text("aéc"), integer(start), end}); };
  EXPECT_EQ(slice(1), R"("éc")");
  EXPECT_EQ(slice(-1), R"("c")");
  EXPECT_EQ(slice(-99, integer(2)), R"("aé")");
  EXPECT_EQ(slice(2, integer(1)), R"("")");
  EXPECT_EQ(slice(1, integer(99)), R"("éc")");
  EXPECT_EQ(slice(INT64_MIN, integer(INT64_MAX)), R"("aéc")");
}

TEST_F(StringBuiltins, Replace) {
  const auto replace = [&](std::string_view from, std::string_view old, std::string_view by) { return run(Builtin::string_replace, {text(from), text(old), text(by)}); };
  EXPECT_EQ(replace("aaa", "aa", "b"), R"("ba")");
  EXPECT_EQ(replace("abc", "x", "y"), R"("abc")");
  EXPECT_EQ(replace("a.b.", ".", ""), R"("ab")");
  EXPECT_EQ(replace("abc", "", "y"), "error: `replace` wants a text to look for that is not empty");
}

TEST_F(StringBuiltins, GrowthIsBounded) {
  EXPECT_EQ(on(Builtin::string_repeat, "ab", 3), R"("ababab")");
  EXPECT_EQ(on(Builtin::string_repeat, "ab", 0), R"("")");
  EXPECT_EQ(on(Builtin::string_repeat, "", INT64_MAX), R"("")");
  EXPECT_EQ(on(Builtin::string_repeat, "ab", -1), "error: `repeat` wants a count of 0 or more, not -1");
  EXPECT_TRUE(on(Builtin::string_repeat, "ab", INT64_MAX).starts_with("error: the text would have "));
  EXPECT_TRUE(on(Builtin::string_padStart, "a", INT64_MAX).starts_with("error: the text would have "));
  EXPECT_EQ(on(Builtin::string_repeat, "abcdefgh", 4'000'000), "error: the budget is used up");
}

TEST_F(StringBuiltins, Pad) {
  EXPECT_EQ(on(Builtin::string_padStart, "é", 3), R"("  é")");
  EXPECT_EQ(run(Builtin::string_padEnd, {text("a"), integer(3), text("é")}), R"("aéé")");
  EXPECT_EQ(run(Builtin::string_padEnd, {text("abcd"), integer(3), text("é")}), R"("abcd")");
  EXPECT_EQ(run(Builtin::string_padEnd, {text("a"), integer(3), text("xy")}), "error: `fill` must be one character");
}

TEST_F(StringBuiltins, Indentation) {
  EXPECT_EQ(on(Builtin::string_indent, "a\n\n  b\n", 2), R"("  a\n\n    b\n")");
  EXPECT_EQ(on(Builtin::string_indent, "a", -1), "error: `indent` wants a width of 0 to 1000, not -1");
  EXPECT_EQ(on(Builtin::string_dedent, "    a\n   \n      b\n"), R"("a\n\n  b\n")");
  EXPECT_EQ(on(Builtin::string_dedent, "  a\n\tb"), R"("  a\n\tb")");
  EXPECT_EQ(on(Builtin::string_dedent, " \n "), R"("\n")");
}

TEST_F(StringBuiltins, Paths) {
  EXPECT_EQ(on(Builtin::string_baseName, "/etc/app/"), R"("app")");
  EXPECT_EQ(on(Builtin::string_baseName, "app"), R"("app")");
  EXPECT_EQ(on(Builtin::string_dirName, "/etc//app"), R"("/etc")");
  EXPECT_EQ(on(Builtin::string_dirName, "/app"), R"("/")");
  EXPECT_EQ(on(Builtin::string_dirName, "app"), R"(".")");
  EXPECT_EQ(on(Builtin::string_dirName, "/"), R"("/")");
}

TEST_F(StringBuiltins, NameStyles) {
  EXPECT_EQ(on(Builtin::string_kebabCase, "HTTPServerPort2x"), R"("http-server-port2x")");
  EXPECT_EQ(on(Builtin::string_kebabCase, "--Été_Noir!"), R"("été-noir")");
  EXPECT_EQ(on(Builtin::string_snakeCase, "maxSurge"), R"("max_surge")");
  EXPECT_EQ(on(Builtin::string_camelCase, "MAX-surge value"), R"("maxSurgeValue")");
  EXPECT_EQ(on(Builtin::string_pascalCase, "max_surge"), R"("MaxSurge")");
  EXPECT_EQ(on(Builtin::string_pascalCase, "--"), R"("")");
  EXPECT_EQ(on(Builtin::string_capitalize, "éa B"), R"("Éa B")");
  EXPECT_EQ(on(Builtin::string_capitalize, ""), R"("")");
}

TEST_F(StringBuiltins, NamesThatFit) {
  EXPECT_EQ(on(Builtin::string_slug, "/Var/lib__x/"), R"("var-lib-x")");
  EXPECT_EQ(on(Builtin::string_slug, "/"), R"("")");
  EXPECT_EQ(on(Builtin::string_shorten, "0123456789", 10), R"("0123456789")");
  const auto shortened = on(Builtin::string_shorten, "payments-gateway-service", 20);
  EXPECT_TRUE(shortened.starts_with("\"payments-ga-")) << shortened;
  EXPECT_EQ(shortened.size(), 22u);
  EXPECT_NE(shortened, on(Builtin::string_shorten, "payments-gateway-servicf", 20));
  EXPECT_TRUE(on(Builtin::string_shorten, "abcdefghij-klmnopqrst", 20).starts_with("\"abcdefghij-")) << "no two dashes in a row";
  EXPECT_EQ(on(Builtin::string_shorten, "abc", 9), "error: `shorten` wants a length of 10 or more, not 9");
}

TEST_F(StringBuiltins, Conversions) {
  EXPECT_EQ(on(Builtin::string_toInt, "+42"), "42");
  EXPECT_EQ(on(Builtin::string_toInt, "-9223372036854775808"), "-9223372036854775808");
  for (const auto* const bad : {"", " 1", "1 ", "9223372036854775808", "1.0", "+-1", "0x1", "--1"}) EXPECT_EQ(on(Builtin::string_toInt, bad), "absent") << bad;
  EXPECT_EQ(on(Builtin::string_toInt, "z", 36), "35");
  EXPECT_EQ(on(Builtin::string_toInt, "1", 37), "error: `toInt` wants a base of 2 to 36, not 37");
  EXPECT_EQ(on(Builtin::string_toFloat, "-1.5e3"), "-1500.0");
  for (const auto* const bad : {"", "inf", "nan", "1e999", "1.5x", "0x1p3"}) EXPECT_EQ(on(Builtin::string_toFloat, bad), "absent") << bad;
  EXPECT_EQ(on(Builtin::string_toBool, "false"), "false");
  EXPECT_EQ(on(Builtin::string_toBool, "yes"), "absent");
  EXPECT_EQ(on(Builtin::string_toQuantity, "1.5Gi"), "1.5Gi");
  EXPECT_EQ(on(Builtin::string_toQuantity, "1.5GB"), "absent");
  EXPECT_EQ(on(Builtin::string_toDuration, "1h30m"), "1h30m");
  EXPECT_EQ(on(Builtin::string_toDuration, "10"), "absent");
}

TEST_F(StringBuiltins, Quotes) {
  EXPECT_EQ(call(Builtin::string_quote, {text("a\"\n")}).asString(), R"("a\"\n")");
  EXPECT_EQ(call(Builtin::string_shellQuote, {text("it's")}).asString(), R"('it'\''s')");
  EXPECT_EQ(call(Builtin::string_shellQuote, {text("")}).asString(), "''");
  EXPECT_EQ(call(Builtin::string_shellQuote, {text("a/b.c")}).asString(), "a/b.c");
  EXPECT_EQ(call(Builtin::string_shellQuote, {text("A=1;b")}).asString(), "'A=1;b'");
}

TEST_F(StringBuiltins, Encodings) {
  EXPECT_EQ(on(Builtin::string_base64, "naïve"), R"("bmHDr3Zl")");
  EXPECT_EQ(on(Builtin::string_base64Decode, "bmHDr3Zl"), R"("naïve")");
  EXPECT_EQ(on(Builtin::string_base64Decode, "bmHDr3Z"), "absent");
  EXPECT_EQ(on(Builtin::string_base64Decode, "/w=="), "absent") << "the byte FF is no text";
  EXPECT_EQ(on(Builtin::string_hexDecode, "6E61C3AF"), R"("naï")");
  EXPECT_EQ(on(Builtin::string_hexDecode, "6"), "absent");
  EXPECT_EQ(on(Builtin::string_hex, "é"), R"("c3a9")");
  EXPECT_EQ(on(Builtin::string_urlEncode, "a+é"), R"("a%2B%C3%A9")");
  EXPECT_EQ(on(Builtin::string_urlDecode, "a%2B%C3%A9"), R"("a+é")");
  EXPECT_EQ(on(Builtin::string_urlDecode, "%zz"), "absent");
  EXPECT_EQ(on(Builtin::string_sha256, "abc"), R"("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")");
}

}  // namespace
}  // namespace kdsl::eval::test
