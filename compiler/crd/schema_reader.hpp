#pragma once
// The OpenAPI schema of a CRD to our schemas.
#include <string>
#include <string_view>

#include "codec/data.hpp"
#include "crd/schema.hpp"

namespace kdsl::crd {

/// Reads a `JSONSchemaProps` and all below it. Recursion is as deep as the data, which its reader bounds. O(size).
SchemaId readSchema(const codec::Data& data, SchemaTable& table);

/// The text of an entry of a map; empty if there is none.
std::string_view textOf(const codec::Data& map, std::string_view key);
bool isTrue(const codec::Data& map, std::string_view key);

}  // namespace kdsl::crd
