// Manifests and CRDs that others wrote: read without an error, written and read again as the same data.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "codec/event_writer.hpp"
#include "codec/read.hpp"
#include "codec/text_formats.hpp"
#include "codec/yaml_writer.hpp"

namespace kdsl::codec {
namespace {

std::string textOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Every span lies within its parent's, and a plain scalar's text is its span's.
void expectSpansNest(const Data& data, const std::string& text) {
  const ByteSpan outer = data.span();
  ASSERT_LE(outer.begin, outer.end);
  ASSERT_LE(outer.end, text.size());
  const auto expectInside = [&](ByteSpan inner) {
    ASSERT_GE(inner.begin, outer.begin);
    ASSERT_LE(inner.end, outer.end);
  };
  if (data.isList()) {
    for (const Data& item : data.items()) {
      expectInside(item.span());
      expectSpansNest(item, text);
    }
  } else if (data.isMap()) {
    for (const DataEntry& entry : data.entries()) {
      expectInside(entry.keySpan);
      expectInside(entry.value.span());
      if (text[entry.keySpan.begin] != '"' && text[entry.keySpan.begin] != '\'') {
        ASSERT_EQ(text.substr(entry.keySpan.begin, entry.keySpan.end - entry.keySpan.begin), entry.key);
      }
      expectSpansNest(entry.value, text);
    }
  }
}

TEST(YamlFiles, ReadWrittenAndReadAgain) {
  if (!std::filesystem::is_directory(KDSL_CORPUS)) GTEST_SKIP() << "corpus data is absent: " << KDSL_CORPUS;
  std::size_t files = 0;
  for (const auto& item : std::filesystem::recursive_directory_iterator(KDSL_CORPUS)) {
    if (item.path().extension() != ".yaml" && item.path().extension() != ".yml") continue;
    SCOPED_TRACE(item.path().string());
    ++files;
    const std::string text = textOf(item.path());
    const ReadResult first = readYaml(text);
    ASSERT_TRUE(first.ok()) << describe(*first.firstError());
    std::string written;
    YamlWriter writer{written};
    for (const Data& document : first.documents) {
      expectSpansNest(document, text);
      writer.beginDocument();
      writeData(writer, document);
      writer.endDocument();
    }
    const ReadResult second = readYaml(written);
    ASSERT_TRUE(second.problems.empty()) << describe(second.problems.front());
    ASSERT_EQ(second.documents, first.documents);
    for (const Data& document : first.documents) {
      const ReadResult json = readJson(formatJson(document, JsonStyle::Pretty));
      ASSERT_TRUE(json.problems.empty());
      ASSERT_EQ(json.documents.front(), document);
    }
  }
  EXPECT_GT(files, 0u);
}

}  // namespace
}  // namespace kdsl::codec
