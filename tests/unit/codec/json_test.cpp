#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>

#include "codec/float_text.hpp"
#include "codec/read.hpp"
#include "codec/text_formats.hpp"

namespace kdsl::codec {
namespace {

Data read(std::string_view text) {
  ReadResult result = readJson(text);
  EXPECT_TRUE(result.problems.empty()) << text << ": " << describe(result.problems.front());
  return result.documents.empty() ? Data{} : std::move(result.documents.front());
}

ReadProblem problemOf(std::string_view text, const ReadLimits& limits = {}) {
  const ReadResult result = readJson(text, limits);
  EXPECT_FALSE(result.problems.empty()) << text;
  return result.problems.empty() ? ReadProblem{} : result.problems.front();
}

TEST(JsonReader, Values) {
  EXPECT_TRUE(read("null").isNull());
  EXPECT_EQ(read(" true "), Data::boolean(true));
  EXPECT_EQ(read("-0"), Data::integer(0));
  EXPECT_EQ(read("9223372036854775807"), Data::integer(std::numeric_limits<std::int64_t>::max()));
  EXPECT_EQ(read("-9223372036854775808"), Data::integer(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ(read("1.0"), Data::floating(1));
  EXPECT_EQ(read("1e3"), Data::floating(1000));
  EXPECT_EQ(read("-1.5E-3"), Data::floating(-0.0015));
  EXPECT_EQ(read("1e-400"), Data::floating(0));
  EXPECT_EQ(read(R"("a\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00")"), Data::string("a\"\\/\b\f\n\r\tA\u00E9\U0001F600"));
  EXPECT_EQ(read(R"("\u0000")"), Data::string(std::string(1, '\0')));
  EXPECT_EQ(read("[]"), Data::list());
  EXPECT_EQ(read("{}"), Data::map());
  EXPECT_EQ(read("\xEF\xBB\xBF[1, 2]"), Data::list({Data::integer(1), Data::integer(2)}));
  EXPECT_EQ(read(R"({"b":1,"a":{"c":[{}]}})").entries()[0].key, "b");
}

TEST(JsonReader, SpansAreExact) {
  const std::string_view text = R"( {"key": [true, 1.5, "x\ty"], "m": {} } )";
  const Data data = read(text);
  const auto slice = [&](ByteSpan span) { return text.substr(span.begin, span.end - span.begin); };
  EXPECT_EQ(slice(data.span()), R"({"key": [true, 1.5, "x\ty"], "m": {} })");
  EXPECT_EQ(slice(data.entries()[0].keySpan), R"("key")");
  EXPECT_EQ(slice(data.find("key")->span()), R"([true, 1.5, "x\ty"])");
  EXPECT_EQ(slice(data.find("key")->items()[0].span()), "true");
  EXPECT_EQ(slice(data.find("key")->items()[1].span()), "1.5");
  EXPECT_EQ(slice(data.find("key")->items()[2].span()), R"("x\ty")");
  EXPECT_EQ(slice(data.find("m")->span()), "{}");
  EXPECT_EQ(data.find("none"), nullptr);
}

TEST(JsonReader, RejectsWhatIsNoJson) {
  for (const std::string_view text :
       {"", " ", "nul", "tru", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "Infinity", "'a'", "\"", "\"a", "\"\\", "\"\\u12\"", "\"\\x\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\nb\"", "[", "[1", "[1,",
        "[1,]", "[,]", "[1 2]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "]", "}", "1 2", "[]]", "// c\n1", "\x01"}) {
    const ReadResult result = readJson(text);
    EXPECT_FALSE(result.ok()) << text;
    for (const ReadProblem& problem : result.problems) {
      EXPECT_LE(problem.span.begin, problem.span.end);
      EXPECT_LE(problem.span.end, text.size());
      EXPECT_FALSE(describe(problem).empty());
    }
  }
  EXPECT_EQ(problemOf("\"\xFF\"").problem, Problem::InvalidUtf8);
  EXPECT_EQ(problemOf("1e400").problem, Problem::NumberRange);
  EXPECT_EQ(problemOf("-1" + std::string(400, '0') + "e-5").problem, Problem::NumberRange);
}

TEST(JsonReader, LargeIntegersAreFloatsWithAWarning) {
  const ReadResult result = readJson("[18446744073709551615]");
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_EQ(result.problems[0].problem, Problem::InexactInteger);
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(result.documents[0], Data::list({Data::floating(18446744073709551615.0)}));
}

TEST(JsonReader, DuplicateKeys) {
  const ReadResult result = readJson(R"({"a": 1, "b": 2, "a": 3})");
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_EQ(result.problems[0].problem, Problem::DuplicateKey);
  EXPECT_EQ(result.problems[0].span, (ByteSpan{17, 20}));
  EXPECT_EQ(result.problems[0].related, (ByteSpan{1, 4}));
  EXPECT_EQ(describe(result.problems[0]), "the key `a` is there twice");
  std::string large = "{";
  for (int i = 0; i < 1000; ++i) large += "\"k" + std::to_string(i % 999) + "\":1,";
  large.back() = '}';
  EXPECT_EQ(readJson(large).problems.size(), 1u);
  EXPECT_EQ(readJson(large).documents[0].entries().size(), 999u);
}

TEST(JsonReader, Limits) {
  EXPECT_EQ(problemOf(std::string(1'000'000, '[')).problem, Problem::TooDeep);
  EXPECT_TRUE(readJson(std::string(200, '[') + std::string(200, ']')).ok());
  EXPECT_EQ(problemOf(std::string(201, '[') + std::string(201, ']')).problem, Problem::TooDeep);
  EXPECT_EQ(problemOf("[1,2,3]", {.nodes = 3}).problem, Problem::TooManyNodes);
  EXPECT_EQ(problemOf("[1,2,3]", {.bytes = 3}).problem, Problem::TooLarge);
}

TEST(JsonWriter, Styles) {
  const Data data = read(R"({"a":[1,{"b":null}],"c":{},"d":[],"e":"x"})");
  EXPECT_EQ(formatJson(data), R"({"a":[1,{"b":null}],"c":{},"d":[],"e":"x"})");
  EXPECT_EQ(formatJson(data, JsonStyle::Pretty),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": [],\n  \"e\": \"x\"\n}\n");
  EXPECT_EQ(formatJson(Data::floating(std::numeric_limits<double>::infinity())), "null");
  EXPECT_EQ(formatJson(Data::string("a\x01\x7f\u2028\xFF")), "\"a\\u0001\x7f\u2028\uFFFD\"");
  std::string lines;
  JsonWriter writer{lines};
  for (int i = 0; i < 2; ++i) {
    writer.beginDocument();
    writer.integer(i);
    writer.endDocument();
  }
  EXPECT_EQ(lines, "0\n1");
}

std::string floatText(double value) {
  std::string out;
  appendFloat(out, value);
  return out;
}

TEST(FloatText, IsShortAndStaysAFloat) {
  EXPECT_EQ(floatText(1), "1.0");
  EXPECT_EQ(floatText(0.1), "0.1");
  EXPECT_EQ(floatText(-0.0), "-0.0");
  EXPECT_EQ(floatText(100000), "100000.0");
  EXPECT_EQ(floatText(1e22), "1.0e+22");
  EXPECT_EQ(floatText(1.5e-7), "1.5e-07");
  EXPECT_EQ(floatText(0.00001), "0.00001");
  EXPECT_EQ(floatText(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(floatText(std::numeric_limits<double>::max()), "1.7976931348623157e+308");
  EXPECT_EQ(floatText(5e-324), "5.0e-324");
  EXPECT_EQ(floatText(std::numeric_limits<double>::infinity()), ".inf");
  EXPECT_EQ(floatText(-std::numeric_limits<double>::infinity()), "-.inf");
  EXPECT_EQ(floatText(std::nan("")), ".nan");
}

TEST(FloatText, EveryFormatReadsTheSameFloat) {
  std::mt19937_64 random{5};
  for (int i = 0; i < 50'000; ++i) {
    double value;
    const std::uint64_t bits = random();
    std::memcpy(&value, &bits, sizeof value);
    if (i % 2 == 0) value = static_cast<double>(static_cast<std::int64_t>(bits) >> (bits % 60)) / 100;
    if (!std::isfinite(value)) continue;
    const std::string text = floatText(value);
    for (const ReadResult& result : {readJson(text), readYaml(text)}) {
      ASSERT_TRUE(result.problems.empty()) << text;
      ASSERT_EQ(result.documents.at(0).kind(), Data::Kind::Float) << text;
      ASSERT_EQ(result.documents.at(0).asFloat(), value) << text;
    }
  }
}

}  // namespace
}  // namespace kdsl::codec
