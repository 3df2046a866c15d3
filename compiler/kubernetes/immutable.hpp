#pragma once
// Which fields of an existing object the API server does not let change.
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "kubernetes/schema.hpp"

namespace kdsl::kubernetes {

/// A field that may not change once the object exists: an apply that changes it, or something inside it, is refused.
struct ImmutableField {
  /// So many leading segments of the path name the field: `spec.selector` of `spec.selector.matchLabels.app` is 2.
  std::size_t depth = 0;
  /// A field of the existing object (`immutable`, `spec.completionMode`) that must have the value for the rule to hold; unset counts as the
  /// server's default. Empty: the rule always holds.
  std::string_view conditionPath;
  std::string_view conditionValue;
};

/// Whether `path` of an object of `kind` is, or lies in, an immutable field. A path has one segment for each field, map entry and list element
/// (`spec`, `containers`, `web`, `image`). Nothing for a path that the schema does not have. O(length of the path · log fields).
/// Precondition: `pack.has(kind)`.
std::optional<ImmutableField> immutableField(const SchemaPack& pack, DefId kind, std::span<const std::string_view> path);

}  // namespace kdsl::kubernetes
