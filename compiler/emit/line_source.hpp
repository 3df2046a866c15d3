#pragma once
#include <cstdint>
#include <vector>

#include "source/span.hpp"

namespace kdsl::emit {

/// Where a line of a written object comes from.
struct LineSource {
  std::uint32_t line = 0;    // counts from 0
  source::Location at;       // the strongest setting of the line's field, or the list element
  source::Location origin;   // the same, or what decided the value where that only passes it on: `replicas` in `spec: { replicas }` leads to the param's
                             // last setting; none for a param from outside
  std::vector<source::Location> causes = {};  // where a library made it: the settings of those who build that decided it
  bool isValue = false;      // the line holds a value, not only the begin of a map or list
  bool isHidden = false;     // a value of type Sensitive, or made from one
};

}  // namespace kdsl::emit
