#pragma once
// What happened to API versions, told for people.
#include <optional>
#include <string>
#include <string_view>

#include "kubernetes/schema.hpp"

namespace kdsl::kubernetes {

/// What became of a whole API version: the removal of the last of its kinds, and the version that replaces all of them, if it is one.
/// Nothing where no kind of it is known to be deprecated. O(table).
std::optional<ApiLifecycle> versionLifecycle(std::string_view group, std::string_view version);

/// The group that the text of an import means, which may be a package: `networking.k8s.io` for `networking`, empty for `core`.
std::string_view groupOfPackage(const SchemaPack& pack, std::string_view package);

/// How a program imports an API version: `k8s/networking/v1` for `networking.k8s.io/v1`.
std::string importPathOf(const SchemaPack& pack, std::string_view apiVersion);

}  // namespace kdsl::kubernetes
