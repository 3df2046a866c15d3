#pragma once
// The order in which objects are applied, so that what an object needs is there before it.
#include <cstdint>
#include <string_view>

namespace kdsl::emit {

/// Rank of a kind: lower is applied first. Namespaces and definitions come first, then policies, accounts and roles, configuration, storage,
/// services, workloads, what scales and guards them, ingress, and webhooks last. Custom kinds stand between workloads and webhooks, after every definition.
/// `group` is the API group ("" for core). O(log n).
std::uint16_t applyRank(std::string_view group, std::string_view kind);

}  // namespace kdsl::emit
