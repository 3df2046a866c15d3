#pragma once
// Selectors: which objects take which pods, and what is wrong with that.
#include <vector>

#include "graph/findings.hpp"
#include "graph/pods.hpp"

namespace kdsl::graph {

/// One object takes the pods of another by their labels.
struct Selection {
  ObjectId from{};
  ObjectId to{};
  Node selector;
};

/// Checks the selectors of workloads, Services, network policies and disruption budgets; appends who selects whom.
class SelectionCheck {
 public:
  SelectionCheck(const Objects& objects, const Pods& pods, Findings& findings, std::vector<Selection>& selections)
      : objects_(objects), pods_(pods), findings_(findings), selections_(selections) {}

  void object(ObjectId id);

 private:
  void workload(const Object& object);
  void service(ObjectId id, const Object& object);
  void networkPolicy(ObjectId id, const Object& object);
  /// Reports if pods of the namespace are known and the selector takes none of them.
  void mustTake(const Object& object, const Node& written, const Selector& selector);
  std::size_t select(ObjectId id, const Object& object, const Node& written, const Selector& selector);
  bool isOperators(const Selector& selector) const;
  void targetPorts(const Object& object, const Selector& selector);

  const Objects& objects_;
  const Pods& pods_;
  Findings& findings_;
  std::vector<Selection>& selections_;
};

}  // namespace kdsl::graph
