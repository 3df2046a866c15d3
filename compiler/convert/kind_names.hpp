#pragma once
// How the kinds of a conversion are called in its module.
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kubernetes/schema.hpp"

namespace kdsl::convert {

/// `redis-cart` → `redisCart`; empty if nothing of the name can stand in an identifier.
std::string identifier(std::string_view name);
/// The same with a big first letter.
std::string typeIdentifier(std::string_view name);

/// A kind of the input.
struct UsedKind {
  std::string apiVersion;
  std::string kind;
  std::string module;       // to import it from; empty: declared here, or known by its bare name
  bool isDeclared = false;  // here
  bool isNamespaced = false;  // isDeclared
  std::string name;         // as the module calls it; set by nameKinds
};

/// Gives each kind a name that no other one has, of those or of the API of Kubernetes.
void nameKinds(std::vector<UsedKind>& kinds, const kubernetes::SchemaPack& schema);
/// The imports and declarations that the names need; empty, or ending with a line break.
std::string declarationsOf(const std::vector<UsedKind>& kinds);

}  // namespace kdsl::convert
