#include "syntax/literal.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "text_form.hpp"

namespace kdsl::syntax::test {
namespace {

/// The parts of a text: characters as they are, an expression as `<its source>`, parts parted by `|`.
std::string parts(std::string_view literal) {
  const auto text = "x: " + std::string(literal) + "\n";
  const auto result = parseText(text);
  const auto entry = childOf<SetEntry>(View{&result.tree, result.tree.root()});
  std::string out;
  bool first = true;
  for (const auto& part : decodeString(result.tree, entry.value().id)) {
    if (!first) out += '|';
    first = false;
    out += base::valid(part.expr) ? "<" + std::string(result.tree.text(part.expr)) + ">" : part.text;
  }
  return out;
}

TEST(Literal, OneLineTexts) {
  EXPECT_EQ(parts(R"("")"), "");
  EXPECT_EQ(parts(R"("a")"), "a");
  EXPECT_EQ(parts(R"("a\n\t\r\"\\\${b}$c")"), "a\n\t\r\"\\${b}$c");
  EXPECT_EQ(parts(R"("\u{41}\u{20AC}\u{1F600}")"), "A\u20AC\U0001F600");
  EXPECT_EQ(parts(R"("a${b.c}d${"e${f}"}")"), "a|<b.c>|d|<\"e${f}\">");
  EXPECT_EQ(parts(R"("${a}${b}")"), "<a>|<b>");
  EXPECT_EQ(parts(R"(r"a\n${b}")"), "a\\n${b}");
}

TEST(Literal, MalformedEscapesStayAsWritten) {
  EXPECT_EQ(parts(R"("\q\u{zz}\u")"), "\\q\\u{zz}\\u");
  EXPECT_EQ(parts("\"abc"), "abc");
}

TEST(Literal, TheClosingLineGivesTheIndentation) {
  EXPECT_EQ(parts("\"\"\"\n  a\n    b\n\n  c\n  \"\"\""), "a\n  b\n\nc\n");
  EXPECT_EQ(parts("\"\"\"\n  a\n  b\"\"\""), "a\nb");
  EXPECT_EQ(parts("\"\"\"\na\n\"\"\""), "a\n");
  EXPECT_EQ(parts("\"\"\"a\n  b\n  \"\"\""), "a\nb\n");
  EXPECT_EQ(parts("\"\"\"a\"\"\""), "a");
  EXPECT_EQ(parts("\"\"\"\"\"\""), "");
  EXPECT_EQ(parts("\"\"\"\n\"\"\""), "");
  EXPECT_EQ(parts("\"\"\"\n\ta\n\t\"\"\""), "a\n");
  EXPECT_EQ(parts("\"\"\"\r\n  a\r\n  b\r\n  \"\"\""), "a\nb\n");
  EXPECT_EQ(parts("\"\"\"\n  ${a}\n    ${b} \"c\"\n  \"\"\""), "<a>|\n  |<b>| \"c\"\n");
  EXPECT_EQ(parts("\"\"\"\n  a\\n  b\n  \"\"\""), "a\n  b\n");
  EXPECT_EQ(parts("r\"\"\"\n  a\\n\n  \"\"\""), "a\\n\n");
}

TEST(Literal, PlainTextHasNoExpressions) {
  const std::string text = "a: \"b\\n\", c: \"d${e}\", f: r\"g\", \"h i\".j: k";
  const auto result = parseText(text);
  std::vector<SetEntry> entries;
  for (const auto entry : ViewsOf<SetEntry>(View{&result.tree, result.tree.root()})) entries.push_back(entry);
  ASSERT_EQ(entries.size(), 4u);
  EXPECT_EQ(plainText(result.tree, entries[0].value().id), "b\n");
  EXPECT_EQ(plainText(result.tree, entries[1].value().id), std::nullopt);
  EXPECT_EQ(plainText(result.tree, entries[2].value().id), "g");
  EXPECT_EQ(plainText(result.tree, entries[3].value().id), std::nullopt);
  std::vector<std::optional<std::string>> keys;
  for (const auto segment : entries[3].path().segments()) keys.push_back(keyText(result.tree, segment.id));
  EXPECT_EQ(keys, (std::vector<std::optional<std::string>>{"h i", "j"}));
}

TEST(Literal, NumberClasses) {
  using enum NumberClass;
  const std::pair<std::string_view, NumberClass> cases[] = {
      {"0", Int},          {"42", Int},         {"1_000", Int},     {"0xFF", Int},       {"0x_F", Bad},      {"0o644", Int},   {"0b101", Int},
      {"1.5", Float},      {"1e3", Float},      {"1e-3", Float},    {"1_0.2_5", Float},  {"0.5", Float},     {"512Mi", Suffixed},
      {"1.5Gi", Suffixed}, {"250m", Suffixed},  {"30s", Suffixed},  {"1h30m", Suffixed}, {"100ms", Suffixed}, {"1e3x", Suffixed},
      {"1E", Suffixed},    {"5abc", Suffixed},  {"1h1.5m", Suffixed}, {"1.4.2", Bad},    {"0x", Bad},        {"0xG", Bad},     {"0o8", Bad},
      {"0b2", Bad},        {"1__0", Bad},       {"1_", Bad},        {"010", Bad},        {"00", Bad},        {"01.5", Bad},    {"1.2.3.4", Bad},
      {"1h1.5.5m", Bad},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(classifyNumber(text), expected) << text;
}

TEST(Literal, NumberValues) {
  EXPECT_EQ(intValue("1_000"), 1000);
  EXPECT_EQ(intValue("0xfF"), 255);
  EXPECT_EQ(intValue("0o644"), 420);
  EXPECT_EQ(intValue("0b101"), 5);
  EXPECT_EQ(intValue("9223372036854775807"), 9223372036854775807);
  EXPECT_EQ(intValue("9223372036854775808"), std::nullopt);
  EXPECT_EQ(intValue("0xFFFFFFFFFFFFFFFF"), std::nullopt);
  EXPECT_DOUBLE_EQ(floatValue("1_0.5"), 10.5);
  EXPECT_DOUBLE_EQ(floatValue("1e-3"), 0.001);
  EXPECT_TRUE(std::isinf(floatValue("1e999")));
  EXPECT_EQ(floatValue("1e-999"), 0.0);
}

TEST(Literal, QuotedReadsBackAsTheText) {
  for (const auto& text : std::vector<std::string>{"", "a", "a\"b\\c", "${a} $b $$ {", "line\nline\ttab\r", std::string("\0\x01\x7f", 3), "\\${", "é€"}) {
    EXPECT_EQ(parts(syntax::quoted(text)), text);
  }
}

TEST(Literal, BareWords) {
  EXPECT_TRUE(isBareWord("a_1"));
  EXPECT_TRUE(isBareWord("for"));
  EXPECT_FALSE(isBareWord(""));
  EXPECT_FALSE(isBareWord("1a"));
  EXPECT_FALSE(isBareWord("a-b"));
}

}  // namespace
}  // namespace kdsl::syntax::test
