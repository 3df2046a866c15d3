#pragma once
// The module's text.
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "crd/conditions.hpp"
#include "crd/definitions.hpp"
#include "crd/names.hpp"
#include "crd/schema.hpp"

namespace kdsl::crd {

/// What a line of the module says that need not be said: where checking refuses it, it becomes documentation.
struct Claim {
  enum class Kind : std::uint8_t { None, Check, Default };
  Kind kind = Kind::None;
  std::uint32_t schema = 0;  // index in Names::all()
  std::uint32_t number = 0;  // of the check, or of the field
  friend auto operator<=>(const Claim&, const Claim&) = default;
};

struct ModuleText {
  std::string text;
  std::vector<Claim> claims;  // by line
  std::size_t checks = 0, rulesChecked = 0, rulesCarried = 0, constraintsCarried = 0, transitions = 0;
};

/// Writes the module in the standard layout. What `withdrawn` has is documentation instead.
ModuleText writeModule(std::span<const KindDefinition> kinds, const Names& names, const SchemaTable& table, const std::set<Claim>& withdrawn);

}  // namespace kdsl::crd
