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

TEST(Properties, NestedKeysAndEscapes) {
  const auto result = formatProperties(json(R"({"server":{"port":8080,"tls":true,"ratio":1.0},"a b":" x=y:z ","nothing":null,"text":"line\nnext\\","é":"😀"})"));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.text,
            "server.port=8080\nserver.tls=true\nserver.ratio=1.0\na\\ b=\\ x\\=y\\:z \nnothing=\ntext=line\\nnext\\\\\n\\u00E9=\\uD83D\\uDE00\n");
  const auto list = formatProperties(json(R"({"a":{"b":[1]}})"));
  EXPECT_EQ(list.error, "properties have no lists");
  EXPECT_EQ(list.path, "a.b");
  EXPECT_FALSE(formatProperties(Data::integer(1)).ok());
}

TEST(Ini, SectionsFollowPlainKeys) {
  const auto result = formatIni(json(R"({"main":{"k":"v","n":1},"global":true,"more":{"path":["a","b"]},"empty":{}})"));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.text, "global = true\n\n[main]\nk = v\nn = 1\n\n[more]\npath = a\npath = b\n\n[empty]\n");
  EXPECT_EQ(formatIni(json(R"({"a":{"b":{"c":1}}})")).path, "a.b");
  EXPECT_EQ(formatIni(json(R"({"a":["x",["y"]]})")).path, "a[1]");
  EXPECT_EQ(formatIni(json(R"({"a":"x\ny"})")).error, "this format has no text of several lines");
  EXPECT_FALSE(formatIni(json(R"({"a]":{}})")).ok());
  EXPECT_FALSE(formatIni(json(R"({"[a":1})")).ok());
  EXPECT_FALSE(formatIni(json(R"({"":1})")).ok());
  EXPECT_FALSE(formatIni(Data::list()).ok());
}

TEST(Env, RawLines) {
  const auto result = formatEnv(json(R"({"A":"x y","B":1,"C":null,"D":"a=b # c"})"));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.text, "A=x y\nB=1\nC=\nD=a=b # c\n");
  EXPECT_EQ(formatEnv(json(R"({"A":"x\ny"})")).path, "A");
  EXPECT_FALSE(formatEnv(json(R"({"A=B":1})")).ok());
  EXPECT_FALSE(formatEnv(json(R"({"#A":1})")).ok());
  EXPECT_FALSE(formatEnv(json(R"({"":1})")).ok());
  EXPECT_FALSE(formatEnv(json(R"({"A":{}})")).ok());
}

}  // namespace
}  // namespace kdsl::codec
