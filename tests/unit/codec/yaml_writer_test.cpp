#include "codec/yaml_writer.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "codec/event_writer.hpp"
#include "codec/json_writer.hpp"
#include "codec/read.hpp"
#include "codec/text_formats.hpp"
#include "codec/yaml_scalar.hpp"

namespace kdsl::codec {
namespace {

static_assert(EventWriter<YamlWriter>);
static_assert(EventWriter<JsonWriter>);

Data json(std::string_view text) {
  ReadResult result = readJson(text);
  EXPECT_TRUE(result.ok()) << text;
  return result.documents.empty() ? Data{} : std::move(result.documents.front());
}

TEST(YamlWriter, WritesLikeKubernetesManifests) {
  EXPECT_EQ(formatYaml(json(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"web","labels":{}},"spec":{"ports":[{"port":80,"name":"http"},{"port":8080}],
                                 "args":["--verbose","8"],"none":[],"nested":[[1,[2]],[],{}],"ratio":1.0,"on":true,"nothing":null}})")),
            "apiVersion: v1\n"
            "kind: Service\n"
            "metadata:\n"
            "  name: web\n"
            "  labels: {}\n"
            "spec:\n"
            "  ports:\n"
            "  - port: 80\n"
            "    name: http\n"
            "  - port: 8080\n"
            "  args:\n"
            "  - --verbose\n"
            "  - \"8\"\n"
            "  none: []\n"
            "  nested:\n"
            "  - - 1\n"
            "    - - 2\n"
            "  - []\n"
            "  - {}\n"
            "  ratio: 1.0\n"
            "  \"on\": true\n"
            "  nothing: null\n");
}

TEST(YamlWriter, WritesTextOfSeveralLinesAsABlock) {
  EXPECT_EQ(formatYaml(json(R"({"a":"one\n\n  two\n","b":["x\ny"],"c":{"d":"p\nq\n"},"e":"tab\there\n","f":"trailing \nblank","g":"end\n\n"})")),
            "a: |\n"
            "  one\n"
            "\n"
            "    two\n"
            "b:\n"
            "- |-\n"
            "  x\n"
            "  y\n"
            "c:\n"
            "  d: |\n"
            "    p\n"
            "    q\n"
            "e: \"tab\\there\\n\"\n"
            "f: \"trailing \\nblank\"\n"
            "g: \"end\\n\\n\"\n");
  EXPECT_EQ(formatYaml(Data::string("a\nb")), "|-\n  a\n  b\n");
}

TEST(YamlWriter, SeparatesDocuments) {
  std::string out;
  YamlWriter writer{out};
  for (const std::int64_t i : {1, 2, 3}) {
    writer.beginDocument();
    writer.integer(i);
    writer.endDocument();
  }
  EXPECT_EQ(out, "1\n---\n2\n---\n3\n");
}

TEST(YamlWriter, TopLevelValues) {
  EXPECT_EQ(formatYaml(Data::map()), "{}\n");
  EXPECT_EQ(formatYaml(Data::list()), "[]\n");
  EXPECT_EQ(formatYaml(json("[[],{}]")), "- []\n- {}\n");
  EXPECT_EQ(formatYaml(Data::null()), "null\n");
  EXPECT_EQ(formatYaml(Data::string("")), "\"\"\n");
  EXPECT_EQ(formatYaml(Data::boolean(false)), "false\n");
  EXPECT_EQ(formatYaml(Data::integer(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808\n");
}

TEST(YamlWriter, Comments) {
  std::string out;
  YamlWriter writer{out};
  writer.beginDocument();
  writer.comment("from web.kdsl\n\nline\ttwo");
  writer.beginMap();
  writer.comment("first");
  writer.key("a");
  writer.comment("no place between a key and its value");
  writer.beginList();
  writer.comment("in a list");
  writer.integer(1);
  writer.comment("before a map");
  writer.beginMap();
  writer.comment("in it");
  writer.key("b");
  writer.beginList();
  writer.comment("nothing here");
  writer.endList();
  writer.key("c");
  writer.beginMap();
  writer.comment("nor here");
  writer.endMap();
  writer.endMap();
  writer.endList();
  writer.endMap();
  writer.endDocument();
  EXPECT_EQ(out,
            "# from web.kdsl\n"
            "#\n"
            "# line two\n"
            "# first\n"
            "a:\n"
            "# in a list\n"
            "- 1\n"
            "# before a map\n"
            "- # in it\n"
            "  b:\n"
            "  # nothing here\n"
            "    []\n"
            "  c:\n"
            "    # nor here\n"
            "    {}\n");
  const ReadResult result = readYaml(out);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.documents.front(), json(R"({"a":[1,{"b":[],"c":{}}]})"));
}

TEST(YamlWriter, LongKeysAreExplicit) {
  const std::string longKey(1100, 'k');
  const Data data = Data::list({Data::map({{longKey, {}, Data::list({Data::integer(1)})}, {longKey + "2", {}, json(R"({"a":"b\nc"})")}, {longKey + "3", {}, Data::string("x\ny")}})});
  const std::string text = formatYaml(data);
  EXPECT_TRUE(text.starts_with("- ? kkk"));
  const ReadResult result = readYaml(text);
  ASSERT_TRUE(result.ok()) << describe(*result.firstError());
  EXPECT_EQ(result.documents.front(), data);
}

TEST(YamlScalar, PlainOrQuoted) {
  for (const std::string_view text : {"a", "web", "256Mi", "100m", "25%", "a:b", "nginx:1.25", "/path", "$(VAR)", "--flag=value", "a b", "app.kubernetes.io/name", "10.0.0.0/8", "v1.2.3", "a,b", "a#b", "yess", "it's", "_", "(x)", "^x$", "-Xmx1g"})
    EXPECT_TRUE(isPlainYaml(text)) << text;
  for (const std::string_view text : {"", " a", "a ", "1", "1.2.3", "12:30", "1e3", "true", "True", "yes", "NO", "y", "~", "null", "0x1F", "1_000", ".5", "a: b", "a #b", "a, b", "- a", "---", "...", "*a", "&a", "!a", "{a", "[a", "|", "%a", "@a", "#a", "=", "<<", "a:", "é", "a\tb", "-", "1Ei", "2001-12-14"})
    EXPECT_FALSE(isPlainYaml(text)) << text;
}

TEST(YamlScalar, Escapes) {
  const auto quoted = [](std::string_view text) {
    std::string out;
    appendQuotedYaml(out, text);
    return out;
  };
  EXPECT_EQ(quoted("a\"\\\n\r\t"), R"("a\"\\\n\r\t")");
  EXPECT_EQ(quoted(std::string_view("\0\x01\x1f\x7f", 4)), R"("\x00\x01\x1f\x7f")");
  EXPECT_EQ(quoted("\u0085\u00A0\u00A1\u2028\u2029\uFEFF\uFFFE"), "\"\\x85\\xa0\u00A1\\u2028\\u2029\\ufeff\\ufffe\"");
  EXPECT_EQ(quoted("\u00E9\u4E2D\U0001F600"), "\"\u00E9\u4E2D\U0001F600\"");
  EXPECT_EQ(quoted("a\xFF\xC3"), "\"a\uFFFD\uFFFD\"");
  EXPECT_EQ(quoted("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");  // a surrogate
}

}  // namespace
}  // namespace kdsl::codec
