// Definitions, fields and one-of groups: handles over the records of the embedded data.
#include "kubernetes/schema.hpp"

#include <algorithm>
#include <ranges>

#include "kubernetes/bytes.hpp"

namespace kdsl::kubernetes {

using blob::records;
using blob::text;

namespace {

const blob::FieldDetails* details(const blob::Header* data, const blob::FieldRecord& field) {
  return field.details == 0 ? nullptr : records<blob::FieldDetails>(data, field.details);
}

}  // namespace

size_t detail::StringReader::size() const { return offset == 0 ? 0 : records<blob::StringListRecord>(data, offset)->count; }

std::string_view detail::StringReader::at(size_t index) const {
  const auto* elements = blob::records<blob::Offset>(data, offset + static_cast<uint32_t>(sizeof(blob::StringListRecord)));
  return text(data, elements[index]);
}

// --- Field ----------------------------------------------------------------------------------------------------------------------------

std::string_view Field::name() const { return text(data_, record_->name); }
std::string_view Field::doc() const { return text(data_, record_->doc); }
TypeDesc Field::type() const { return TypeDesc(record_->type); }
bool Field::isRequired() const { return (record_->flags & blob::kIsRequired) != 0; }
ListKind Field::listKind() const { return static_cast<ListKind>(record_->listKind); }
bool Field::isAtomic() const { return (record_->flags & blob::kIsAtomicField) != 0; }
bool Field::isDeprecated() const { return (record_->flags & blob::kIsDeprecated) != 0; }
bool Field::isServerOnly() const { return (record_->flags & blob::kIsServerOnly) != 0; }
bool Field::isSeconds() const { return (record_->flags & blob::kIsSeconds) != 0; }
bool Field::isImmutable() const { return (record_->flags & blob::kIsImmutable) != 0; }

StringList Field::listKeys() const {
  const auto* more = details(data_, *record_);
  return StringList({data_, more == nullptr ? 0 : more->listKeys});
}

StringList Field::enumValues() const {
  const auto* more = details(data_, *record_);
  return StringList({data_, more == nullptr ? 0 : more->enumValues});
}

std::optional<DefaultValue> Field::defaultValue() const {
  const auto* more = details(data_, *record_);
  if (more == nullptr || more->defaultValue == 0) return std::nullopt;
  const auto& record = *records<blob::DefaultRecord>(data_, more->defaultValue);
  DefaultValue value;
  value.kind = static_cast<DefaultValue::Kind>(record.kind);
  value.integer = blob::number(record.number);
  value.boolean = value.kind == DefaultValue::Kind::Bool && value.integer != 0;
  value.string = text(data_, record.string);
  return value;
}

std::optional<IntRange> Field::range() const {
  const auto* more = details(data_, *record_);
  if (more == nullptr || more->range == 0) return std::nullopt;
  const auto& record = *records<blob::RangeRecord>(data_, more->range);
  return IntRange{blob::number(record.low), blob::number(record.high)};
}

std::string_view Field::deprecation() const {
  const auto* more = details(data_, *record_);
  return more == nullptr ? std::string_view{} : text(data_, more->deprecation);
}

std::string_view Field::replacement() const {
  const auto* more = details(data_, *record_);
  return more == nullptr ? std::string_view{} : text(data_, more->replacement);
}

std::string_view Field::referencedKind() const {
  const auto* more = details(data_, *record_);
  return more == nullptr ? std::string_view{} : text(data_, more->referencedKind);
}

std::optional<size_t> Field::oneOfGroup() const {
  if (record_->oneOfGroup == blob::kNoGroup) return std::nullopt;
  return record_->oneOfGroup;
}

size_t detail::FieldReader::size() const { return definition->fieldCount; }
Field detail::FieldReader::at(size_t index) const { return {data, blob::records<blob::FieldRecord>(data, definition->fields) + index}; }

// --- OneOfGroup -----------------------------------------------------------------------------------------------------------------------

bool OneOfGroup::isRequired() const { return record_->isRequired != 0; }
size_t OneOfGroup::memberCount() const { return record_->memberCount; }
size_t OneOfGroup::memberField(size_t member) const { return records<blob::MemberRecord>(data_, record_->members)[member].field; }
size_t OneOfGroup::alternative(size_t member) const { return records<blob::MemberRecord>(data_, record_->members)[member].alternative; }
Field OneOfGroup::member(size_t member) const { return {data_, records<blob::FieldRecord>(data_, definition_->fields) + memberField(member)}; }
size_t OneOfGroup::caseCount() const { return record_->caseCount; }

std::optional<size_t> OneOfGroup::discriminatorField() const {
  if (record_->discriminator == blob::kNone) return std::nullopt;
  return record_->discriminator;
}

OneOfGroup::Case OneOfGroup::caseAt(size_t index) const {
  const auto& record = records<blob::CaseRecord>(data_, record_->cases)[index];
  Case result{text(data_, record.value), std::nullopt};
  if (record.memberField != blob::kNone) result.memberField = record.memberField;
  return result;
}

OneOfGroup detail::OneOfReader::at(size_t index) const { return {data, definition, records + index}; }

// --- Definition -----------------------------------------------------------------------------------------------------------------------

std::string_view Definition::name() const { return text(data_, records<blob::Offset>(data_, data_->names)[static_cast<uint32_t>(id_)]); }
std::string_view Definition::shortName() const { return text(data_, record_->shortName); }
std::string_view Definition::group() const { return text(data_, record_->group); }
std::string_view Definition::version() const { return text(data_, record_->version); }
std::string_view Definition::apiVersion() const { return text(data_, record_->apiVersion); }
std::string_view Definition::doc() const { return text(data_, record_->doc); }
bool Definition::isKind() const { return (record_->flags & blob::kIsKind) != 0; }
bool Definition::isCreatable() const { return (record_->flags & blob::kIsCreatable) != 0; }
bool Definition::isListKind() const { return (record_->flags & blob::kIsListKind) != 0; }
bool Definition::isNamespaced() const { return (record_->flags & blob::kIsNamespaced) != 0; }
std::string_view Definition::plural() const { return text(data_, record_->plural); }
bool Definition::isAtomic() const { return (record_->flags & blob::kIsAtomicDefinition) != 0; }

FieldList Definition::fields() const { return FieldList({data_, record_}); }

OneOfList Definition::oneOfGroups() const {
  return OneOfList({data_, record_, records<blob::OneOfRecord>(data_, record_->oneOfs), record_->oneOfCount});
}

OneOfList Definition::exclusions() const {
  return OneOfList({data_, record_, records<blob::OneOfRecord>(data_, record_->exclusions), record_->exclusionCount});
}

std::optional<size_t> Definition::fieldIndex(std::string_view name) const {
  const std::span records(records<blob::FieldRecord>(data_, record_->fields), record_->fieldCount);
  const auto nameOf = [this](const blob::FieldRecord& field) { return text(data_, field.name); };
  const auto found = std::ranges::lower_bound(records, name, {}, nameOf);
  if (found == records.end() || nameOf(*found) != name) return std::nullopt;
  return static_cast<size_t>(found - records.begin());
}

std::optional<Field> Definition::field(std::string_view name) const {
  const auto index = fieldIndex(name);
  if (!index) return std::nullopt;
  return fields()[*index];
}

}  // namespace kdsl::kubernetes
