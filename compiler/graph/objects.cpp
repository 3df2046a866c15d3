#include "graph/objects.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace kdsl::graph {

std::size_t IdentityHash::operator()(const Identity& identity) const {
  const auto pair = [](Symbol a, Symbol b) { return (std::uint64_t{base::index(a)} << 32) | base::index(b); };
  return base::combine(base::mix(pair(identity.group, identity.kind)), pair(identity.namespaceName, identity.name));
}

ObjectId Objects::add(Object object, std::span<const Offer> offers) {
  const auto id = static_cast<ObjectId>(all_.size());
  const auto& identity = object.identity;
  object.firstOffer = static_cast<std::uint32_t>(offers_.size());
  object.offerCount = static_cast<std::uint32_t>(offers.size());
  offers_.insert(offers_.end(), offers.begin(), offers.end());
  if (!positionOf(identity)) index_.add(IdentityHash()(identity), base::index(id));
  // Objects of one kind mostly follow each other, in one namespace.
  const auto* last = all_.empty() ? nullptr : &all_.back().identity;
  const bool isKindOfLast = last != nullptr && last->kind == identity.kind && last->group == identity.group;
  if (!isKindOfLast && !hasKind(identity.group, identity.kind)) kinds_.emplace_back(identity.group, identity.kind);
  if (!object.isExternal && identity.namespaceName != base::emptySymbol) namespaces_.insert(identity.namespaceName);
  all_.push_back(object);
  return id;
}

std::optional<std::uint32_t> Objects::positionOf(const Identity& identity) const {
  return index_.find(IdentityHash()(identity), [&](std::uint32_t position) { return all_[position].identity == identity; });
}

std::optional<ObjectId> Objects::find(const Identity& identity) const {
  if (identity.name == base::emptySymbol) return std::nullopt;
  auto found = positionOf(identity);
  if (!found && identity.namespaceName != base::emptySymbol) found = positionOf({identity.group, identity.kind, {}, identity.name});
  if (!found) return std::nullopt;
  return ObjectId{*found};
}

bool Objects::hasKind(Symbol group, Symbol kind) const { return std::find(kinds_.begin(), kinds_.end(), std::pair(group, kind)) != kinds_.end(); }

}  // namespace kdsl::graph
