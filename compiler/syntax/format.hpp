#pragma once
// The one layout of kdsl source.
#include <optional>
#include <string>
#include <string_view>

namespace kdsl::syntax {

/// The text in the standard layout, or none if it has syntax errors. Formatting the result changes nothing; tokens other than
/// separators stay as they were, comments too.
std::optional<std::string> format(std::string_view text);

}  // namespace kdsl::syntax
