// Tokens, and where a line's end is one.
#include "syntax/lexer.hpp"

#include <gtest/gtest.h>

#include "text_form.hpp"

namespace kdsl::syntax::test {
namespace {

std::string kinds(std::string_view text) { return kindsOf(parseText(text).tree); }

/// The tokens' texts, with `¶` for NewLine.
std::string lines(std::string_view text) {
  const auto lexed = lex(source::FileId{0}, text);
  std::string out;
  for (std::uint32_t i = 0; i + 1 < lexed.tokens.size(); ++i) {
    if (!out.empty()) out += ' ';
    const auto token = TokenId{i};
    out += lexed.tokens.kindOf(token) == TokenKind::NewLine ? "¶" : std::string(lexed.tokens.text(text, token));
  }
  return out;
}

TEST(Lexer, LongestFirst) {
  EXPECT_EQ(kinds("... .. . ?. ?? ? => == = != ! <= < >= > && || |"),
            "Ellipsis DotDot Dot QuestionDot QuestionQuestion Question Arrow Equal Assign NotEqual Not LessEqual Less GreaterEqual Greater AndAnd OrOr Pipe");
  EXPECT_EQ(kinds("a?.b??c"), "Name QuestionDot Name QuestionQuestion Name");
  EXPECT_EQ(kinds("1..2...3"), "Number DotDot Number Ellipsis Number");
}

TEST(Lexer, Words) {
  EXPECT_EQ(kinds("import imports _ _a true True r rr"), "KwImport Name Underscore Name KwTrue Name Name Name");
  for (auto kind = TokenKind::Underscore; kind <= TokenKind::KwTrue; kind = static_cast<TokenKind>(static_cast<int>(kind) + 1)) {
    EXPECT_EQ(wordKind(describe(kind)), kind);
    EXPECT_EQ(wordKind(std::string(describe(kind)) + "x"), TokenKind::Name);
    EXPECT_TRUE(isWord(kind));
    EXPECT_NE(isName(kind), isReserved(kind));
  }
  EXPECT_EQ(wordKind(""), TokenKind::Name);
}

TEST(Lexer, NumbersAreOneTokenWithTheirSuffix) {
  for (const auto* number : {"1", "0o644", "0xFF", "1_000", "1.5Gi", "1h30m", "1e-3", "1E+9", "250m", "1.4.2", "1.5"}) {
    EXPECT_EQ(kinds(number), "Number") << number;
  }
  EXPECT_EQ(kinds("1.a"), "Number Dot Name");
  EXPECT_EQ(kinds("1..5"), "Number DotDot Number");
  EXPECT_EQ(kinds("0x1e-3"), "Number Minus Number");
  EXPECT_EQ(kinds("1e-x"), "Number Minus Name");
}

TEST(Lexer, Texts) {
  EXPECT_EQ(kinds(R"("")"), "StringBegin StringEnd");
  EXPECT_EQ(kinds(R"("a$b\"c\${d}")"), "StringBegin StringChunk StringEnd");
  EXPECT_EQ(kinds(R"("${a}b${c}")"),
            "StringBegin InterpolationBegin Name InterpolationEnd StringChunk InterpolationBegin Name InterpolationEnd StringEnd");
  EXPECT_EQ(kinds(R"("${ {a: "${b}"} }")"),
            "StringBegin InterpolationBegin LeftBrace Name Colon StringBegin InterpolationBegin Name InterpolationEnd StringEnd RightBrace InterpolationEnd StringEnd");
  EXPECT_EQ(kinds("\"\"\"a\n\"b\" \"\" c\"\"\""), "StringBegin StringChunk StringEnd");
  EXPECT_EQ(kinds("r\"a\\${b}\" r\"\"\"a\n\"b\"\"\""), "Raw Raw");
}

TEST(Lexer, LineEndsSeparate) {
  EXPECT_EQ(lines("a: 1\nb: 2"), "a : 1 ¶ b : 2");
  EXPECT_EQ(lines("a: 1\n\n // c\n\nb: 2\n"), "a : 1 ¶ b : 2 ¶");
  EXPECT_EQ(lines("\n\na"), "a");
  EXPECT_EQ(lines("a\r\nb\rc"), "a ¶ b ¶ c");
  // `:`, `=` and `.` at a line's end never take the next line.
  EXPECT_EQ(lines("a:\nb"), "a : ¶ b");
  EXPECT_EQ(lines("a =\nb"), "a = ¶ b");
  EXPECT_EQ(lines("a.\nb"), "a . ¶ b");
}

TEST(Lexer, LineEndsThatContinue) {
  for (const auto* op : {"{", "[", ",", "=>", "|", "...", "||", "&&", "==", "!=", "<", "<=", ">", ">=", "in", "is", "??", "+", "-", "*", "/", "%"}) {
    EXPECT_EQ(lines(std::string("a ") + op + "\nb").find("¶"), std::string::npos) << op;
  }
  for (const auto* op : {".", "?.", "|", ")", "=>", "||", "&&", "==", "!=", "<", "<=", ">", ">=", "??", "+", "*", "/", "%"}) {
    EXPECT_EQ(lines(std::string("a\n") + op + " b").find("¶"), std::string::npos) << op;
  }
  for (const auto* word : {"-", "in", "is", "!", "[", "{", "(", "]", "}", "..."}) {
    EXPECT_NE(lines(std::string("a\n") + word + " b").find("¶"), std::string::npos) << word;
  }
  EXPECT_EQ(lines("x: a.in\nb: 1"), "x : a . in ¶ b : 1");
}

TEST(Lexer, ElseContinuesUnlessItIsAKey) {
  EXPECT_EQ(lines("a\nelse b"), "a else b");
  EXPECT_EQ(lines("a\nelse ...b"), "a else ... b");
  EXPECT_EQ(lines("a\nelse: b"), "a ¶ else : b");
  EXPECT_EQ(lines("a\nelse : b"), "a ¶ else : b");
  EXPECT_EQ(lines("a\nelse.b: c"), "a ¶ else . b : c");
  EXPECT_EQ(lines("a\nelse"), "a else");
}

TEST(Lexer, BracketsDecide) {
  EXPECT_EQ(lines("f(a\nb)"), "f ( a b )");
  EXPECT_EQ(lines("f([a\nb])"), "f ( [ a ¶ b ] )");
  EXPECT_EQ(lines("f({\na\n})"), "f ( { a ¶ } )");
  EXPECT_EQ(lines("\"\"\"${a\nb}\"\"\""), "\"\"\" ${ a b } \"\"\"");
  EXPECT_EQ(lines("\"\"\"${a\n}\"\"\"\nb"), "\"\"\" ${ a } \"\"\" ¶ b");
}

TEST(Lexer, AnUnclosedParenthesisEndsWhereAnotherBracketOrADeclarationSaysSo) {
  EXPECT_EQ(lines("x: f(a\ny: 1\n"), "x : f ( a ¶ y : 1 ¶");
  EXPECT_EQ(lines("x: {\na: f(b\nc: 1\n}\nd: 2"), "x : { a : f ( b ¶ c : 1 ¶ } ¶ d : 2");
  EXPECT_EQ(lines("x: f(a\nb\nresource y = z\nc"), "x : f ( a ¶ b ¶ resource y = z ¶ c");
  // Declaring words that are operands are no declarations.
  EXPECT_EQ(lines("f(\nparam is T\n)"), "f ( param is T )");
  EXPECT_FALSE(lex(source::FileId{0}, "f(\nparam is T\n)").unbalanced);
  EXPECT_TRUE(lex(source::FileId{0}, "f(\nparam x: T").unbalanced);
}

TEST(Lexer, RepairsAreBounded) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "{ ( }\n";
  EXPECT_GT(lex(source::FileId{0}, text).tokens.size(), 60000u);
}

TEST(Lexer, TextsThatNothingCloses) {
  EXPECT_EQ(kinds("\"a\nb"), "StringBegin StringChunk StringEnd NewLine Name");
  EXPECT_EQ(kinds("\"a ${b\nc"), "StringBegin StringChunk InterpolationBegin Name InterpolationEnd StringEnd NewLine Name");
  EXPECT_EQ(kinds("\"a ${\"b ${c\nd"),
            "StringBegin StringChunk InterpolationBegin StringBegin StringChunk InterpolationBegin Name InterpolationEnd StringEnd InterpolationEnd StringEnd NewLine Name");
  EXPECT_EQ(kinds("\"\"\"a ${b\n"), "StringBegin StringChunk InterpolationBegin Name InterpolationEnd StringEnd");
}

}  // namespace
}  // namespace kdsl::syntax::test
