#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "codec/read.hpp"
#include "codec/text_formats.hpp"

namespace kdsl::codec {
namespace {

/// The documents as JSON, one after the other.
std::string read(std::string_view text) {
  const ReadResult result = readYaml(text);
  EXPECT_TRUE(result.ok()) << text << ": " << describe(*result.firstError());
  std::string out;
  for (const Data& document : result.documents) out += (out.empty() ? "" : " ") + formatJson(document);
  return out;
}

ReadProblem problemOf(std::string_view text, const ReadLimits& limits = {}) {
  const ReadResult result = readYaml(text, limits);
  EXPECT_FALSE(result.problems.empty()) << text;
  return result.problems.empty() ? ReadProblem{} : result.problems.front();
}

TEST(YamlReader, CollectionsAndDocuments) {
  EXPECT_EQ(read("a: 1\nb:\n- x\n- y: [1, {z: 2}]\n"), R"({"a":1,"b":["x",{"y":[1,{"z":2}]}]})");
  EXPECT_EQ(read("---\na: 1\n---\n- b\n...\n---\nc\n"), R"({"a":1} ["b"] "c")");
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("# only a comment\n"), "");
  EXPECT_EQ(read("a:\nb:\n"), R"({"a":null,"b":null})");
  EXPECT_EQ(read("a: |\n  x\n  y\nb: >-\n  p\n  q\n"), R"({"a":"x\ny\n","b":"p q"})");
  EXPECT_EQ(read("\xEF\xBB\xBF" "a: 1\r\nb: 2\r\n"), R"({"a":1,"b":2})");
  EXPECT_EQ(read("? a\n: b\n"), R"({"a":"b"})");
  EXPECT_EQ(read("1: a\ntrue: b\nnull: c\n"), R"({"1":"a","true":"b","null":"c"})");
}

TEST(YamlReader, CoreSchema) {
  EXPECT_EQ(read("[null, Null, NULL, ~, true, True, FALSE, nULL, tRUE]"), R"([null,null,null,null,true,true,false,"nULL","tRUE"])");
  EXPECT_EQ(read("[0, 12, -12, +12, 0o14, 0x1F, 9223372036854775807]"), "[0,12,-12,12,12,31,9223372036854775807]");
  EXPECT_EQ(read("[1.0, .5, 5., 1e3, -1.5E-3, +1.5]"), "[1.0,0.5,5.0,1000.0,-0.0015,1.5]");
  EXPECT_EQ(read("[1.2.3, 1-2, 0x, 0o8, 1e, e1, ., +, -a, 256Mi, =, 2001-12-14]"), R"(["1.2.3","1-2","0x","0o8","1e","e1",".","+","-a","256Mi","=","2001-12-14"])");
  EXPECT_EQ(read(R"(["1", '2', "true", '~', "", 'it''s'])"), R"(["1","2","true","~","","it's"])");
  EXPECT_EQ(read("[!!str 1, !!int 1, !!float 1, !!bool true, !!null ~, ! 1, !!str true]"), R"(["1",1,1.0,true,null,"1","true"])");
  const ReadResult special = readYaml("[.inf, -.Inf, .NaN]");
  ASSERT_TRUE(special.ok());
  EXPECT_TRUE(std::isinf(special.documents[0].items()[1].asFloat()));
  EXPECT_TRUE(std::isnan(special.documents[0].items()[2].asFloat()));
}

TEST(YamlReader, WordsAndNumbersThatReadersDisagreeAboutAreNoted) {
  const ReadResult words = readYaml("[yes, No, on, OFF, y, N, \"yes\", yEs]");
  EXPECT_EQ(formatJson(words.documents.at(0)), R"(["yes","No","on","OFF","y","N","yes","yEs"])");
  EXPECT_EQ(words.problems.size(), 6u);
  for (const ReadProblem& problem : words.problems) EXPECT_EQ(problem.problem, Problem::AmbiguousBoolean);
  EXPECT_TRUE(words.ok());
  const ReadResult numbers = readYaml("[0644, 089, 1_000, 0b11, 12:30:45, -0x1F, 12:99]");
  EXPECT_EQ(formatJson(numbers.documents.at(0)), R"([420,89,"1_000","0b11","12:30:45","-0x1F","12:99"])");
  EXPECT_EQ(numbers.problems.size(), 6u);
  EXPECT_EQ(numbers.problems[0].problem, Problem::AmbiguousNumber);
  EXPECT_EQ(numbers.problems[0].span, (ByteSpan{1, 5}));
  EXPECT_EQ(readYaml("on: x").problems.size(), 0u);  // a key is text for Kubernetes' reader too
  EXPECT_EQ(problemOf("18446744073709551616").problem, Problem::InexactInteger);
  EXPECT_EQ(problemOf("0xFFFFFFFFFFFFFFFFFF").problem, Problem::InexactInteger);
  EXPECT_EQ(problemOf("1e999").problem, Problem::NumberRange);
}

TEST(YamlReader, AnchorsAndMergeKeys) {
  EXPECT_EQ(read("a: &x [1, 2]\nb: *x\n"), R"({"a":[1,2],"b":[1,2]})");
  EXPECT_EQ(read("base: &b {x: 1, y: 2}\nm:\n  y: 3\n  <<: *b\n  z: 4\n"), R"({"base":{"x":1,"y":2},"m":{"y":3,"z":4,"x":1}})");
  EXPECT_EQ(read("- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]\n"), R"([{"x":1},{"x":2,"y":2},{"x":1,"y":2}])");
  EXPECT_EQ(read("\"<<\": 1\n"), R"({"<<":1})");
  EXPECT_EQ(read("&k key: v\nw: *k\n"), R"({"key":"v","w":"key"})");
  EXPECT_EQ(problemOf("a: *none").problem, Problem::Syntax);
  EXPECT_EQ(problemOf("a: &x [*x]").problem, Problem::UnknownAlias);
  EXPECT_EQ(problemOf("<<: 1").problem, Problem::BadMergeKey);
  EXPECT_EQ(problemOf("<<: [1]").problem, Problem::BadMergeKey);
  // Anchors end with their document.
  EXPECT_FALSE(readYaml("--- &a 1\n--- *a\n").ok());
}

TEST(YamlReader, Spans) {
  const std::string_view text = "\xEF\xBB\xBFname: w\u00E9b # c\n\"q\": 'it''s'\nlist:\n- &a 12\n- *a\n- {k: [x, y]}\n- []\nnone:\nblock: |\n  text\nlast: !!str 5\n";
  const ReadResult result = readYaml(text);
  ASSERT_TRUE(result.ok());
  const Data& data = result.documents[0];
  const auto slice = [&](ByteSpan span) { return text.substr(span.begin, span.end - span.begin); };
  EXPECT_EQ(slice(data.entries()[0].keySpan), "name");
  EXPECT_EQ(slice(data.find("name")->span()), "w\u00E9b");
  EXPECT_EQ(slice(data.entries()[1].keySpan), "\"q\"");
  EXPECT_EQ(slice(data.find("q")->span()), "'it''s'");
  const DataList& list = data.find("list")->items();
  EXPECT_EQ(slice(list[0].span()), "12");
  EXPECT_EQ(slice(list[1].span()), "*a");
  EXPECT_EQ(slice(list[2].span()), "{k: [x, y]}");
  EXPECT_EQ(slice(list[2].find("k")->span()), "[x, y]");
  EXPECT_EQ(slice(list[3].span()), "[]");
  EXPECT_EQ(slice(data.find("list")->span()), "- &a 12\n- *a\n- {k: [x, y]}\n- []");
  EXPECT_EQ(data.find("none")->span().begin, data.find("none")->span().end);
  EXPECT_EQ(slice(data.find("block")->span()), "|");
  EXPECT_EQ(slice(data.find("last")->span()), "5");
}

TEST(YamlReader, ErrorsAreValues) {
  for (const std::string_view text : {"a: [", "a: {", "a: 'x", "a: \"x", "a: b: c", "a:\n\t- b", "- a\nb: c", "{a: b", "a: @x", "a: `x", "a: %x", "[a, b}", "a: \"\\q\"", "? [a]: b\n: c", "a: *x", "--- |\n x\n y: [\n- z", "!<", "&", "*", "%YAML 3\n---\na"}) {
    const ReadResult result = readYaml(text);
    for (const ReadProblem& problem : result.problems) {
      EXPECT_LE(problem.span.begin, problem.span.end) << text;
      EXPECT_LE(problem.span.end, text.size()) << text;
      EXPECT_FALSE(describe(problem).empty());
    }
  }
  EXPECT_EQ(problemOf("a: [").problem, Problem::Syntax);
  EXPECT_EQ(problemOf("a: 1\na: 2\n").problem, Problem::DuplicateKey);
  EXPECT_EQ(problemOf("a: 1\nb: 0\na: 2\n").span, (ByteSpan{10, 11}));
  EXPECT_EQ(problemOf("[a]: 1").problem, Problem::KeyNotScalar);
  EXPECT_EQ(problemOf("- &a [x]\n- *a : 1\n").problem, Problem::KeyNotScalar);
  EXPECT_EQ(problemOf("a: !mine b").problem, Problem::UnknownTag);
  EXPECT_EQ(problemOf("a: !!set {x}").problem, Problem::UnknownTag);
  EXPECT_EQ(problemOf("a: !!int x").problem, Problem::Syntax);
  EXPECT_EQ(problemOf("a: \xFF").problem, Problem::InvalidUtf8);
  EXPECT_EQ(problemOf(",im").problem, Problem::Syntax);
  EXPECT_EQ(problemOf("a\n---\n, b").problem, Problem::Syntax);
  EXPECT_EQ(problemOf("a: b\x04 c").problem, Problem::Syntax);
  EXPECT_EQ(problemOf("a: b\x04 c").span, (ByteSpan{4, 5}));
}

TEST(YamlReader, TextThatBelongsToNothing) {
  for (const std::string text : {"a: 1\nfoo bar\n", "a: 1\nb:\n  c: 2\n<<<<<<< HEAD\n", "- a\nb: 1\n", "[a]\nb\n"}) {
    EXPECT_EQ(describe(problemOf(text)).find("this belongs to no value") != std::string::npos, true) << text << describe(problemOf(text));
  }
  EXPECT_EQ(read("? a\n? b\n"), R"({"a":null,"b":null})");
  EXPECT_EQ(read("{a, b: 1}\n"), R"({"a":null,"b":1})");
  EXPECT_EQ(read("a :\n\"b\" : # none\n'c': ~\n"), R"({"a":null,"b":null,"c":null})");
  EXPECT_EQ(read("a: |\n  ---\n---\nb\n"), R"({"a":"---\n"} "b")");
}

TEST(YamlReader, Limits) {
  EXPECT_EQ(problemOf(std::string(201, '[') + std::string(201, ']')).problem, Problem::TooDeep);
  EXPECT_TRUE(readYaml(std::string(200, '[') + std::string(200, ']')).ok());
  for (const char c : {'[', '{'}) EXPECT_FALSE(readYaml(std::string(100'000, c)).ok()) << c;
  std::string indents;
  for (int i = 0; i < 300; ++i) indents += "- ";
  EXPECT_EQ(problemOf(indents).problem, Problem::TooDeep);
  EXPECT_EQ(problemOf("[1,2,3]", {.nodes = 3}).problem, Problem::TooManyNodes);
  EXPECT_EQ(problemOf("a: 1", {.bytes = 3}).problem, Problem::TooLarge);

  std::string laughs = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    laughs += "k" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int j = 1; j < 10; ++j) laughs += ", " + last;
    laughs += "]\n";
  }
  EXPECT_EQ(problemOf(laughs).problem, Problem::TooManyNodes);

  // Depth through aliases is depth too.
  std::string chain = "- &a0 [x]\n";
  for (int i = 1; i < 300; ++i) chain += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  EXPECT_EQ(problemOf(chain).problem, Problem::TooDeep);

  std::string wide = "a: &a \"" + std::string(1'000'000, 'x') + "\"\nb: [";
  for (int i = 0; i < 100'000; ++i) wide += "*a, ";
  EXPECT_EQ(problemOf(wide + "]").problem, Problem::TooManyNodes);
}

// Whatever the bytes are, the reader returns.
TEST(YamlReader, DamagedTextNeverEscapes) {
  const std::string text = "apiVersion: v1\nkind: &k Service\nmetadata: {name: web, labels: {a: \"b\\n\"}}\nspec:\n- <<: {x: 1}\n  y: |\n    a\n    b\n- *k\n- !!str 5\n---\n? q\n: 'r'\n";
  for (std::size_t i = 0; i <= text.size(); ++i) {
    (void)readYaml(text.substr(0, i));
    for (const char c : std::string_view{"[]}:&*!|'\"#- \n\t\xFF"}) {
      std::string damaged = text;
      damaged.insert(i, 1, c);
      for (const ReadProblem& problem : readYaml(damaged).problems) ASSERT_LE(problem.span.end, damaged.size());
      if (i < text.size()) damaged.erase(i + 1, 1);
      for (const ReadProblem& problem : readYaml(damaged).problems) ASSERT_LE(problem.span.end, damaged.size());
    }
  }
}

}  // namespace
}  // namespace kdsl::codec
