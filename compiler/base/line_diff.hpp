#pragma once
#include <string>
#include <string_view>

namespace kdsl::base {

/// The difference of two texts in the unified format, with three lines of context; empty if they are equal. The names stand in its head.
/// O((n + m) · d) for d differing lines; texts that differ in thousands of lines are shown as replaced between their first and last
/// difference.
std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view beforeName, std::string_view afterName);

}  // namespace kdsl::base
