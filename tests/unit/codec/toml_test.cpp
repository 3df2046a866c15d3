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
  for (const std::string_view text : {"a", "a =", "a = 1 b = 2", "= 1", "[a", "a = [1", "a = \"x", "a = 1\na = 2", "[t]\n[t]", "a = 01", "a = 99999999999999999999", "\x01", "a = '\n'", "[)a]", "[a.)]", "[[a", "[]", "a.= 1", ".a = 1"}) {
    const ReadResult result = readToml(text);
    ASSERT_FALSE(result.ok()) << text;
    EXPECT_LE(result.problems[0].span.end, text.size());
    EXPECT_FALSE(describe(result.problems[0]).empty());
  }
  const std::string_view twice = "a = 1\na = 2\n";
  const ReadResult result = readToml(twice);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.problems[0].problem, Problem::DuplicateKey);
  EXPECT_EQ(result.problems[0].span, (ByteSpan{6, 7}));
  EXPECT_EQ(result.problems[0].related, (ByteSpan{0, 1}));
}

TEST(TomlReader, Strings) {
  EXPECT_EQ(toml("a = \"\"\"\nx\r\ny \\\n   z \"\" \"\"\"\"\"\nb = '''\n\\n'\n'''\nc = 'C:\\x'\nd = \"\\U0001F600\\t\""),
            Data::map({{"a", {}, Data::string("x\ny z \"\" \"\"")}, {"b", {}, Data::string("\\n'\n")}, {"c", {}, Data::string("C:\\x")}, {"d", {}, Data::string("\U0001F600\t")}}));
  for (const std::string_view text : {"\"a\nb\"", "\"\\x41\"", "\"\\u12\"", "\"\\ud800\"", "\"\\U00110000\"", "'a\x01'", "\"\"\"x", "'''x''", "\"\\ \""}) {
    EXPECT_FALSE(readToml("a = " + std::string(text)).ok()) << text;
  }
}

TEST(TomlReader, Numbers) {
  EXPECT_EQ(toml("a = [0, -0, +1, 1_000, 0xFF_ff, 0o17, 0b101, 9223372036854775807, -9223372036854775808]"),
            json(R"({"a":[0,0,1,1000,65535,15,5,9223372036854775807,-9223372036854775808]})"));
  EXPECT_EQ(toml("a = [1.0, 1e3, -1.5E-3, 1_0.2_5, 0.0, 6.0e+2]"), json(R"({"a":[1.0,1000.0,-0.0015,10.25,0.0,600.0]})"));
  EXPECT_EQ(formatToml(toml("a = [inf, -inf, +inf, nan]")).text, "a = [inf, -inf, inf, nan]\n");
  for (const std::string_view text : {"01", "1.", ".5", "1._5", "1_", "_1", "1__0", "0x", "0xg", "0b2", "+0x1", "1e", "1e+", "1.5.2", "yes", "1d", "9223372036854775808", "-", "+", "True", "1e999"}) {
    EXPECT_FALSE(readToml("a = " + std::string(text)).ok()) << text;
  }
}

TEST(TomlReader, DatesAndTimes) {
  for (const std::string text : {"2024-02-29", "2000-02-29", "23:59:60", "00:00:00.123456789", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5-07:00", "1979-05-27t07:32:00z"}) {
    EXPECT_EQ(toml("a = " + text + " # c"), Data::map({{"a", {}, Data::string(text)}})) << text;
  }
  for (const std::string_view text : {"2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-32", "24:00:00", "12:60:00", "12:30", "2024-01-01T", "2024-01-01T12:30", "2024-01-01T12:30:00+25:00", "2024-1-1", "12:30:00."}) {
    EXPECT_FALSE(readToml("a = " + std::string(text)).ok()) << text;
  }
}

TEST(TomlReader, WhatMayExtendATable) {
  EXPECT_EQ(toml("[a.b]\nx = 1\n[a]\ny = 2\n"), json(R"({"a":{"b":{"x":1},"y":2}})"));
  EXPECT_EQ(toml("a.b.x = 1\na.b.y = 2\na.c = 3\n"), json(R"({"a":{"b":{"x":1,"y":2},"c":3}})"));
  EXPECT_EQ(toml("[f]\na.c = 1\n[f.a.t]\ns = 2\n"), json(R"({"f":{"a":{"c":1,"t":{"s":2}}}})"));
  EXPECT_EQ(toml("[[l]]\n[l.s]\nx = 1\n[[l]]\n[[l.m]]\ny = 1\n[[l.m]]\n"), json(R"({"l":[{"s":{"x":1}},{"m":[{"y":1},{}]}]})"));
  EXPECT_EQ(toml("a = { b.c = 1, b.d = 2, e = {} }\n"), json(R"({"a":{"b":{"c":1,"d":2},"e":{}}})"));
  EXPECT_EQ(toml("a = [ # c\n  1, # d\n\n  2,\n]\n"), json(R"({"a":[1,2]})"));
  EXPECT_EQ(toml("\"\" = 1\n'a.b'.\"c d\" = 2\n1.2 = 3\n"), json(R"({"":1,"a.b":{"c d":2},"1":{"2":3}})"));
  for (const std::string_view text :
       {"[a]\n[a]", "[a]\nb = 1\n[a.b]", "a = 1\na.b = 2", "a = {}\n[a.b]", "a = {}\na.b = 1", "a = []\n[[a]]", "[[a]]\n[a]", "[a]\n[[a]]", "[a.b]\n[a]\nb.x = 1", "[f]\na.c = 1\n[f.a]", "a = {b = 1, b = 2}", "a = {b = 1,}",
        "a = {b = 1\n}", "a = {b.c = 1, b = 2}", "[a] x = 1", "a = 1 b = 2", "[ a", "a = [1 2]", "a = [,]", "a = {,}", "a b = 1", "\"\"\"a\"\"\" = 1", "# \x01", "a = 1\r", "[a.b\n]"}) {
    EXPECT_FALSE(readToml(text).ok()) << text;
  }
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
