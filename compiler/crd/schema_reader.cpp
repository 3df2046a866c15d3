#include "crd/schema_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "codec/text_formats.hpp"
#include "crd/literals.hpp"
#include "syntax/token.hpp"

namespace kdsl::crd {
namespace {

using codec::Data;

std::optional<double> numberOf(const Data& map, std::string_view key) {
  const auto* found = map.find(key);
  if (found == nullptr) return std::nullopt;
  if (found->kind() == Data::Kind::Integer) return static_cast<double>(found->asInteger());
  if (found->kind() == Data::Kind::Float) return found->asFloat();
  return std::nullopt;
}

std::optional<std::int64_t> integerOf(const Data& map, std::string_view key) {
  const auto value = numberOf(map, key);
  constexpr double exact = 9007199254740992.0;  // 2^53
  const auto* found = map.find(key);
  if (found != nullptr && found->kind() == Data::Kind::Integer) return found->asInteger();
  if (!value || std::abs(*value) > exact || std::floor(*value) != *value) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

/// The nearest whole number that a limit of ints lets in: up from a lower one, down from an upper one. None beyond what an int can be.
std::optional<std::int64_t> wholeLimit(const Data& map, std::string_view key, bool isLow) {
  if (const auto exact = integerOf(map, key)) return exact;
  const auto value = numberOf(map, key);
  constexpr double exact = 9007199254740992.0;  // 2^53
  if (!value || !(std::abs(*value) <= exact)) return std::nullopt;
  return static_cast<std::int64_t>(isLow ? std::ceil(*value) : std::floor(*value));
}

std::vector<std::string> textsOf(const Data& map, std::string_view key) {
  std::vector<std::string> texts;
  const auto* found = map.find(key);
  if (found == nullptr || !found->isList()) return texts;
  for (const auto& item : found->items()) {
    if (item.isString()) texts.push_back(item.asString());
  }
  return texts;
}

/// The `type`, of which OpenAPI 3.1 may have several: `null` among them is told apart.
struct WrittenType {
  std::string_view name;  // empty where there is none, or too many
  bool isNullable = false;
  bool isIntOrString = false;
};

WrittenType typeOf(const Data& data) {
  WrittenType made{textOf(data, "type")};
  auto names = textsOf(data, "type");
  made.isNullable = std::erase(names, "null") != 0;
  if (names.size() == 1) {
    const auto& items = data.find("type")->items();
    made.name = std::ranges::find_if(items, [&](const Data& item) { return item.isString() && item.asString() == names[0]; })->asString();
  }
  made.isIntOrString = names.size() == 2 && std::ranges::count(names, "integer") == 1 && std::ranges::count(names, "string") == 1;
  return made;
}

bool isNullType(const Data& data) { return data.isMap() && data.entries().size() == 1 && textOf(data, "type") == "null"; }

/// `oneOf: [X, { type: "null" }]` as X that may be null; nothing for other schemas.
std::optional<Data> withNullTold(const Data& data) {
  for (const std::string_view key : {"oneOf", "anyOf"}) {
    const auto* list = data.find(key);
    if (list == nullptr || !list->isList() || list->items().size() != 2) continue;
    const auto& items = list->items();
    const bool isFirst = isNullType(items[0]);
    if (isFirst == isNullType(items[1]) || !items[isFirst ? 1 : 0].isMap()) continue;
    codec::DataMap entries = items[isFirst ? 1 : 0].entries();
    const auto put = [&](const codec::DataEntry& entry) {
      if (std::ranges::none_of(entries, [&](const codec::DataEntry& known) { return known.key == entry.key; })) entries.push_back(entry);
    };
    for (const auto& entry : data.entries()) {
      if (entry.key != key) put(entry);
    }
    codec::DataEntry nullable;
    nullable.key = "nullable";
    nullable.value = Data::boolean(true);
    put(nullable);
    return Data::map(std::move(entries), data.span());
  }
  return std::nullopt;
}

Form formOf(const Data& data) {
  const auto written = typeOf(data);
  const auto type = written.name;
  if (isTrue(data, "x-kubernetes-int-or-string") || textOf(data, "format") == "int-or-string" || written.isIntOrString) return Form::IntOrString;
  if (type == "boolean") return Form::Bool;
  if (type == "integer") return Form::Int;
  if (type == "number") return Form::Float;
  if (type == "string") return Form::String;
  if (type == "array") return Form::List;
  const auto* properties = data.find("properties");
  const bool hasFields = properties != nullptr && properties->isMap() && !properties->entries().empty();
  if (const auto* rest = data.find("additionalProperties"); rest != nullptr && !hasFields && (rest->isMap() || isTrue(data, "additionalProperties"))) return Form::Map;
  if (isTrue(data, "x-kubernetes-embedded-resource")) return Form::Any;
  if (type == "object" || hasFields) return Form::Object;
  return Form::Any;
}

/// How the documentation of a field says that it is deprecated: what follows the word, up to the end of the sentence.
std::optional<std::string> deprecationOf(std::string_view doc) {
  for (const std::string_view word : {"Deprecated:", "DEPRECATED:", "Deprecated.", "DEPRECATED."}) {
    const auto at = doc.find(word);
    if (at == std::string_view::npos || (at != 0 && doc[at - 1] != '\n' && doc[at - 1] != ' ')) continue;
    auto rest = doc.substr(at + word.size());
    rest = rest.substr(0, rest.find('\n'));
    if (const auto end = rest.find(". "); end != std::string_view::npos) rest = rest.substr(0, end);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    while (rest.ends_with(' ') || rest.ends_with('.')) rest.remove_suffix(1);
    return std::string(rest);
  }
  return std::nullopt;
}

/// The name that a subschema of `oneOf` or `anyOf` demands, if that is all it says.
const std::string* onlyDemand(const Data& data) {
  if (!data.isMap() || data.entries().size() != 1) return nullptr;
  const auto* required = data.find("required");
  if (required == nullptr || !required->isList() || required->items().size() != 1 || !required->items()[0].isString()) return nullptr;
  return &required->items()[0].asString();
}

class Reader {
 public:
  explicit Reader(SchemaTable& table) : table_(table) {}

  SchemaId read(const Data& data) {
    Schema schema;
    if (!data.isMap()) return table_.intern(std::move(schema));
    if (const auto told = withNullTold(data)) return read(*told);
    schema.form = formOf(data);
    schema.nullable = isTrue(data, "nullable") || typeOf(data).isNullable;
    readValues(data, schema);
    switch (schema.form) {
      case Form::Any:
      case Form::Bool: break;
      case Form::Int: readInt(data, schema); break;
      case Form::Float: readFloat(data, schema); break;
      case Form::String:
      case Form::IntOrString:
        schema.low = integerOf(data, "minLength");
        schema.high = integerOf(data, "maxLength");
        schema.pattern = textOf(data, "pattern");
        break;
      case Form::List: readList(data, schema); break;
      case Form::Map:
        if (const auto* element = data.find("additionalProperties"); element != nullptr && element->isMap()) schema.element = read(*element);
        else schema.element = table_.intern(Schema{});
        readCounts(data, schema, "minProperties", "maxProperties");
        break;
      case Form::Object: readObject(data, schema); break;
    }
    dropImpossible(schema);
    readCombinations(data, schema);
    readRules(data, schema);
    return table_.intern(std::move(schema));
  }

 private:
  static void unsaid(Schema& schema, std::string_view key, const Data& value) {
    schema.unsaid.push_back(std::string(key) + ": " + codec::formatJson(value));
  }

  /// `enum` and `const`. Of lists and maps there is no type for one value.
  static void readValues(const Data& data, Schema& schema) {
    if (const auto* values = data.find("enum"); values != nullptr && values->isList()) {
      schema.values = values->items();
    } else if (const auto* value = data.find("const")) {
      schema.values = {*value};
    }
    if (std::ranges::none_of(schema.values, [](const Data& value) { return value.isList() || value.isMap(); })) return;
    for (const auto& value : schema.values) unsaid(schema, "enum", value);
    schema.values.clear();
  }

  /// Limits that nothing is within, which only the cluster can refuse, and those that say nothing.
  static void dropImpossible(Schema& schema) {
    if (schema.form != Form::Int && schema.low && *schema.low < 0) schema.low.reset();
    if (schema.lowNumber && !std::isfinite(*schema.lowNumber)) schema.lowNumber.reset();
    if (schema.highNumber && !std::isfinite(*schema.highNumber)) schema.highNumber.reset();
    const bool isEmpty = (schema.low && schema.high && *schema.low > *schema.high) || (schema.form != Form::Int && schema.high && *schema.high < 0);
    if (isEmpty || (schema.lowNumber && schema.highNumber && *schema.lowNumber > *schema.highNumber)) {
      schema.unsaid.emplace_back("no value is within the limits");
      schema.low.reset();
      schema.high.reset();
      schema.lowNumber.reset();
      schema.highNumber.reset();
    }
  }

  static void readCounts(const Data& data, Schema& schema, std::string_view least, std::string_view most) {
    schema.low = integerOf(data, least);
    schema.high = integerOf(data, most);
    if (schema.low == 0) schema.low.reset();
  }

  static void readInt(const Data& data, Schema& schema) {
    schema.low = wholeLimit(data, "minimum", true);
    schema.high = wholeLimit(data, "maximum", false);
    constexpr auto least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
    if (schema.low && isTrue(data, "exclusiveMinimum") && *schema.low < most) ++*schema.low;
    if (schema.high && isTrue(data, "exclusiveMaximum") && *schema.high > least) --*schema.high;
    // OpenAPI 3.1 has the limit itself there.
    if (const auto above = wholeLimit(data, "exclusiveMinimum", false); above && *above < most) schema.low = std::max(schema.low.value_or(least), *above + 1);
    if (const auto below = wholeLimit(data, "exclusiveMaximum", true); below && *below > least) schema.high = std::min(schema.high.value_or(most), *below - 1);
    if (const auto* step = data.find("multipleOf")) unsaid(schema, "multipleOf", *step);
  }

  static void readFloat(const Data& data, Schema& schema) {
    schema.lowNumber = numberOf(data, "minimum");
    schema.highNumber = numberOf(data, "maximum");
    for (const auto* key : {"exclusiveMinimum", "exclusiveMaximum", "multipleOf"}) {
      if (const auto* value = data.find(key); value != nullptr && !(value->kind() == Data::Kind::Bool && !value->asBool())) unsaid(schema, key, *value);
    }
  }

  void readList(const Data& data, Schema& schema) {
    const auto* items = data.find("items");
    schema.element = items != nullptr && items->isMap() ? read(*items) : table_.intern(Schema{});
    readCounts(data, schema, "minItems", "maxItems");
    const auto kind = textOf(data, "x-kubernetes-list-type");
    const auto element = table_[schema.element].form;
    const bool isScalar = element != Form::Object && element != Form::Map && element != Form::List && element != Form::Any;
    if (kind == "map") schema.keys = textsOf(data, "x-kubernetes-list-map-keys");
    const auto canBeKey = [](const std::string& key) { return isIdentifier(key) && !syntax::isReserved(syntax::wordKind(key)); };
    if (!std::ranges::all_of(schema.keys, canBeKey)) {
      unsaid(schema, "x-kubernetes-list-map-keys", *data.find("x-kubernetes-list-map-keys"));
      schema.keys.clear();
    }
    const auto isField = [&](const std::string& key) {
      const auto& fields = table_[schema.element].fields;
      return std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return field.name == key; });
    };
    if (!schema.keys.empty() && std::all_of(schema.keys.begin(), schema.keys.end(), isField)) {
      schema.listKind = ListKind::Keyed;
      if (auto item = table_[schema.element]; item.nullable) {  // what has a key is there
        item.nullable = false;
        schema.element = table_.intern(std::move(item));
      }
    } else {
      schema.keys.clear();
      if (kind == "set" && isScalar) schema.listKind = ListKind::Set;
    }
  }

