#include "graph/objects.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace kdsl::graph {

std::size_t IdentityHash::operator()(const Identity& identity) const {
  auto hash = base::hashBytes(identity.name);
  for (const auto part : {identity.namespaceName, identity.kind, identity.group}) hash = base::combine(hash, base::hashBytes(part));
  return hash;
}

ObjectId Objects::add(Object object) {
  const auto id = static_cast<ObjectId>(all_.size());
  index_.emplace(Identity{object.group, object.kind, object.namespaceName, object.name}, id);
  // Objects of one kind mostly follow each other, in one namespace.
  const bool isLikeLast = !all_.empty() && all_.back().kind.data() == object.kind.data() && all_.back().group.data() == object.group.data();
  if (!isLikeLast && !hasKind(object.group, object.kind)) kinds_.emplace_back(object.group, object.kind);
  if (!object.isExternal && !object.namespaceName.empty()) namespaces_.insert(object.namespaceName);
  all_.push_back(object);
  return id;
}

std::optional<ObjectId> Objects::find(const Identity& identity) const {
  if (identity.name.empty()) return std::nullopt;
  auto found = index_.find(identity);
  if (found == index_.end() && !identity.namespaceName.empty()) found = index_.find({identity.group, identity.kind, {}, identity.name});
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

bool Objects::hasKind(std::string_view group, std::string_view kind) const { return std::find(kinds_.begin(), kinds_.end(), std::pair(group, kind)) != kinds_.end(); }

bool Objects::hasNamespace(std::string_view name) const { return namespaces_.contains(name); }

}  // namespace kdsl::graph
