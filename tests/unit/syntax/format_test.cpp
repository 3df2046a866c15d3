#include "syntax/format.hpp"

#include <gtest/gtest.h>

#include <random>

#include "mistakes.hpp"
#include "programs.hpp"
#include "text_form.hpp"

namespace kdsl::syntax::test {
namespace {

/// The tokens but separators, and the comments in order.
std::string essence(std::string_view text) {
  const auto tree = parseText(text).tree;
  std::string out;
  std::uint32_t end = 0;
  for (std::uint32_t i = 0; i < tree.tokens().size(); ++i) {
    const auto kind = tree.tokenKind(TokenId{i});
    const auto span = tree.tokenSpan(TokenId{i});
    if (kind == TokenKind::NewLine || kind == TokenKind::Comma) continue;
    for (auto gap = text.substr(end, span.begin - end); !gap.empty();) {
      const auto comment = gap.find("//");
      if (comment == std::string_view::npos) break;
      gap.remove_prefix(comment);
      auto line = gap.substr(0, std::min(gap.find_first_of("\r\n"), gap.size()));
      gap.remove_prefix(line.size());
      while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
      out += "<" + std::string(line) + ">";
    }
    out += " " + std::string(text.substr(span.begin, span.size()));
    end = span.end;
  }
  return out;
}

/// Formats, and checks what must hold of the result.
std::string formatted(std::string_view text) {
  const auto once = format(text);
  if (!once) return "<errors>";
  const auto twice = format(*once);
  EXPECT_TRUE(twice.has_value()) << text << "\nbecame\n" << *once;
  EXPECT_EQ(*once, twice.value_or("<errors>")) << text;
  EXPECT_EQ(essence(text), essence(*once));
  EXPECT_EQ(shapeOf(parseText(text).tree), shapeOf(parseText(*once).tree)) << text << "\nbecame\n" << *once;
  return *once;
}

TEST(Format, Spaces) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"a:1", "a: 1\n"},
      {"  a  .b [ \"k\" ,2 ] ?. c ? : append[1,...x]", "a.b[\"k\", 2]?.c?: append [1, ...x]\n"},
      {"param x:int( 1 .. 5 )?=-1", "param x: int(1..5)? = -1\n"},
      {"type T={a:int,b:[U]by(c,d)|{[string]:V}}", "type T = { a: int, b: [U] by (c, d) | {[string]: V} }\n"},
      {"type T=int(1 ..,r\"x\")", "type T = int(1.., r\"x\")\n"},
      {"fn f(a:int,b:string=\"x\"):int=a+1*-b", "fn f(a: int, b: string = \"x\"): int = a + 1 * -b\n"},
      {"x:xs.map( (a,b)=>{ [a]:b } )", "x: xs.map((a, b) => { [a]: b })\n"},
      {"x:! a&&b is T?||c ? ", "x: !a && b is T? || c?\n"},
      {"x: (a ? ) ? . b", "x: (a?)? .b\n"},
      {"x:{}", "x: {}\n"},
      {"x:{   }", "x: {}\n"},
      {"x:[ ]", "x: []\n"},
      {"x:{a,b:1,}", "x: { a, b: 1 }\n"},
      {"schema S{oneof ? {a:T}}", "schema S { oneof? { a: T } }\n"},
      {"import{A,B as C}from\"x\"", "import { A, B as C } from \"x\"\n"},
      {"if(a)b:1 else{c:2}", "if (a) b: 1 else { c: 2 }\n"},
      {"each A|B where(c):absent", "each A | B where (c): absent\n"},
      {"x:match(y){1=>2,_=>3}", "x: match (y) { 1 => 2, _ => 3 }\n"},
      {"x:let(y=1)y", "x: let (y = 1) y\n"},
      {"x:[for(a,b in c if d)e]", "x: [for (a, b in c if d) e]\n"},
      {"x: \"a ${ b+c } d\"", "x: \"a ${ b+c } d\"\n"},
      {"private   let x=1", "private let x = 1\n"},
  };
  for (const auto& [before, after] : cases) EXPECT_EQ(formatted(before), after);
}

TEST(Format, ABodyOnSeveralLinesHasOneEntryALine) {
  EXPECT_EQ(formatted("x: { a: 1, b: 2\nc: 3 }"), "x: {\n  a: 1\n  b: 2\n  c: 3\n}\n");
  EXPECT_EQ(formatted("x: {\na: 1, b: 2 }"), "x: {\n  a: 1\n  b: 2\n}\n");
  EXPECT_EQ(formatted("x: { a: 1 \n}"), "x: {\n  a: 1\n}\n");
  EXPECT_EQ(formatted("x: {\n}"), "x: {\n}\n");
  EXPECT_EQ(formatted("a: 1, b: 2"), "a: 1\nb: 2\n");
  EXPECT_EQ(formatted("x: match (y) { 1 => 2,\n _ => 3 }"), "x: match (y) {\n  1 => 2\n  _ => 3\n}\n");
  // Where the next line would be read as going on, the comma stays.
  EXPECT_EQ(formatted("x: match (y) {\n1 => 2,\n| 3 => 4\n}"), "x: match (y) {\n  1 => 2,\n  | 3 => 4\n}\n");
}

TEST(Format, OneLineBracesStayAsTheyAre) {
  EXPECT_EQ(formatted("x: { a: { b: 1 }, c: [1, 2] }"), "x: { a: { b: 1 }, c: [1, 2] }\n");
  EXPECT_EQ(formatted("x: { a: {\n b: 1\n} }"), "x: { a: {\n  b: 1\n} }\n");
  EXPECT_EQ(formatted("x: f({\na: 1\n}, [\n1\n])"), "x: f({\n  a: 1\n}, [\n  1\n])\n");
}