  void readObject(const Data& data, Schema& schema) {
    const auto* rest = data.find("additionalProperties");
    schema.open = isTrue(data, "x-kubernetes-preserve-unknown-fields") || (rest != nullptr && (rest->isMap() || isTrue(data, "additionalProperties")));
    const auto required = textsOf(data, "required");
    if (const auto* properties = data.find("properties"); properties != nullptr && properties->isMap()) {
      schema.fields.reserve(properties->entries().size());
      for (const auto& entry : properties->entries()) {
        Field field;
        field.name = entry.key;
        field.type = read(entry.value);
        field.doc = textOf(entry.value, "description");
        field.deprecated = deprecationOf(field.doc);
        field.required = std::find(required.begin(), required.end(), entry.key) != required.end();
        if (const auto* standard = entry.value.find("default"); standard != nullptr && !standard->isNull()) field.standard = *standard;
        schema.fields.push_back(std::move(field));
      }
    }
    for (const auto& name : required) {
      const bool isField = std::ranges::any_of(schema.fields, [&](const Field& field) { return field.name == name; });
      if (!isField) unsaid(schema, "required", Data::string(name));
    }
    const auto least = integerOf(data, "minProperties"), most = integerOf(data, "maxProperties");
    if (most == 1 && !schema.open && makeGroup(schema, namesOf(schema), least == 1)) return;
    if (least == 1 && !schema.open) {
      schema.presences.push_back({true, namesOf(schema)});
    } else if (least && *least > 0) {
      unsaid(schema, "minProperties", *data.find("minProperties"));
    }
    if (most) unsaid(schema, "maxProperties", *data.find("maxProperties"));
  }

