#include "crd/literals.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "codec/float_text.hpp"
#include "crd/patterns.hpp"
#include "syntax/literal.hpp"

namespace kdsl::crd {
namespace {

bool isWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isWordPart(char c) { return isWordStart(c) || (c >= '0' && c <= '9'); }

const Schema* fieldType(const Schema* schema, std::string_view name, const SchemaTable& table, SchemaId& id) {
  if (schema == nullptr) return nullptr;
  if (schema->form == Form::Map) {
    id = schema->element;
    return &table[id];
  }
  const auto found = std::find_if(schema->fields.begin(), schema->fields.end(), [&](const Field& field) { return field.name == name; });
  if (found == schema->fields.end()) return nullptr;
  id = found->type;
  return &table[id];
}

/// Depth is bounded by the reader of the data.
void append(std::string& out, const codec::Data& data, const Schema* type, const SchemaTable& table) {
  using Kind = codec::Data::Kind;
  switch (data.kind()) {
    case Kind::Null: out += "null"; return;
    case Kind::Bool: out += data.asBool() ? "true" : "false"; return;
    case Kind::Integer: out += std::to_string(data.asInteger()); return;
    case Kind::Float: codec::appendFloat(out, data.asFloat()); return;
    case Kind::String:
      if (type != nullptr && textForm(*type) == TextForm::Quantity) {
        out += data.asString();
      } else {
        out += textLiteral(data.asString());
      }
      return;
    case Kind::List: {
      out += '[';
      for (const auto& item : data.items()) {
        if (&item != &data.items().front()) out += ", ";
        append(out, item, type != nullptr && type->form == Form::List ? &table[type->element] : nullptr, table);
      }
      out += ']';
      return;
    }
    case Kind::Map: break;
  }
  if (data.entries().empty()) {
    out += "{}";
    return;
  }
  out += "{ ";
  for (const auto& entry : data.entries()) {
    if (&entry != &data.entries().front()) out += ", ";
    SchemaId inner{};
    const auto* next = fieldType(type, entry.key, table, inner);
    out += fieldKey(entry.key);
    out += ": ";
    append(out, entry.value, next, table);
  }
  out += " }";
}

}  // namespace

bool isIdentifier(std::string_view name) { return !name.empty() && isWordStart(name[0]) && std::all_of(name.begin(), name.end(), isWordPart); }

std::string fieldKey(std::string_view name) { return isIdentifier(name) ? std::string(name) : textLiteral(name); }

std::string textLiteral(std::string_view text) { return syntax::quoted(text); }

std::string rawLiteral(std::string_view text) {
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) { return c == '"' || static_cast<unsigned char>(c) < 0x20; });
  return plain ? "r\"" + std::string(text) + '"' : textLiteral(text);
}

std::string valueLiteral(const codec::Data& data, SchemaId type, const SchemaTable& table) {
  std::string out;
  append(out, data, &table[type], table);
  return out;
}

}  // namespace kdsl::crd
