#pragma once
// What things are, as Markdown: shared by hover, completion and signature help.
#include <string>
#include <string_view>

#include "query/ide/file_index.hpp"

namespace kdsl::query {

/// One line of kdsl that shows what a target is: `param replicas: int(0..) = 2`. `type` is that of the value at the place that asks.
std::string signatureOf(const Facts& facts, const Target& target, TypeId type);

/// Its documentation comment (or that of the API), and what else is good to know: required, default, values, units, deprecation.
std::string documentationOf(const Facts& facts, const Target& target, TypeId type);

/// The type as a user would write it, cut if it is very long.
std::string shortType(const sema::Program& program, TypeId type);

/// Whether a value of the type is never shown, not even as it is written.
bool isSensitive(const types::TypeTable& table, TypeId type);

/// What a literal with a unit amounts to: "536,870,912 bytes"; empty if there is nothing to explain.
std::string explainUnit(std::string_view literal, TypeId type, std::string_view place);

/// The same of a value that evaluation came to, as it is shown; `type` is its type as printed.
std::string explainValue(std::string_view value, std::string_view type, std::string_view place);

/// What `int`, `Quantity` and the other types without a declaration are.
std::string_view builtInTypeDoc(std::string_view name);

}  // namespace kdsl::query
