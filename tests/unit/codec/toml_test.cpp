#include <gtest/gtest.h>

#include <string>

#include "codec/read.hpp"
#include "codec/text_formats.hpp"

namespace kdsl::codec {
namespace {

Data json(std::string_view text) {
  ReadResult result = readJson(text);
  EXPECT_TRUE(result.ok()) << text;
  return result.documents.empty() ? Data{} : std::move(result.documents.front());
}

Data toml(std::string_view text) {
  ReadResult result = readToml(text);
  EXPECT_TRUE(result.ok()) << text << describe(*result.firstError());
  return result.documents.empty() ? Data{} : std::move(result.documents.front());
}

TEST(TomlReader, KeepsTheOrderOfTheText) {
  EXPECT_EQ(toml("z = 1\na = [1.5, true, 'x']\n[t]\nb.c = \"\\u00e9\"\n[[l]]\nk = 1\n[[l]]\n"),
            json(R"({"z":1,"a":[1.5,true,"x"],"t":{"b":{"c":"é"}},"l":[{"k":1},{}]})"));
  EXPECT_EQ(toml("d = 2001-02-03\nt = 04:05:06\ndt = 2001-02-03T04:05:06Z\n"), json(R"({"d":"2001-02-03","t":"04:05:06","dt":"2001-02-03T04:05:06Z"})"));
  EXPECT_EQ(toml(""), Data::map());
}

TEST(TomlReader, SpansAreBytes) {
  const std::string_view text = "s = \"\u00E9\u00E9\"\na = [\"\u00E9\", 12]\n\"k\u00E9y\" = true\n";
  const Data data = toml(text);
  const auto slice = [&](ByteSpan span) { return text.substr(span.begin, span.end - span.begin); };
  EXPECT_EQ(slice(data.find("s")->span()), "\"\u00E9\u00E9\"");
  EXPECT_EQ(slice(data.find("a")->items()[1].span()), "12");
  EXPECT_EQ(slice(data.entries()[2].keySpan), "\"k\u00E9y\"");
  EXPECT_EQ(slice(data.find("k\u00E9y")->span()), "true");
}

TEST(TomlReader, ErrorsAreValues) {
  for (const std::string_view text : {"a", "a =", "a = 1 b = 2", "= 1", "[a", "a = [1", "a = \"x", "a = 1\na = 2", "[t]\n[t]", "a = 01", "a = 99999999999999999999", "\x01", "a = '\n'"}) {
    const ReadResult result = readToml(text);
    ASSERT_FALSE(result.ok()) << text;
    EXPECT_LE(result.problems[0].span.end, text.size());
    EXPECT_FALSE(describe(result.problems[0]).empty());
  }
  const std::string_view twice = "a = 1\na = 2\n";
  const ReadResult result = readToml(twice);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.problems[0].span.begin, 10u);  // the parser points at the value
}

TEST(TomlReader, DepthIsBounded) {
  const auto repeat = [](std::string_view part, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += part;
    return text;
  };
  const auto problemOf = [](const std::string& text) { return readToml(text).problems.at(0).problem; };
  EXPECT_EQ(problemOf("a = " + repeat("[", 100'000)), Problem::TooDeep);
  EXPECT_EQ(problemOf(repeat("a.", 100'000) + "a = 1"), Problem::TooDeep);
  EXPECT_EQ(problemOf("[" + repeat("a.", 100'000) + "a]"), Problem::TooDeep);
  EXPECT_EQ(problemOf("x = {" + repeat("a.a.a.a.a.a = {", 100)), Problem::TooDeep);
  EXPECT_EQ(problemOf("[" + repeat("a.", 150) + "a]\n" + repeat("b.", 150) + "b = 1"), Problem::TooDeep);
  EXPECT_TRUE(readToml("x = [" + repeat("1.5, ", 100'000) + "1.5]").ok());
  EXPECT_TRUE(readToml(repeat("[[a.b.c.d]]\nx.y = 1.5\n", 1000)).ok());
}

TEST(TomlWriter, TablesAndArrays) {
  const Data data = json(R"({"title":"x","t":{"sub":{"k":1},"v":true},"list":[{"a":1},{"a":2,"n":{"b":"c d"}}],"mixed":[1,{"x":{}}],"odd key":1.0,"empty":{},"none":[],"only":{"tables":{"z":1}}})");
  const auto result = formatToml(data);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.text,
            "title = \"x\"\n"
            "mixed = [1, { x = {} }]\n"
            "\"odd key\" = 1.0\n"
            "none = []\n"
            "\n[t]\nv = true\n"
            "\n[t.sub]\nk = 1\n"
            "\n[[list]]\na = 1\n"
            "\n[[list]]\na = 2\n"
            "\n[list.n]\nb = \"c d\"\n"
            "\n[empty]\n"
            "\n[only.tables]\nz = 1\n");
  // Order aside, the same data.
  const Data back = toml(result.text);
  ASSERT_EQ(back.entries().size(), data.entries().size());
  for (const char* key : {"title", "list", "mixed", "odd key", "empty", "none", "only"}) EXPECT_EQ(*back.find(key), *data.find(key)) << key;
}

TEST(TomlWriter, WhatItCannotHold) {
  const auto result = formatToml(json(R"({"a":{"b":[1,null]}})"));
  EXPECT_EQ(result.error, "TOML has no null");
  EXPECT_EQ(result.path, "a.b[1]");
  EXPECT_FALSE(formatToml(Data::list()).ok());
}

}  // namespace
}  // namespace kdsl::codec
