#include "crd/schema.hpp"

#include "codec/float_text.hpp"
#include "codec/text_formats.hpp"

namespace kdsl::crd {
namespace {

/// Everything of a schema as text. Its parts are interned already, so their ids stand for them.
class KeyText {
 public:
  std::string text;

  void add(std::string_view part) {
    number(part.size());
    text += part;
  }
  void number(std::uint64_t value) {
    text += std::to_string(value);
    text += ';';
  }
  void optionalNumber(const std::optional<std::int64_t>& value) { add(value ? std::to_string(*value) : std::string()); }
  void optionalNumber(const std::optional<double>& value) {
    std::string number;
    if (value) codec::appendFloat(number, *value);
    add(number);
  }
};

std::string keyOf(const Schema& schema) {
  KeyText key;
  key.number(static_cast<unsigned>(schema.form) << 8 | static_cast<unsigned>(schema.listKind) << 4 | (schema.nullable ? 2u : 0u) | (schema.open ? 1u : 0u));
  key.number(schema.values.size());
  for (const auto& value : schema.values) key.add(codec::formatJson(value));
  key.optionalNumber(schema.low);
  key.optionalNumber(schema.high);
  key.optionalNumber(schema.lowNumber);
  key.optionalNumber(schema.highNumber);
  key.add(schema.pattern);
  key.number(schema.keys.size());
  for (const auto& name : schema.keys) key.add(name);
  key.number(static_cast<std::uint32_t>(schema.element));
  key.number(schema.fields.size());
  for (const auto& field : schema.fields) {
    key.add(field.name);
    key.add(field.doc);
    key.number(static_cast<std::uint32_t>(field.type));
    key.number(field.group << 3 | (field.required ? 4u : 0u) | (field.standard ? 2u : 0u) | (field.deprecated ? 1u : 0u));
    if (field.standard) key.add(codec::formatJson(*field.standard));
    if (field.deprecated) key.add(*field.deprecated);
  }
  for (const auto& group : schema.groups) key.number(group.required ? 1 : 0);
  key.number(schema.presences.size());
  for (const auto& presence : schema.presences) {
    key.number(presence.fields.size() << 1 | (presence.atLeastOne ? 1u : 0u));
    for (const auto& name : presence.fields) key.add(name);
  }
  key.number(schema.rules.size());
  for (const auto& rule : schema.rules) {
    key.add(rule.text);
    key.add(rule.message);
  }
  for (const auto& text : schema.unsaid) key.add(text);
  return std::move(key.text);
}

}  // namespace

SchemaId SchemaTable::intern(Schema schema) {
  ++uses_;
  const auto [known, isNew] = byKey_.emplace(keyOf(schema), SchemaId{static_cast<std::uint32_t>(schemas_.size())});
  if (isNew) schemas_.push_back(std::move(schema));
  return known->second;
}

}  // namespace kdsl::crd
