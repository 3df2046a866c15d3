#include "crd/type_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "codec/float_text.hpp"
#include "crd/literals.hpp"
#include "crd/patterns.hpp"

namespace kdsl::crd {
namespace {

/// `1..63`, `1..`, `..63`; empty if there is no limit.
std::string rangeText(const Schema& schema) {
  if (schema.form == Form::Float) {
    std::string low, high;
    if (schema.lowNumber) codec::appendFloat(low, *schema.lowNumber);
    if (schema.highNumber) codec::appendFloat(high, *schema.highNumber);
    return low.empty() && high.empty() ? std::string() : low + ".." + high;
  }
  if (!schema.low && !schema.high) return {};
  return (schema.low ? std::to_string(*schema.low) : "") + ".." + (schema.high ? std::to_string(*schema.high) : "");
}

}  // namespace

const TypeText& TypeWriter::of(SchemaId id) {
  const auto key = static_cast<std::uint32_t>(id);
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  auto made = make(table_[id], id);
  if (table_[id].nullable && made.text != "any") {
    made.text += " | null";
    made.isUnion = true;
  }
  return known_.emplace(key, std::move(made)).first->second;
}

std::string TypeWriter::bounded(std::string_view type, const Schema& schema) const {
  auto bounds = rangeText(schema);
  if (schema.form == Form::String || schema.form == Form::IntOrString) {
    if (schema.low == 0 && !schema.high) bounds.clear();
    if (const auto pattern = schema.pattern.empty() ? std::nullopt : wholePattern(schema.pattern)) bounds += (bounds.empty() ? "" : ", ") + rawLiteral(*pattern);
  }
  return bounds.empty() ? std::string(type) : fmt::format("{}({})", type, bounds);
}

TypeText TypeWriter::make(const Schema& schema, SchemaId id) {
  const bool areScalars = !schema.values.empty() && std::all_of(schema.values.begin(), schema.values.end(), [](const codec::Data& value) { return !value.isList() && !value.isMap(); });
  if (areScalars) {
    TypeText made;
    for (const auto& value : schema.values) made.text += (made.text.empty() ? "" : " | ") + valueLiteral(value, id, table_);
    made.isUnion = schema.values.size() > 1;
    return made;
  }
  switch (schema.form) {
    case Form::Any: return {"any", false};
    case Form::Bool: return {"bool", false};
    case Form::Int: return {bounded("int", schema), false};
    case Form::Float: return {bounded("float", schema), false};
    case Form::String:
    case Form::IntOrString:
      if (textForm(schema) == TextForm::Quantity) return {"Quantity", false};
      if (textForm(schema) == TextForm::Duration) return {"Duration | " + bounded("string", schema), true};
      return schema.form == Form::String ? TypeText{bounded("string", schema), false} : TypeText{"int | " + bounded("string", schema), true};
    case Form::List: {
      auto text = "[" + of(schema.element).text + "]";
      if (schema.listKind == ListKind::Atomic) return {bounded(text, schema), false};
      if (schema.listKind == ListKind::Set) return {text + " set", false};
      std::string keys;
      for (const auto& key : schema.keys) keys += (keys.empty() ? "" : ", ") + key;
      return {text + (schema.keys.size() == 1 ? " by " + keys : " by (" + keys + ")"), false};
    }
    case Form::Map: return {"{[string]: " + of(schema.element).text + "}", false};
    case Form::Object: break;
  }
  if (Names::needsName(schema)) return {names_.of(id), false};
  return {schema.open ? "{[string]: any}" : "{}", false};
}

}  // namespace kdsl::crd