  static std::vector<std::string> namesOf(const Schema& schema) {
    std::vector<std::string> names;
    names.reserve(schema.fields.size());
    for (const auto& field : schema.fields) names.push_back(field.name);
    return names;
  }

  /// Makes the fields of these names a one-of group. False if one of them has to be there, has a default, or is in another group.
  static bool makeGroup(Schema& schema, const std::vector<std::string>& names, bool required) {
    std::vector<Field*> members;
    for (const auto& name : names) {
      const auto found = std::find_if(schema.fields.begin(), schema.fields.end(), [&](const Field& field) { return field.name == name; });
      if (found == schema.fields.end() || found->required || found->standard || found->group != 0) return false;
      members.push_back(&*found);
    }
    if (members.size() < 2) return false;
    schema.groups.push_back({required});
    for (auto* member : members) member->group = static_cast<std::uint32_t>(schema.groups.size());
    return true;
  }

  void readCombinations(const Data& data, Schema& schema) {
    for (const std::string_view key : {"oneOf", "anyOf", "allOf", "not"}) {
      const auto* value = data.find(key);
      if (value == nullptr) continue;
      if (key == "anyOf" && schema.form == Form::IntOrString) continue;  // the int and the text
      if (key == "allOf" && value->isList()) {
        for (const auto& part : value->items()) {
          if (part.isMap()) readCombinations(part, schema);
          if (!part.isMap() || onlyCombinations(part, schema)) continue;
          unsaid(schema, key, part);
          if (schema.form == Form::Object && declaresMore(part, schema)) schema.open = true;
        }
        continue;
      }
      if (schema.form == Form::Object && value->isList() && readDemands(key, *value, schema)) continue;
      if (schema.form == Form::Object && key == "not" && value->isMap() && value->entries().size() == 1 && value->find("required") != nullptr) {
        schema.presences.push_back({false, textsOf(*value, "required")});
        continue;
      }
      unsaid(schema, key, *value);
      // Fields that only an alternative declares.
      if (schema.form == Form::Object && key != "not" && value->isList() && std::ranges::any_of(value->items(), [&](const Data& part) { return declaresMore(part, schema); })) schema.open = true;
    }
  }

