// The embedded data, and what the check makes of broken data.
#include <cstddef>
#include <cstring>
#include <random>
#include <span>
#include <vector>

#include "kubernetes/bytes.hpp"
#include "packs.hpp"

namespace kdsl::kubernetes::testing {

namespace {

/// A copy of the embedded data that may be damaged.
class Copy {
 public:
  Copy() : words_(embeddedBlob().size() / 4 + 1), size_(embeddedBlob().size()) { std::memcpy(words_.data(), embeddedBlob().data(), size_); }

  blob::Header& header() { return *reinterpret_cast<blob::Header*>(words_.data()); }
  uint32_t& word(size_t index) { return words_[index]; }
  size_t words() const { return size_ / 4; }
  std::string_view problem(size_t size) const { return validateBlob(words_.data(), size); }
  std::string_view problem() const { return problem(size_); }

 private:
  std::vector<uint32_t> words_;
  size_t size_;
};

/// Reads every byte that the handles can reach; the sum keeps the reads from being left out.
size_t readEverything(const blob::Header& header) {
  size_t sum = 0;
  const auto* packs = blob::records<blob::PackRecord>(&header, header.packs);
  for (uint32_t i = 0; i < header.packCount; ++i) {
    const auto* offsets = blob::records<blob::Offset>(&header, packs[i].definitions);
    for (uint32_t id = 0; id < header.idLimit; ++id) {
      if (offsets[id] == 0) continue;
      const Definition definition(&header, blob::records<blob::DefinitionRecord>(&header, offsets[id]), DefId{id});
      sum += definition.name().size() + definition.doc().size() + definition.apiVersion().size() + definition.plural().size();
      for (const Field field : definition.fields()) {
        sum += field.name().size() + field.doc().size() + field.deprecation().size() + field.referencedKind().size();
        for (const std::string_view value : field.enumValues()) sum += value.size();
        for (const std::string_view key : field.listKeys()) sum += key.size();
        sum += field.defaultValue().has_value() ? 1 : 0;
      }
      for (const OneOfGroup group : definition.oneOfGroups()) {
        for (size_t member = 0; member < group.memberCount(); ++member) sum += group.member(member).name().size();
        for (size_t one = 0; one < group.caseCount(); ++one) sum += group.caseAt(one).value.size();
      }
    }
  }
  return sum;
}

}  // namespace

TEST(Blob, TheEmbeddedDataIsValid) { EXPECT_EQ(validateBlob(embeddedBlob().data(), embeddedBlob().size()), ""); }

TEST(Blob, IsCompact) { EXPECT_LT(embeddedBlob().size(), 3u << 20); }

TEST(Blob, RejectsOtherData) {
  Copy copy;
  copy.header().magic[0] = 'x';
  EXPECT_EQ(copy.problem(), "the data does not begin with the magic number");
  EXPECT_EQ(validateBlob("", 0), "the data is too short or not aligned");
}

TEST(Blob, RejectsOtherFormatVersions) {
  Copy copy;
  copy.header().formatVersion += 1;
  EXPECT_EQ(copy.problem(), "the data has another format version");
}

TEST(Blob, RejectsCutData) {
  const Copy copy;
  EXPECT_EQ(copy.problem(embeddedBlob().size() - 1), "the data has another size than its header says");
  EXPECT_EQ(copy.problem(8), "the data is too short or not aligned");
}

TEST(Blob, RejectsOffsetsOutsideOfTheData) {
  for (const size_t field : {offsetof(blob::Header, names), offsetof(blob::Header, packs), offsetof(blob::Header, minors),
                             offsetof(blob::Header, lifecycle)}) {
    Copy copy;
    copy.word(field / 4) = copy.header().size - 4;
    EXPECT_NE(copy.problem(), "") << field;
  }
}

// Whatever is damaged, the check itself stays inside of the data (the sanitizers watch it), and what it accepts can be read in full.
TEST(Blob, DamageNeverEscapes) {
  Copy copy;
  std::mt19937 random(1);
  std::uniform_int_distribution<size_t> anyWord(2, copy.words() - 1);
  std::uniform_int_distribution<uint32_t> anyValue;
  for (int round = 0; round < 200; ++round) {
    const size_t index = anyWord(random);
    const uint32_t before = copy.word(index);
    copy.word(index) = round % 2 == 0 ? anyValue(random) : before + 4;
    if (copy.problem().empty()) {
      EXPECT_GT(readEverything(copy.header()), 0u);
    }
    copy.word(index) = before;
  }
  EXPECT_EQ(copy.problem(), "");
}

}  // namespace kdsl::kubernetes::testing
