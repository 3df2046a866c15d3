// Short ways to a definition or field, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "kubernetes/schema.hpp"

namespace kdsl::kubernetes::testing {

/// The definition that a bare name means in Kubernetes 1.`minor`; fails the test when there is none.
inline Definition named(std::string_view shortName, int minor = 36) {
  const SchemaPack* pack = SchemaPack::forMinor(minor);
  const auto id = pack->prelude(shortName);
  if (!id) {
    ADD_FAILURE() << shortName << " is not in the prelude of 1." << minor;
    return pack->definition(*pack->prelude("Pod"));
  }
  return pack->definition(*id);
}

/// `field` of that definition; fails the test when there is none.
inline Field fieldOf(std::string_view shortName, std::string_view field, int minor = 36) {
  const auto definition = named(shortName, minor);
  const auto found = definition.field(field);
  if (!found) {
    ADD_FAILURE() << shortName << " has no field " << field;
    return definition.fields()[0];
  }
  return *found;
}

inline std::vector<std::string> strings(StringList list) { return {list.begin(), list.end()}; }

}  // namespace kdsl::kubernetes::testing
