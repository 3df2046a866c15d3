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

/// Checks the selectors of workloads, Services, network policies and disruption budgets, and tells who selects whom.
class SelectionCheck {
 public:
  SelectionCheck(const Objects& objects, Pods& pods, Findings& findings) : objects_(objects), pods_(pods), findings_(findings) {}

  /// Reads the selectors of an object that was just written, and reports what it shows by itself.
  void add(ObjectId id);
  /// Looks for the pods of all selectors; reports those that take none. Once, after all objects and pods.
  void run();
  std::span<const Selection> all() const { return selections_; }

 private:
  /// A selector whose pods are to be found.
  struct Asked {
    ObjectId from{};
    Selector::Form form{};
    bool isPeer = false;  // of the other side of a network policy: no selection of the object
    PodQuery query;
    Node written;
    std::uint32_t firstPort = 0, portCount = 0;  // of `ports_`: names that a Service sends to
  };

  void workload(const Object& object);
  void service(ObjectId id, const Object& object);
  void networkPolicy(ObjectId id, const Object& object);
  void ask(ObjectId id, const Node& written, Selector::Form form, bool isPeer = false);
  void run(const Asked& asked);
  /// Reports if pods of the namespace are known and the selector takes none of them.
  void mustTake(const Asked& asked, const Selector& selector);
  bool isOperators(const Selector& selector) const;
  /// A port that is named must be a port of a container that the Service reaches.
  bool reachesPorts(const Asked& asked) const;
  void targetPorts(const Object& object);

  const Objects& objects_;
  Pods& pods_;
  Findings& findings_;
  std::vector<Asked> asked_;
  std::vector<Symbol> ports_;
  std::vector<const PodTemplate*> taken_;  // of the selector in work
  std::vector<Selection> selections_;
};

}  // namespace kdsl::graph
