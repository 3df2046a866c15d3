#pragma once
// The pods that objects make, and selectors of their labels.
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/objects.hpp"

namespace kdsl::graph {

/// Where the pods of an object are described.
struct PodTemplate {
  ObjectId object{};
  Node metadata;      // of the template; of a Pod its own
  Node labels;
  Node spec;
};

/// The template of an object that makes pods, directly or through jobs. Also of kinds that the API does not have, which keep it at
/// `spec.template`. An empty `spec` if there is none.
PodTemplate podTemplateOf(ObjectId id, const Object& object);

/// A selector as written: of pods by labels.
class Selector {
 public:
  enum class Form : std::uint8_t {
    Labels,         // a map: of a Service
    LabelSelector,  // `matchLabels` and `matchExpressions`
  };
  Selector(const Node& node, Form form);

  /// Nothing is asked for: of a LabelSelector that is every pod.
  bool isEmpty() const { return labels_.empty() && expressions_.empty(); }
  bool matches(const Node& labels) const;
  /// The first label that is asked for and is not there, or is another; an empty node if all are there.
  Node firstMismatch(const Node& labels) const;
  std::span<const std::pair<Symbol, Node>> labels() const { return labels_; }

 private:
  std::vector<std::pair<Symbol, Node>> labels_;
  std::vector<Node> expressions_;
};

/// All pod templates of a build, found by their labels.
class Pods {
 public:
  void add(PodTemplate pod, std::string_view namespaceName);
  std::span<const PodTemplate> all() const { return all_; }

  /// Calls `visit(const PodTemplate&)` for the pods of the namespace that the selector takes. Looks only at those that have its rarest label.
  template <typename Visit>
  void select(const Selector& selector, std::string_view namespaceName, Visit&& visit) const {
    const auto* candidates = rarest(selector, namespaceName);
    if (candidates == nullptr) return;
    for (const auto position : *candidates) {
      if (selector.matches(all_[position].labels)) visit(all_[position]);
    }
  }

 private:
  using Positions = std::vector<std::uint32_t>;
  const Positions* rarest(const Selector& selector, std::string_view namespaceName) const;

  std::vector<PodTemplate> all_;
  std::unordered_map<std::uint64_t, Positions> byLabel_;  // by namespace, key and value; collisions only add candidates
};

}  // namespace kdsl::graph
