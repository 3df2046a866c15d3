#include "kubernetes/packgen/write_blob.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <unordered_map>

#include "kubernetes/blob.hpp"
#include "kubernetes/packgen/prelude.hpp"

namespace kdsl::kubernetes::packgen {

namespace {

using blob::Offset;

static_assert(std::endian::native == std::endian::little, "the generator writes records as they lie in memory");

class Writer {
 public:
  explicit Writer(const Model& model) : model_(model) { bytes_.resize(sizeof(blob::Header)); }

  std::string write() {
    blob::Header header{};
    std::memcpy(header.magic, blob::kMagic, sizeof header.magic);
    header.formatVersion = blob::kFormatVersion;
    header.packCount = static_cast<uint32_t>(model_.apis.size());
    header.idLimit = static_cast<uint32_t>(model_.names.size());
    std::vector<Offset> names;
    names.reserve(model_.names.size());
    for (const std::string& name : model_.names) names.push_back(text(name));
    header.names = array<Offset>(names);

    std::vector<int32_t> minors;
    std::vector<blob::PackRecord> packs;
    for (const Api& api : model_.apis) {
      minors.push_back(api.minor);
      packs.push_back(pack(api));
    }
    header.minors = array<int32_t>(minors);
    header.lifecycle = lifecycle();
    header.lifecycleCount = static_cast<uint32_t>(model_.lifecycle.size());
    alignTo4();
    header.packs = static_cast<Offset>(bytes_.size());
    for (size_t i = 0; i < packs.size(); ++i) packs[i].self = header.packs + static_cast<uint32_t>(i * sizeof(blob::PackRecord));
    append(packs.data(), packs.size() * sizeof(blob::PackRecord));
    header.size = static_cast<uint32_t>(bytes_.size());
    std::memcpy(bytes_.data(), &header, sizeof header);
    return std::move(bytes_);
  }

 private:
  void append(const void* data, size_t size) { bytes_.append(static_cast<const char*>(data), size); }
  void alignTo4() { bytes_.resize((bytes_.size() + 3) / 4 * 4); }

  Offset text(std::string_view value) {
    if (value.empty()) return 0;
    const auto [entry, isNew] = texts_.try_emplace(std::string(value), static_cast<Offset>(bytes_.size()));
    if (isNew) {
      size_t rest = value.size();
      for (; rest >= 0x80; rest >>= 7) bytes_ += static_cast<char>((rest & 0x7F) | 0x80);
      bytes_ += static_cast<char>(rest);
      bytes_ += value;
    }
    return entry->second;
  }

  /// The offset of these bytes, 4-aligned, written once.
  Offset records(const void* data, size_t size) {
    if (size == 0) return 0;
    const auto [entry, isNew] = records_.try_emplace(std::string(static_cast<const char*>(data), size), 0);
    if (isNew) {
      alignTo4();
      entry->second = static_cast<Offset>(bytes_.size());
      append(data, size);
    }
    return entry->second;
  }

  template <typename T>
  Offset record(const T& value) {
    return records(&value, sizeof value);
  }

  template <typename T>
  Offset array(std::span<const T> values) {
    return records(values.data(), values.size_bytes());
  }

  Offset texts(const std::vector<std::string>& values) {
    if (values.empty()) return 0;
    std::vector<uint32_t> list = {static_cast<uint32_t>(values.size())};
    for (const std::string& value : values) list.push_back(text(value));
    return array<uint32_t>(list);
  }

  static blob::Int64 split(int64_t value) {
    const auto bits = static_cast<uint64_t>(value);
    return {static_cast<uint32_t>(bits), static_cast<uint32_t>(bits >> 32)};
  }

  Offset details(const ApiField& field) {
    blob::FieldDetails details{};
    details.listKeys = texts(field.listKeys);
    details.enumValues = texts(field.enumValues);
    if (const auto& value = field.defaultValue) {
      details.defaultValue = record(blob::DefaultRecord{static_cast<uint32_t>(value->kind), text(value->string), split(value->integer)});
    }
    if (field.range) details.range = record(blob::RangeRecord{split(field.range->low), split(field.range->high)});
    details.deprecation = text(field.deprecation);
    details.replacement = text(field.replacement);
    details.referencedKind = text(field.referencedKind);
    constexpr blob::FieldDetails kNothing{};
    return std::memcmp(&details, &kNothing, sizeof details) == 0 ? 0 : record(details);
  }

  blob::FieldRecord fieldRecord(const ApiField& field) {
    blob::FieldRecord result{};
    result.name = text(field.name);
    result.doc = text(field.doc);
    result.type = field.type.bits();
    result.details = details(field);
    const auto flag = [&](bool isSet, blob::FieldFlag bit) {
      if (isSet) result.flags = static_cast<uint16_t>(result.flags | bit);
    };
    flag(field.isRequired, blob::kIsRequired);
    flag(field.isAtomic, blob::kIsAtomicField);
    flag(field.isDeprecated, blob::kIsDeprecated);
    flag(field.isServerOnly, blob::kIsServerOnly);
    flag(field.isSeconds, blob::kIsSeconds);
    flag(field.isImmutable, blob::kIsImmutable);
    result.listKind = static_cast<uint8_t>(field.listKind);
    result.oneOfGroup = field.oneOfGroup ? static_cast<uint8_t>(*field.oneOfGroup) : blob::kNoGroup;
    return result;
  }

