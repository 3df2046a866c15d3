#include "crd/api_types.hpp"

#include <algorithm>

#include "crd/patterns.hpp"

namespace kdsl::crd {
namespace {

using kubernetes::TypeTag;

/// Alone, a type with fewer fields is known by its documentation only: `{ name, value }` is many things.
constexpr std::size_t tellingFields = 3;
/// Alone, a type with so many fields may be an older one that lacks a quarter of them.
constexpr std::size_t manyFields = 8;

constexpr std::string_view objectMeta = "ObjectMeta";

std::string words(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

/// How many fields have the same documentation, but for line breaks, in some version of the API that the program knows.
std::size_t documentedAlike(const Schema& schema, kubernetes::DefId id) {
  return static_cast<std::size_t>(std::count_if(schema.fields.begin(), schema.fields.end(), [&](const Field& field) {
    if (field.doc.empty()) return false;
    const auto doc = words(field.doc);
    return std::any_of(kubernetes::SchemaPack::minors().begin(), kubernetes::SchemaPack::minors().end(), [&](std::int32_t minor) {
      const auto& pack = *kubernetes::SchemaPack::forMinor(minor);
      const auto known = pack.has(id) ? pack.definition(id).field(field.name) : std::nullopt;
      return known && doc == words(known->doc());
    });
  }));
}

bool isOfCore(const kubernetes::Definition& definition) { return definition.group().empty() && definition.version() == "v1"; }

/// Whether some version of the API that the program knows has exactly these fields.
bool isSomeVersion(const Schema& schema, kubernetes::DefId id) {
  return std::any_of(kubernetes::SchemaPack::minors().begin(), kubernetes::SchemaPack::minors().end(), [&](std::int32_t minor) {
    const auto& pack = *kubernetes::SchemaPack::forMinor(minor);
    if (!pack.has(id)) return false;
    const auto definition = pack.definition(id);
    return definition.fields().size() == schema.fields.size() &&
           std::all_of(schema.fields.begin(), schema.fields.end(), [&](const Field& field) { return definition.fieldIndex(field.name).has_value(); });
  });
}

/// Whether the server's default is the one that is known of the field. An empty text and `false` are what the API reads where nothing is set.
bool sameDefault(const codec::Data& standard, const std::optional<kubernetes::DefaultValue>& known) {
  using Kind = kubernetes::DefaultValue::Kind;
  if (standard.isString() && standard.asString().empty()) return true;
  if (standard.kind() == codec::Data::Kind::Bool && !standard.asBool()) return !known || (known->kind == Kind::Bool && !known->boolean);
  if (!known) return false;
  switch (known->kind) {
    case Kind::Bool: return standard.kind() == codec::Data::Kind::Bool && standard.asBool() == known->boolean;
    case Kind::Int: return standard.kind() == codec::Data::Kind::Integer && standard.asInteger() == known->integer;
    case Kind::String: return standard.isString() && standard.asString() == known->string;
  }
  return false;
}

bool takesAnything(const Schema& schema) { return schema.form == Form::Any || (schema.form == Form::Object && schema.open && schema.fields.empty()); }

/// A limit that the API's type does not have would be lost.
bool isBounded(const Schema& schema) { return schema.low || schema.high || schema.lowNumber || schema.highNumber || !schema.pattern.empty(); }

bool intFits(const Schema& schema, const std::optional<kubernetes::IntRange>& range) {
  if (schema.form != Form::Int) return false;
  return (!schema.low || (range && range->low >= *schema.low)) && (!schema.high || (range && range->high <= *schema.high));
}

bool textFits(const Schema& schema, const kubernetes::Field& known) {
  if (schema.form != Form::String || isBounded(schema)) return false;
  if (schema.values.empty()) return true;
  const auto taken = known.enumValues();
  return !taken.empty() && std::all_of(taken.begin(), taken.end(), [&](std::string_view value) {
    return std::any_of(schema.values.begin(), schema.values.end(), [&](const codec::Data& one) { return one.isString() && one.asString() == value; });
  });
}

/// Whether lists of the API merge as the definition says. Where it says nothing, they may be better known.
bool sameListKind(const Schema& schema, const kubernetes::Field& known) {
  switch (schema.listKind) {
    case ListKind::Atomic: return true;
    case ListKind::Set: return known.listKind() == kubernetes::ListKind::Set;
    case ListKind::Keyed: break;
  }
  const auto keys = known.listKeys();
  return known.listKind() == kubernetes::ListKind::Map && keys.size() == schema.keys.size() &&
         std::all_of(schema.keys.begin(), schema.keys.end(), [&](const std::string& key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); });
}

}  // namespace

ApiTypes::ApiTypes(const SchemaTable& table, const kubernetes::SchemaPack& pack) : table_(table), pack_(pack) {
  for (const auto id : pack.preludeDefinitions()) {
    const auto definition = pack.definition(id);
    if (definition.isKind()) continue;
    for (const auto field : definition.fields()) byField_[field.name()].push_back(id);
  }
}

std::string_view ApiTypes::nameOf(SchemaId id) {
  const auto key = static_cast<std::uint32_t>(id);
  if (const auto found = names_.find(key); found != names_.end()) return found->second;
  const auto name = find(table_[id], id);
  names_.emplace(key, name);
  return name;
}

std::string_view ApiTypes::find(const Schema& schema, SchemaId id) {
  if (schema.form != Form::Object) return {};
  const std::vector<kubernetes::DefId>* candidates = nullptr;
  for (const auto& field : schema.fields) {
    const auto found = byField_.find(field.name);
    if (found == byField_.end()) return {};
    if (candidates == nullptr || found->second.size() < candidates->size()) candidates = &found->second;
  }
  if (candidates == nullptr) return {};  // without fields
  std::vector<kubernetes::Definition> fitting;
  for (const auto candidate : *candidates) {
    if (fits(id, candidate, Place::Alone)) fitting.push_back(pack_.definition(candidate));
  }
  if (fitting.empty()) return {};
  if (fitting.size() == 1 && schema.fields.size() >= tellingFields) return fitting.front().shortName();
  std::size_t most = 0;
  std::string_view best;
  // Without documentation it is the type of the core group, if that has one.
  if (schema.fields.size() >= tellingFields && std::count_if(fitting.begin(), fitting.end(), isOfCore) == 1) best = std::find_if(fitting.begin(), fitting.end(), isOfCore)->shortName();
  for (const auto& definition : fitting) {
    const auto alike = documentedAlike(schema, definition.id());
    if (alike == 0) continue;
    if (alike == most) best = {};
    if (alike <= most) continue;
    most = alike;
    best = definition.shortName();
  }
  return best;
}

bool ApiTypes::fits(SchemaId id, kubernetes::DefId definition, Place place) {
  const std::tuple key{static_cast<std::uint32_t>(id), static_cast<std::uint32_t>(definition), place};
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const bool does = compareObject(table_[id], pack_.definition(definition), place);
  known_.emplace(key, does);
  return does;
}

bool ApiTypes::hasBareMetadata(const Schema& schema) const {
  return std::any_of(schema.fields.begin(), schema.fields.end(), [&](const Field& field) { return field.name == "metadata" && table_[field.type].fields.empty() && !takesAnything(table_[field.type]); });
}

bool ApiTypes::compareObject(const Schema& schema, const kubernetes::Definition& definition, Place place) {
  if (takesAnything(schema)) return place == Place::Inside;
  if (schema.form != Form::Object || schema.open) return false;
  // What definitions have by default for the metadata of a part. Of pods the labels are needed, and would be dropped.
  if (schema.fields.empty()) return place == Place::Inside && definition.shortName() == objectMeta;
  if (definition.shortName() == "PodTemplateSpec" && hasBareMetadata(schema)) return false;
  // Rules of a copy that stands alone are said where it stands.
  if (!schema.values.empty() || !schema.groups.empty() || !schema.presences.empty() || (place == Place::Inside && !schema.rules.empty()) || !schema.unsaid.empty()) return false;
  const bool allThere = std::all_of(schema.fields.begin(), schema.fields.end(), [&](const Field& field) {
    const auto known = definition.field(field.name);
    return known && fieldFits(field, *known);
  });
  return allThere && mayLack(schema, definition, place);
}

/// Whether what the copy lacks of the type only tells its age.
bool ApiTypes::mayLack(const Schema& schema, const kubernetes::Definition& definition, Place place) const {
  const auto fields = definition.fields();
  const auto has = [&](std::string_view name) { return std::any_of(schema.fields.begin(), schema.fields.end(), [&](const Field& field) { return field.name == name; }); };
  for (const auto field : fields) {
    if (field.isRequired() && !has(field.name())) return false;
  }
  const auto lacking = fields.size() - schema.fields.size();
  if (lacking == 0 || isSomeVersion(schema, definition.id())) return true;
  if (place == Place::Alone) return fields.size() >= manyFields && lacking * 4 <= fields.size();
  // Templates have of an object's metadata what people write.
  return lacking * 2 <= fields.size() || (definition.shortName() == objectMeta && has("labels") && has("annotations"));
}

bool ApiTypes::fieldFits(const Field& field, const kubernetes::Field& known) {
  const bool isDemanded = field.required && !field.standard;
  if (isDemanded != (known.isRequired() && !field.standard)) return false;
  if (field.standard && !sameDefault(*field.standard, known.defaultValue())) return false;
  return valueFits(field.type, known.type(), known);
}

bool ApiTypes::valueFits(SchemaId id, kubernetes::TypeDesc type, const kubernetes::Field& known) {
  const auto& schema = table_[id];
  if (takesAnything(schema)) return true;
  if (!schema.rules.empty() || !schema.unsaid.empty()) return false;
  switch (type.tag()) {
    case TypeTag::Bool: return schema.form == Form::Bool;
    case TypeTag::Int32:
    case TypeTag::Int64: return intFits(schema, known.range());
    case TypeTag::Float: return schema.form == Form::Float && !isBounded(schema);
    case TypeTag::String:
    case TypeTag::Bytes:
    case TypeTag::Time:
    case TypeTag::MicroTime: return textFits(schema, known);
    case TypeTag::Quantity: return textForm(schema) == TextForm::Quantity && schema.form == Form::IntOrString;
    case TypeTag::IntOrString: return schema.form == Form::IntOrString && !isBounded(schema);
    case TypeTag::Json: return false;  // says more than the API
    case TypeTag::List: return schema.form == Form::List && !isBounded(schema) && sameListKind(schema, known) && valueFits(schema.element, type.element(), known);
    case TypeTag::Map: return schema.form == Form::Map && !isBounded(schema) && valueFits(schema.element, type.element(), known);
    case TypeTag::Definition: return fits(id, type.definition(), Place::Inside);
  }
  return false;
}

}  // namespace kdsl::crd
