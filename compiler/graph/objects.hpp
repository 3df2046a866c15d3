#pragma once
// The objects of a build and those that it declares as made elsewhere, by identity.
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/node.hpp"

namespace kdsl::graph {

enum class ObjectId : std::uint32_t {};

struct Object {
  Node node;
  std::string_view apiVersion, group, kind;
  std::string_view name;
  std::string_view namespaceName;  // empty: decided when it is applied, or the kind has none
  bool isExternal = false;         // declared `external`: others may name it, it follows no rules here
  bool isBroken = false;           // evaluation reported errors: others may name it, nothing is said about it

  /// What rules are about.
  bool isChecked() const { return !isExternal && !isBroken; }
};

/// Text of identity; every view must outlive what holds it.
struct Identity {
  std::string_view group, kind, namespaceName, name;
  friend bool operator==(const Identity&, const Identity&) = default;
};

struct IdentityHash {
  std::size_t operator()(const Identity& identity) const;
};

class Objects {
 public:
  ObjectId add(Object object);
  const Object& operator[](ObjectId id) const { return all_[base::index(id)]; }
  const std::vector<Object>& all() const { return all_; }
  /// The object of this identity. An object without a namespace is found in every namespace: where it goes is decided when it is applied.
  std::optional<ObjectId> find(const Identity& identity) const;
  /// Some object is of this kind.
  bool hasKind(std::string_view group, std::string_view kind) const;
  /// Some object of the build lives in this namespace.
  bool hasNamespace(std::string_view name) const;

 private:
  std::vector<Object> all_;
  std::vector<std::pair<std::string_view, std::string_view>> kinds_;  // each group and kind once: there are few
  std::unordered_set<std::string_view> namespaces_;
  std::unordered_map<Identity, ObjectId, IdentityHash> index_;
};

}  // namespace kdsl::graph
