// Checks a blob from end to end, so that the readers may trust every offset, index and order in it.
#include <cstring>
#include <span>
#include <tuple>

#include "kubernetes/bytes.hpp"
#include "kubernetes/schema.hpp"

namespace kdsl::kubernetes {

namespace {

using blob::Offset;

/// Reads through bounds checks. The first problem is kept; what follows a problem is not read.
class Validator {
 public:
  Validator(const void* begin, size_t size) : begin_(static_cast<const char*>(begin)), size_(size) {}

  std::string_view run() {
    if (size_ < sizeof(blob::Header) || reinterpret_cast<uintptr_t>(begin_) % 4 != 0) return "the data is too short or not aligned";
    const blob::Header& header = *data();
    if (std::memcmp(header.magic, blob::kMagic, sizeof blob::kMagic) != 0) return "the data does not begin with the magic number";
    if (header.formatVersion != blob::kFormatVersion) return "the data has another format version";
    if (header.size != size_) return "the data has another size than its header says";
    if (header.packCount == 0) return "there is no pack";
    idLimit_ = header.idLimit;
    checkNames(header);
    const auto minors = array<int32_t>(header.minors, header.packCount);
    const auto packs = array<blob::PackRecord>(header.packs, header.packCount);
    for (size_t i = 0; ok() && i < packs.size(); ++i) {
      require(packs[i].minor == minors[i], "a pack is not of the minor version that the header names");
      require(i == 0 || minors[i - 1] < minors[i], "the minor versions are not ascending");
      require(packs[i].self == header.packs + i * sizeof(blob::PackRecord), "a pack does not know its own place");
      if (ok()) checkPack(packs[i]);
    }
    if (ok()) checkLifecycle(header);
    return problem_;
  }

 private:
  const blob::Header* data() const { return reinterpret_cast<const blob::Header*>(begin_); }
  bool ok() const { return problem_.empty(); }
  void require(bool condition, std::string_view problem) {
    if (ok() && !condition) problem_ = problem;
  }

  template <typename T>
  std::span<const T> array(Offset offset, uint32_t count) {
    if (!ok() || count == 0) return {};
    const uint64_t bytes = uint64_t{count} * sizeof(T);
    require(offset % alignof(T) == 0 && offset >= sizeof(blob::Header) && offset + bytes <= size_, "a list lies outside of the data");
    if (!ok()) return {};
    return {blob::records<T>(data(), offset), count};
  }

  template <typename T>
  const T* record(Offset offset) {
    const auto found = array<T>(offset, 1);
    return found.empty() ? nullptr : found.data();
  }

  /// The string; empty when it is missing or broken.
  std::string_view checkText(Offset offset) {
    if (!ok() || offset == 0) return {};
    uint64_t length = 0;
    size_t at = offset;
    for (unsigned shift = 0;; shift += 7) {
      require(at < size_ && shift <= 28, "the length of a string is broken");
      if (!ok()) return {};
      const auto byte = static_cast<unsigned char>(begin_[at++]);
      length |= uint64_t{byte & 0x7Fu} << shift;
      if ((byte & 0x80u) == 0) break;
    }
    require(offset >= sizeof(blob::Header) && at + length <= size_, "a string lies outside of the data");
    return ok() ? std::string_view(begin_ + at, length) : std::string_view{};
  }

  std::string_view checkName(Offset offset) {
    const std::string_view name = checkText(offset);
    require(!name.empty(), "a name is empty");
    return name;
  }

  void checkTexts(Offset offset) {
    if (offset == 0) return;
    const auto* list = record<blob::StringListRecord>(offset);
    if (list == nullptr) return;
    for (const Offset element : array<Offset>(offset + static_cast<uint32_t>(sizeof *list), list->count)) checkText(element);
  }

  void checkNames(const blob::Header& header) {
    require(header.idLimit < 0x10000, "there are more definitions than a type can name");
    std::string_view previous;
    for (const Offset name : array<Offset>(header.names, header.idLimit)) {
      const std::string_view current = checkName(name);
      require(previous < current, "the names of the definitions are not ascending");
      previous = current;
    }
  }

  void checkType(TypeDesc type) {
    const auto* pack = pack_;
    for (int depth = 0; type.isContainer(); ++depth) {
      require(depth < 3, "a type is nested too deeply");
      if (!ok()) return;
      type = type.element();
    }
    require(type.tag() <= TypeTag::Definition, "a type has no known tag");
    if (!ok() || type.tag() != TypeTag::Definition) return;
    const auto id = static_cast<uint32_t>(type.definition());
    require(id < idLimit_ && blob::records<Offset>(data(), pack->definitions)[id] != 0, "a field refers to a definition that its pack has not");
  }

