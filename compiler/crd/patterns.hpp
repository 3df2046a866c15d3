#pragma once
// What the patterns of CRDs mean for kdsl's types.
#include <optional>
#include <string>
#include <string_view>

#include "crd/schema.hpp"

namespace kdsl::crd {

/// A pattern that matches a whole text exactly if `pattern` matches somewhere in it; none if it is no regular expression of linear time.
std::optional<std::string> wholePattern(std::string_view pattern);

/// What texts of a schema are, as their pattern tells.
enum class TextForm : std::uint8_t { Plain, Duration, Quantity };
TextForm textForm(const Schema& schema);

}  // namespace kdsl::crd
