#pragma once
// The field names that the rules read, interned once.
#include "base/symbol.hpp"

namespace kdsl::graph {

struct Names {
#define KD_NAME(field, spelling) base::Symbol field = base::intern(spelling);
#include "graph/names.def"
#undef KD_NAME
};

inline const Names& names() {
  static const Names all;
  return all;
}

}  // namespace kdsl::graph