TEST(Format, ListsKeepTheirLines) {
  EXPECT_EQ(formatted("x: [1, 2,\n3]"), "x: [\n  1, 2\n  3\n]\n");
  EXPECT_EQ(formatted("x: [\n1,\n2,\n]"), "x: [\n  1\n  2\n]\n");
  EXPECT_EQ(formatted("x: [\nfor (a in b)\n{ c: a }\n]"), "x: [\n  for (a in b)\n    { c: a }\n]\n");
}

TEST(Format, LinesThatGoOnAreIndented) {
  EXPECT_EQ(formatted("check a\nelse \"b\""), "check a\n  else \"b\"\n");
  EXPECT_EQ(formatted("x: a\n&& b\n|| c"), "x: a\n  && b\n  || c\n");
  EXPECT_EQ(formatted("component C {\ncheck a: b\n&& c\n}"), "component C {\n  check a: b\n    && c\n}\n");
  EXPECT_EQ(formatted("x: f(\na,\nb,\n)"), "x: f(\n  a,\n  b,\n)\n");
  EXPECT_EQ(formatted("if (a)\nb: 1"), "if (a)\n  b: 1\n");
  EXPECT_EQ(formatted("if (a) {\nb: 1\n}\nelse {\nc: 2\n}"), "if (a) {\n  b: 1\n}\nelse {\n  c: 2\n}\n");
  EXPECT_EQ(formatted("x: {\nif (a) {\nb: 1\n}\nelse {\nc: 2\n}\n}"), "x: {\n  if (a) {\n    b: 1\n  }\n  else {\n    c: 2\n  }\n}\n");
  EXPECT_EQ(formatted("type T = \"a\"\n| \"b\""), "type T = \"a\"\n  | \"b\"\n");
}

TEST(Format, BlankLines) {
  EXPECT_EQ(formatted("\n\na: 1\n\n\n\nb: 2\n\n"), "a: 1\n\nb: 2\n");
  EXPECT_EQ(formatted("x: {\n\n a: 1\n\n\n b: 2\n\n}"), "x: {\n  a: 1\n\n  b: 2\n}\n");
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted("\n \n"), "");
}

TEST(Format, CommentsStayWithWhatTheyAreAbout) {
  EXPECT_EQ(formatted("a: 1    // end\n   // own\nb: 2"), "a: 1 // end\n// own\nb: 2\n");
  EXPECT_EQ(formatted("x: { // open\na: 1 // a\n// before b\n\nb: 2, // b\n// last\n}"),
            "x: { // open\n  a: 1 // a\n  // before b\n\n  b: 2 // b\n  // last\n}\n");
  EXPECT_EQ(formatted("x: {\n// only\n}"), "x: {\n  // only\n}\n");
  EXPECT_EQ(formatted("// head\n\n\n// second\na: 1\n\n// tail"), "// head\n\n// second\na: 1\n\n// tail\n");
  EXPECT_EQ(formatted("x: [ 1, // one\n2 // two\n]"), "x: [\n  1 // one\n  2 // two\n]\n");
  EXPECT_EQ(formatted("x: f(a, // first\nb)"), "x: f(a, // first\n  b)\n");
  EXPECT_EQ(formatted("x: a // first\n&& b"), "x: a // first\n  && b\n");
  EXPECT_EQ(formatted("/// doc   \nparam a: int"), "/// doc\nparam a: int\n");
}

TEST(Format, LongTextsStayAsTheyAre) {
  EXPECT_EQ(formatted("x: {\na: \"\"\"\n      text\n   more\n   \"\"\"\n}"), "x: {\n  a: \"\"\"\n      text\n   more\n   \"\"\"\n}\n");
}

TEST(Format, RefusesBrokenText) {
  for (const auto& mistake : mistakes()) EXPECT_EQ(format(mistake.source), std::nullopt) << mistake.source;
}

TEST(Format, ProgramsKeepTheirMeaning) {
  for (const auto& program : programs()) (void)formatted(program.source);
}

/// Other blanks, line ends and comments where they change nothing.
std::string shaken(std::string_view text, std::mt19937& random) {
  const auto tree = parseText(text).tree;
  const auto& tokens = tree.tokens();
  std::string out;
  std::uint32_t end = 0;
  std::uint32_t texts = 0;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const auto gap = text.substr(end, tokens.begin[i] - end);
    end = tokens.end[i];
    if (texts != 0) {
      out += gap;
    } else if (gap.find('\n') != std::string_view::npos) {
      out += std::string(random() % 3 + 1, '\n') + std::string(random() % 4, ' ');
      if (random() % 4 == 0) out += "// comment\n";
    } else if (!gap.empty()) {
      out += std::string(random() % 3 + 1, ' ');
    }
    const bool opensBody = tokens.kind[i] == TokenKind::LeftBrace;
    if (tokens.kind[i] == TokenKind::StringBegin) ++texts;
    if (tokens.kind[i] == TokenKind::StringEnd) --texts;
    out += text.substr(tokens.begin[i], tokens.end[i] - tokens.begin[i]);
    if (texts == 0 && (opensBody || tokens.kind[i] == TokenKind::Comma) && random() % 4 == 0) out += random() % 2 == 0 ? "\n" : " // c\n";
  }
  return out;
}

TEST(Format, ShakenProgramsSettle) {
  std::mt19937 random(11);
  for (int round = 0; round < 20; ++round) {
    for (const auto& program : programs()) {
      const auto text = shaken(program.source, random);
      if (parseText(text).diagnostics.empty()) (void)formatted(text);
    }
  }
}

}  // namespace
}  // namespace kdsl::syntax::test
