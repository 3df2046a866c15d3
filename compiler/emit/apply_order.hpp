#pragma once
// The order in which objects are applied, so that what an object needs is there before it.
#include <cstdint>
#include <string_view>

namespace kdsl::emit {

/// Rank of a kind: lower is applied first. Namespaces and definitions come first, then classes and quotas, accounts and rights, configuration and storage,
/// services, workloads and what scales them, custom kinds, ingress, and webhooks last. Kinds of equal rank keep their order: sort stably.
/// `group` is the API group ("" for core): a `Service` of another group is a custom kind. Linear in the number of known kinds, about fifty.
std::uint16_t applyRank(std::string_view group, std::string_view kind);

}  // namespace kdsl::emit
