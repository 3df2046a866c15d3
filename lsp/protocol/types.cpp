#include "lsp/protocol/types.hpp"

#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

namespace kdsl::lsp {
namespace {

/// Values outside 32 bits mean "before the begin" or "past the end" and are clamped; what is no integer is refused by get_ref.
std::uint32_t uinteger(const Json& json) {
  constexpr auto limit = std::numeric_limits<std::uint32_t>::max();
  if (json.is_number_unsigned())
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(json.get_ref<const Json::number_unsigned_t&>(), limit));
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(json.get_ref<const Json::number_integer_t&>(), 0, limit));
}

}  // namespace

void to_json(Json& json, const Position& position) { json = {{"line", position.line}, {"character", position.character}}; }
void from_json(const Json& json, Position& position) { position = {uinteger(json.at("line")), uinteger(json.at("character"))}; }

void to_json(Json& json, const Range& range) { json = {{"start", range.start}, {"end", range.end}}; }
void from_json(const Json& json, Range& range) {
  json.at("start").get_to(range.start);
  json.at("end").get_to(range.end);
}

void to_json(Json& json, const Location& location) { json = {{"uri", location.uri}, {"range", location.range}}; }
void to_json(Json& json, const TextEdit& edit) { json = {{"range", edit.range}, {"newText", edit.newText}}; }

Json markdown(std::string_view text) { return {{"kind", "markdown"}, {"value", text}}; }

const Json& at(const Json& object, std::initializer_list<const char*> path) {
  static const Json null;
  const Json* here = &object;
  for (const char* key : path) {
    if (!here->is_object()) return null;
    const auto found = here->find(key);
    if (found == here->end()) return null;
    here = &*found;
  }
  return *here;
}

bool flag(const Json& object, std::initializer_list<const char*> path) {
  const auto& value = at(object, path);
  return value.is_boolean() && value.get<bool>();
}

std::string textOr(const Json& object, const char* key, std::string_view otherwise) {
  const auto& value = at(object, {key});
  return value.is_string() ? value.get<std::string>() : std::string(otherwise);
}

}  // namespace kdsl::lsp
