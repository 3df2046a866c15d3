// Values as JSON, YAML, TOML, INI, properties and env files, and text of those formats as values.
#include <algorithm>

#include <fmt/format.h>

#include "codec/read.hpp"
#include "codec/text_formats.hpp"
#include "eval/builtins/bind.hpp"
#include "eval/builtins/data_value.hpp"
#include "eval/builtins/tables.hpp"

namespace kdsl::eval::builtins {
namespace {

using codec::Data;
using codec::JsonStyle;
using types::Builtin;
using Text = std::string_view;

// --- writing

Value toJson(BuiltinCall& call, Value value, std::optional<bool> pretty) {
  const auto data = toData(call, value);
  return data ? wrap(call, codec::formatJson(*data, pretty.value_or(false) ? JsonStyle::Pretty : JsonStyle::Compact)) : Value::error();
}

Value toYaml(BuiltinCall& call, Value value) {
  const auto data = toData(call, value);
  return data ? wrap(call, codec::formatYaml(*data)) : Value::error();
}

/// For formats that cannot hold every value.
template <codec::FormatResult (*format)(const Data&)>
Value toFormat(BuiltinCall& call, Value value) {
  const auto data = toData(call, value);
  if (!data) return Value::error();
  const auto result = format(*data);
  if (result.ok()) return wrap(call, result.text);
  return call.fail(result.path.empty() ? result.error : fmt::format("`{}`: {}", result.path, result.error));
}

// --- reading

/// The documents of a text; nullopt: it is malformed, and that was reported with the place in the text.
std::optional<std::vector<Data>> read(BuiltinCall& call, Text text, Text format, codec::ReadResult (*reader)(Text, const codec::ReadLimits&)) {
  auto result = reader(text, {});
  const auto* problem = result.firstError();
  if (problem == nullptr) return std::move(result.documents);
  const Text before = text.substr(0, problem->span.begin);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  call.fail(fmt::format("the text is not {}: {} (line {} of the text)", format, codec::describe(*problem), line));
  return std::nullopt;
}

/// The one value of a text; no document is null.
Value readOne(BuiltinCall& call, Text text, Text format, codec::ReadResult (*reader)(Text, const codec::ReadLimits&)) {
  const auto documents = read(call, text, format, reader);
  if (!documents) return Value::error();
  if (documents->empty()) return Value::null();
  if (documents->size() == 1) return fromData(call, documents->front());
  return call.fail(fmt::format("the text has {} documents, not one; `fromYamlAll` reads them", documents->size()));
}

Value fromJson(BuiltinCall& call, Text text) { return readOne(call, text, "JSON", codec::readJson); }
Value fromYaml(BuiltinCall& call, Text text) { return readOne(call, text, "YAML", codec::readYaml); }
Value fromToml(BuiltinCall& call, Text text) { return readOne(call, text, "TOML", codec::readToml); }

Value fromYamlAll(BuiltinCall& call, Text text) {
  const auto documents = read(call, text, "YAML", codec::readYaml);
  if (!documents) return Value::error();
  std::vector<Value> values;
  for (const Data& document : *documents) {
    values.push_back(fromData(call, document));
    if (values.back().isError()) return Value::error();
  }
  return wrap(call, values);
}

constexpr Implementation kImplementations[] = {
    {Builtin::toJson, bound<toJson>},
    {Builtin::toYaml, bound<toYaml>},
    {Builtin::toToml, bound<toFormat<codec::formatToml>>},
    {Builtin::toIni, bound<toFormat<codec::formatIni>>},
    {Builtin::toProperties, bound<toFormat<codec::formatProperties>>},
    {Builtin::toEnv, bound<toFormat<codec::formatEnv>>},
    {Builtin::fromJson, bound<fromJson>},
    {Builtin::fromYaml, bound<fromYaml>},
    {Builtin::fromYamlAll, bound<fromYamlAll>},
    {Builtin::fromToml, bound<fromToml>},
};

}  // namespace

std::span<const Implementation> documentImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
