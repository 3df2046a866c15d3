#pragma once
// Monitors of the Prometheus operator: what they select must be there, with the ports that they name.
#include "graph/findings.hpp"
#include "graph/pods.hpp"

namespace kdsl::graph {

bool isMonitor(std::string_view group, std::string_view kind);

/// `monitor` is one.
void checkMonitor(const Object& monitor, const Objects& objects, const Pods& pods, Findings& findings);

}  // namespace kdsl::graph
