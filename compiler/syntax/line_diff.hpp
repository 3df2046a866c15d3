#pragma once
// Differences between two texts, line by line.
#include <string>
#include <string_view>

namespace kdsl::syntax {

/// A unified diff that turns `before` into `after`, with three lines of context, or nothing if they are equal. The names head it
/// (`--- a`, `+++ b`). Time O((lines) × (differences)); beyond some thousands of differences the rest is one block.
std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view beforeName, std::string_view afterName);

}  // namespace kdsl::syntax
