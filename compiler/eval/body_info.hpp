#pragma once
// What is static about a body, found once per evaluation: which entries may speak of a key.
#include <memory>
#include <unordered_map>
#include <vector>

#include "hir/module.hpp"

namespace kdsl::eval {

using base::Symbol;

/// The entries of a body of many, found by name.
struct EntriesByName {
  /// Entries whose first key is this name, and entries that may have any key (branches, loops, computed keys), both in written order.
  std::unordered_map<Symbol, std::vector<std::uint32_t>> byName;
  /// Those alone, for keys that no entry names.
  std::vector<std::uint32_t> ofAnyKey;
};

/// Small: each evaluation has one for every body of the files that it reaches.
struct BodyInfo {
  bool known = false;
  bool hasSpread = false;   // in it or in its branches
  bool hasEach = false;
  bool hasLets = false;     // directly in it
  bool hasChecks = false;   // in it or in its branches
  std::unique_ptr<const EntriesByName> index;  // of bodies of many entries only
};

/// The BodyInfos of one file.
struct ModuleBodies {
  std::vector<BodyInfo> byBody;
};

}  // namespace kdsl::eval
