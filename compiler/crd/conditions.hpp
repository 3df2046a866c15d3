#pragma once
// What an object has to fulfil beyond its types: checks where kdsl can say it, text where it cannot.
#include <string>
#include <vector>

#include "crd/names.hpp"
#include "crd/schema.hpp"

namespace kdsl::crd {

enum class Origin : std::uint8_t { Rule, Constraint };

struct Condition {
  std::string kdsl;     // the condition of a check
  std::string message;  // may be empty
  std::string original; // what the definition has, for the documentation
  std::string path;     // of the value that it is about: `listeners[]`; empty for the object itself
  Origin origin = Origin::Rule;
};

struct Conditions {
  std::vector<Condition> checks;
  std::vector<Condition> carried;      // kdsl is empty
  std::size_t transitions = 0;         // rules about updates, among the carried ones
};

/// Of an object and of those of its fields that are no objects themselves.
Conditions conditionsOf(SchemaId object, const SchemaTable& table, const Names& names);

}  // namespace kdsl::crd
