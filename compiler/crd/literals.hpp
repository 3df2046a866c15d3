#pragma once
// Values and words as kdsl source.
#include <string>
#include <string_view>

#include "codec/data.hpp"
#include "crd/schema.hpp"

namespace kdsl::crd {

/// `"…"` on one line, with escapes.
std::string textLiteral(std::string_view text);
/// A raw text if it can be one, else with escapes: patterns read better so.
std::string rawLiteral(std::string_view text);
/// A field's name where it is declared: bare, or in quotes.
std::string fieldKey(std::string_view name);
bool isIdentifier(std::string_view name);

/// `data` as a value of a place of this type, on one line.
std::string valueLiteral(const codec::Data& data, SchemaId type, const SchemaTable& table);

}  // namespace kdsl::crd
