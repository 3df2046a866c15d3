#pragma once
// The objects of a build and those that it declares as made elsewhere, by identity.
#include <optional>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/hash_index.hpp"
#include "graph/node.hpp"

namespace kdsl::graph {

enum class ObjectId : std::uint32_t {};

/// What an object is called.
struct Identity {
  Symbol group{}, kind{}, namespaceName{}, name{};
  friend bool operator==(const Identity&, const Identity&) = default;
};

struct IdentityHash {
  std::size_t operator()(const Identity& identity) const;
};

/// What others may name of an object: a key of its data, a port.
struct Offer {
  Symbol name{};            // empty: a port without a name
  std::int64_t number = 0;  // of a port
};

/// First what is read when another object names this one.
struct Object {
  Identity identity;
  std::uint32_t firstOffer = 0, offerCount = 0;
  bool isExternal = false;  // declared `external`: others may name it, it follows no rules here
  bool isBroken = false;    // evaluation reported errors: others may name it, nothing is said about it
  Node node;
  std::string_view apiVersion, group, kind;
  std::string_view name;
  std::string_view namespaceName;  // empty: decided when it is applied, or the kind has none

  /// What rules are about.
  bool isChecked() const { return !isExternal && !isBroken; }
};

class Objects {
 public:
  /// Takes the object with its offers.
  ObjectId add(Object object, std::span<const Offer> offers = {});
  const Object& operator[](ObjectId id) const { return all_[base::index(id)]; }
  const std::vector<Object>& all() const { return all_; }
  std::span<const Offer> offersOf(const Object& object) const { return std::span(offers_).subspan(object.firstOffer, object.offerCount); }
  /// The object of this identity. An object without a namespace is found in every namespace: where it goes is decided when it is applied.
  std::optional<ObjectId> find(const Identity& identity) const;
  /// Some object is of this kind.
  bool hasKind(Symbol group, Symbol kind) const;
  /// Some object of the build lives in this namespace.
  bool hasNamespace(Symbol name) const { return namespaces_.contains(name); }

 private:
  std::optional<std::uint32_t> positionOf(const Identity& identity) const;

  std::vector<Object> all_;
  std::vector<Offer> offers_;
  std::vector<std::pair<Symbol, Symbol>> kinds_;  // each group and kind once: there are few
  std::unordered_set<Symbol> namespaces_;
  base::HashIndex index_;  // into `all_`; of objects of one identity, the first
};

}  // namespace kdsl::graph