  void checkField(const blob::FieldRecord& field, const blob::DefinitionRecord& owner) {
    checkText(field.doc);
    checkType(TypeDesc(field.type));
    require(field.listKind <= static_cast<uint8_t>(ListKind::Map), "a list kind is unknown");
    require(field.oneOfGroup == blob::kNoGroup || field.oneOfGroup < owner.oneOfCount, "a field is in a group that does not exist");
    if (!ok() || field.details == 0) return;
    const auto* details = record<blob::FieldDetails>(field.details);
    if (details == nullptr) return;
    checkTexts(details->listKeys);
    checkTexts(details->enumValues);
    checkText(details->deprecation);
    checkText(details->replacement);
    checkText(details->referencedKind);
    if (details->range != 0) record<blob::RangeRecord>(details->range);
    if (details->defaultValue != 0) {
      if (const auto* value = record<blob::DefaultRecord>(details->defaultValue)) {
        require(value->kind <= static_cast<uint32_t>(DefaultValue::Kind::String), "the kind of a default is unknown");
        checkText(value->string);
      }
    }
  }

  void checkOneOf(const blob::OneOfRecord& group, const blob::DefinitionRecord& owner) {
    require(group.memberCount > 0, "a group has no members");
    for (const auto& member : array<blob::MemberRecord>(group.members, group.memberCount)) {
      require(member.field < owner.fieldCount, "a member of a group is no field");
    }
    require(group.discriminator == blob::kNone || group.discriminator < owner.fieldCount, "a discriminator is no field");
    for (const auto& one : array<blob::CaseRecord>(group.cases, group.caseCount)) {
      checkText(one.value);
      require(one.memberField == blob::kNone || one.memberField < owner.fieldCount, "a case names no field");
    }
  }

  void checkDefinition(Offset offset) {
    const auto* definition = record<blob::DefinitionRecord>(offset);
    if (definition == nullptr) return;
    checkName(definition->shortName);
    for (const Offset part : {definition->group, definition->version, definition->apiVersion, definition->doc, definition->plural}) checkText(part);
    std::string_view previous;
    for (const auto& field : array<blob::FieldRecord>(definition->fields, definition->fieldCount)) {
      const std::string_view current = checkName(field.name);
      require(previous < current, "the fields of a definition are not ascending");
      previous = current;
      checkField(field, *definition);
    }
    for (const auto& group : array<blob::OneOfRecord>(definition->oneOfs, definition->oneOfCount)) checkOneOf(group, *definition);
    for (const auto& group : array<blob::OneOfRecord>(definition->exclusions, definition->exclusionCount)) checkOneOf(group, *definition);
  }

  /// Calls `key` for each id of a list; keys must ascend.
  template <typename Key>
  void checkIds(Offset offset, uint32_t count, Key key) {
    bool isFirst = true;
    decltype(key(*static_cast<const blob::DefinitionRecord*>(nullptr))) previous{};
    for (const uint32_t id : array<uint32_t>(offset, count)) {
      require(id < idLimit_ && blob::records<Offset>(data(), pack_->definitions)[id] != 0, "a list names a definition that its pack has not");
      if (!ok()) return;
      auto current = key(*blob::records<blob::DefinitionRecord>(data(), blob::records<Offset>(data(), pack_->definitions)[id]));
      require(isFirst || previous < current, "a list of definitions is not ascending");
      previous = current;
      isFirst = false;
    }
  }

  void checkPack(const blob::PackRecord& pack) {
    pack_ = &pack;
    for (const Offset definition : array<Offset>(pack.definitions, idLimit_)) {
      if (ok() && definition != 0) checkDefinition(definition);
    }
    if (!ok()) return;
    const auto shortName = [this](const blob::DefinitionRecord& one) { return blob::text(data(), one.shortName); };
    checkIds(pack.prelude, pack.preludeCount, shortName);
    checkIds(pack.preferredKinds, pack.preferredKindCount, shortName);
    checkIds(pack.kinds, pack.kindCount, [this](const blob::DefinitionRecord& one) {
      return std::tuple(blob::text(data(), one.group), blob::text(data(), one.version), blob::text(data(), one.shortName));
    });
    for (const auto& groupVersion : array<blob::GroupVersionRecord>(pack.groupVersions, pack.groupVersionCount)) {
      checkName(groupVersion.package);
      checkName(groupVersion.version);
      checkText(groupVersion.group);
      checkText(groupVersion.apiVersion);
      checkIds(groupVersion.definitions, groupVersion.definitionCount, shortName);
    }
  }

  void checkLifecycle(const blob::Header& header) {
    std::tuple<std::string_view, std::string_view, std::string_view> previous;
    for (const auto& one : array<blob::LifecycleRecord>(header.lifecycle, header.lifecycleCount)) {
      const auto current = std::tuple(checkText(one.group), checkName(one.version), checkName(one.kind));
      require(previous < current, "the lifecycle table is not ascending");
      previous = current;
      checkText(one.replacement);
      checkText(one.replacementKind);
    }
  }

  const char* begin_;
  size_t size_;
  uint32_t idLimit_ = 0;
  const blob::PackRecord* pack_ = nullptr;
  std::string_view problem_;
};

}  // namespace

std::string_view validateBlob(const void* begin, size_t size) { return Validator(begin, size).run(); }

}  // namespace kdsl::kubernetes
