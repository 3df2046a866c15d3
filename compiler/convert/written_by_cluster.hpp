#pragma once
// What a cluster adds to its objects: an import of `kubectl get -o yaml` has no use for it.
#include <set>
#include <string>

#include "codec/data.hpp"

namespace kdsl::convert {

/// Takes it off an object; adds the names of what was there to `names`.
void dropWrittenByCluster(codec::Data& object, std::set<std::string>& names);

/// The controller that made the object and keeps it, as `ReplicaSet/web-1`; empty if there is none.
std::string makerOf(const codec::Data& object);

}  // namespace kdsl::convert
