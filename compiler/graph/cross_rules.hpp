#pragma once
// Warnings about objects that work against each other.
#include <span>

#include "graph/findings.hpp"
#include "graph/references.hpp"
#include "graph/selections.hpp"

namespace kdsl::graph {

/// An autoscaler and a number of replicas that both set one thing; a disruption budget that lets no node be drained.
void checkCrossRules(const Objects& objects, std::span<const Reference> references, std::span<const Selection> selections, Findings& findings);

}  // namespace kdsl::graph
