#pragma once
#include <span>
#include <string>
#include <string_view>

#include "emit/line_source.hpp"
#include "source/file.hpp"

namespace kdsl::query {

/// The YAML of one object with the place of each value as a comment at the end of its line, ` # web.kdsl:12`. It reads as before.
std::string annotated(std::string_view yaml, std::span<const emit::LineSource> lines, const source::FileTable& files);

}  // namespace kdsl::query