  blob::OneOfRecord oneOfRecord(const ApiOneOf& group) {
    blob::OneOfRecord result{};
    result.isRequired = group.isRequired ? 1 : 0;
    std::vector<blob::MemberRecord> members;
    members.reserve(group.members.size());
    for (const auto& member : group.members) members.push_back({static_cast<uint32_t>(member.field), static_cast<uint32_t>(member.alternative)});
    result.members = array<blob::MemberRecord>(members);
    result.memberCount = static_cast<uint32_t>(members.size());
    result.discriminator = group.discriminator ? static_cast<uint32_t>(*group.discriminator) : blob::kNone;
    std::vector<blob::CaseRecord> cases;
    cases.reserve(group.cases.size());
    for (const auto& one : group.cases) {
      cases.push_back({text(one.value), one.memberField ? static_cast<uint32_t>(*one.memberField) : blob::kNone});
    }
    result.cases = array<blob::CaseRecord>(cases);
    result.caseCount = static_cast<uint32_t>(cases.size());
    return result;
  }

  Offset oneOfRecords(const std::vector<ApiOneOf>& groups) {
    std::vector<blob::OneOfRecord> result;
    result.reserve(groups.size());
    for (const ApiOneOf& group : groups) result.push_back(oneOfRecord(group));
    return array<blob::OneOfRecord>(result);
  }

  Offset definition(const ApiDefinition& definition) {
    blob::DefinitionRecord result{};
    result.shortName = text(definition.shortName);
    result.group = text(definition.group);
    result.version = text(definition.version);
    result.apiVersion = text(definition.apiVersion());
    result.doc = text(definition.doc);
    result.plural = text(definition.plural);
    std::vector<blob::FieldRecord> fields;
    fields.reserve(definition.fields.size());
    for (const ApiField& field : definition.fields) fields.push_back(fieldRecord(field));
    result.fields = array<blob::FieldRecord>(fields);
    result.fieldCount = static_cast<uint32_t>(fields.size());
    result.oneOfs = oneOfRecords(definition.oneOfs);
    result.oneOfCount = static_cast<uint32_t>(definition.oneOfs.size());
    result.exclusions = oneOfRecords(definition.exclusions);
    result.exclusionCount = static_cast<uint32_t>(definition.exclusions.size());
    const auto flag = [&](bool isSet, blob::DefinitionFlag bit) {
      if (isSet) result.flags |= bit;
    };
    flag(definition.isKind, blob::kIsKind);
    flag(definition.isCreatable, blob::kIsCreatable);
    flag(definition.isListKind, blob::kIsListKind);
    flag(definition.isNamespaced, blob::kIsNamespaced);
    flag(definition.isAtomic, blob::kIsAtomicDefinition);
    return record(result);
  }

  Offset ids(const std::vector<const ApiDefinition*>& definitions) {
    std::vector<uint32_t> result;
    result.reserve(definitions.size());
    for (const ApiDefinition* definition : definitions) result.push_back(static_cast<uint32_t>(*model_.idOf(definition->name)));
    return array<uint32_t>(result);
  }

  blob::PackRecord pack(const Api& api) {
    blob::PackRecord result{};
    result.minor = api.minor;

    std::vector<Offset> offsets(model_.names.size());
    std::vector<const ApiDefinition*> kinds;
    std::map<std::pair<std::string, std::string>, std::vector<const ApiDefinition*>> groupVersions;
    for (const auto& [name, one] : api.definitions) {
      offsets[static_cast<size_t>(*model_.idOf(name))] = definition(one);
      if (one.isKind) kinds.push_back(&one);
      if (!one.version.empty()) groupVersions[{one.package, one.version}].push_back(&one);
    }
    result.definitions = array<Offset>(offsets);

    const auto byKind = [](const ApiDefinition* one) { return std::tie(one->group, one->version, one->shortName); };
    std::ranges::sort(kinds, [&](const auto* a, const auto* b) { return byKind(a) < byKind(b); });
    result.kinds = ids(kinds);
    result.kindCount = static_cast<uint32_t>(kinds.size());

    std::vector<blob::GroupVersionRecord> records;
    for (const auto& [key, definitions] : groupVersions) {
      const ApiDefinition& first = *definitions.front();
      records.push_back({text(first.package), text(first.group), text(first.version), text(first.apiVersion()), ids(definitions),
                         static_cast<uint32_t>(definitions.size())});
    }
    result.groupVersions = array<blob::GroupVersionRecord>(records);
    result.groupVersionCount = static_cast<uint32_t>(records.size());

    const Prelude prelude = choosePrelude(model_, api);
    result.prelude = ids(prelude.definitions);
    result.preludeCount = static_cast<uint32_t>(prelude.definitions.size());
    result.preferredKinds = ids(prelude.kinds);
    result.preferredKindCount = static_cast<uint32_t>(prelude.kinds.size());
    return result;
  }

  Offset lifecycle() {
    std::vector<blob::LifecycleRecord> records;
    records.reserve(model_.lifecycle.size());
    for (const LifecycleFact& fact : model_.lifecycle) {
      records.push_back({text(fact.group), text(fact.version), text(fact.kind), static_cast<uint32_t>(fact.deprecatedIn),
                         static_cast<uint32_t>(fact.removedIn), text(fact.replacement), text(fact.replacementKind)});
    }
    return array<blob::LifecycleRecord>(records);
  }

  const Model& model_;
  std::string bytes_;
  std::unordered_map<std::string, Offset> texts_;
  std::unordered_map<std::string, Offset> records_;
};

}  // namespace

std::string writeBlob(const Model& model) { return Writer(model).write(); }

}  // namespace kdsl::kubernetes::packgen
