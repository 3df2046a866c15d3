// Whatever text is written, as a value or as a key, readers read back the same. Other readers than ours are asked in tests/yaml.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "codec/read.hpp"
#include "codec/text_formats.hpp"
#include "codec/yaml_scalar.hpp"
#include "codec/yaml_writer.hpp"
#include "tests/yaml/hostile_strings.hpp"

namespace kdsl::codec {
namespace {

constexpr std::size_t kStrings = 100'000;
constexpr std::size_t kPerDocument = 500;

TEST(YamlRoundTrip, HostileStringsAsValuesAndKeys) {
  const auto strings = testing_support::hostileStrings(kStrings);
  ASSERT_GE(strings.size(), kStrings);
  std::size_t plain = 0;
  for (std::size_t first = 0; first < strings.size(); first += kPerDocument) {
    DataMap entries;
    DataList items;
    for (std::size_t i = first; i < std::min(first + kPerDocument, strings.size()); ++i) {
      plain += isPlainYaml(strings[i]) ? 1 : 0;
      entries.push_back({strings[i], {}, Data::string(strings[i])});
      items.push_back(Data::string(strings[i]));
      items.push_back(Data::list({Data::string(strings[i])}));
    }
    entries.push_back({"a list of all", {}, Data::list(std::move(items))});
    const Data data = Data::map(std::move(entries));
    const std::string text = formatYaml(data);
    const ReadResult result = readYaml(text);
    ASSERT_TRUE(result.problems.empty()) << describe(result.problems.front()) << '\n' << text.substr(result.problems.front().span.begin, 200);
    ASSERT_EQ(result.documents.size(), 1u);
    const Data& back = result.documents.front();
    ASSERT_EQ(back.entries().size(), data.entries().size());
    for (std::size_t i = 0; i < data.entries().size(); ++i) ASSERT_EQ(back.entries()[i], data.entries()[i]) << formatJson(Data::string(data.entries()[i].key));
  }
  // The rule is worth something only if much is written without quotes.
  EXPECT_GT(plain, strings.size() / 20);
}

TEST(YamlRoundTrip, HostileStringsAsDocuments) {
  const auto strings = testing_support::hostileStrings(2000);
  std::string text;
  YamlWriter writer{text};
  for (const auto& string : strings) {
    writer.beginDocument();
    writer.string(string);
    writer.endDocument();
  }
  const ReadResult result = readYaml(text);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result.documents.size(), strings.size());
  for (std::size_t i = 0; i < strings.size(); ++i) ASSERT_EQ(result.documents[i], Data::string(strings[i])) << i;
}

TEST(JsonRoundTrip, HostileStrings) {
  for (const auto& string : testing_support::hostileStrings(20'000)) {
    const Data data = Data::map({{string, {}, Data::string(string)}});
    for (const auto style : {JsonStyle::Compact, JsonStyle::Pretty}) {
      const ReadResult result = readJson(formatJson(data, style));
      ASSERT_TRUE(result.problems.empty());
      ASSERT_EQ(result.documents.front(), data);
    }
  }
}

TEST(TomlRoundTrip, HostileStrings) {
  for (const auto& string : testing_support::hostileStrings(5'000)) {
    const Data data = Data::map({{string, {}, Data::string(string)}});
    const auto text = formatToml(data);
    ASSERT_TRUE(text.ok());
    const ReadResult result = readToml(text.text);
    ASSERT_TRUE(result.problems.empty()) << describe(result.problems.front()) << text.text;
    ASSERT_EQ(result.documents.front(), data);
  }
}

}  // namespace
}  // namespace kdsl::codec