  static bool declaresMore(const Data& part, const Schema& schema) {
    const auto* properties = part.isMap() ? part.find("properties") : nullptr;
    if (properties == nullptr || !properties->isMap()) return false;
    return std::ranges::any_of(properties->entries(), [&](const codec::DataEntry& entry) {
      return std::ranges::none_of(schema.fields, [&](const Field& field) { return field.name == entry.key; });
    });
  }

  static bool onlyCombinations(const Data& part, const Schema& schema) {
    return std::all_of(part.entries().begin(), part.entries().end(), [&](const codec::DataEntry& entry) {
      return entry.key == "oneOf" || entry.key == "allOf" || entry.key == "not" || entry.key == "anyOf" || schema.form == Form::IntOrString;
    });
  }

  /// `oneOf` and `anyOf` whose alternatives demand a field each; one more alternative may stand for none of them.
  static bool readDemands(std::string_view key, const Data& list, Schema& schema) {
    std::vector<std::string> names;
    bool mayBeNone = false;
    for (const auto& alternative : list.items()) {
      if (const auto* name = onlyDemand(alternative)) {
        names.push_back(*name);
      } else if (alternative.isMap() && alternative.find("not") != nullptr && alternative.entries().size() == 1) {
        mayBeNone = true;
      } else {
        return false;
      }
    }
    if (names.empty()) return false;
    if (key == "oneOf") return makeGroup(schema, names, !mayBeNone);
    if (mayBeNone) return false;
    schema.presences.push_back({true, std::move(names)});
    return true;
  }

  static void readRules(const Data& data, Schema& schema) {
    const auto* rules = data.find("x-kubernetes-validations");
    if (rules == nullptr || !rules->isList()) return;
    for (const auto& rule : rules->items()) {
      if (!rule.isMap() || textOf(rule, "rule").empty()) continue;
      schema.rules.push_back({std::string(textOf(rule, "rule")), std::string(textOf(rule, "message"))});
    }
  }

  SchemaTable& table_;
};

}  // namespace

std::string_view textOf(const Data& map, std::string_view key) {
  const auto* found = map.find(key);
  return found != nullptr && found->isString() ? std::string_view(found->asString()) : std::string_view();
}

bool isTrue(const Data& map, std::string_view key) {
  const auto* found = map.find(key);
  return found != nullptr && found->kind() == Data::Kind::Bool && found->asBool();
}

SchemaId readSchema(const Data& data, SchemaTable& table) { return Reader(table).read(data); }

}  // namespace kdsl::crd
