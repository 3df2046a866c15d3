#pragma once
// Children of a place that are made already.
#include "eval/place.hpp"

namespace kdsl::eval {

/// The child that was asked for before under `key`; nullptr if nobody did. O(1).
Place* findChild(const Children& children, Symbol key);

}  // namespace kdsl::eval
