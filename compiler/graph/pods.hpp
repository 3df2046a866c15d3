#pragma once
// The pods that objects make, and selectors of their labels.
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash_index.hpp"
#include "graph/objects.hpp"

namespace kdsl::graph {

/// Where the pods of an object are described.
struct PodTemplate {
  ObjectId object{};
  std::uint32_t firstLabel = 0, labelCount = 0, firstPort = 0, portCount = 0;  // of Pods
  Node metadata;  // of the template; of a Pod its own
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
  bool isEmpty() const { return labels_.count() == 0 && !hasExpressions(); }
  bool hasExpressions() const { return expressions_.count() != 0; }
  bool matches(const Node& labels) const;
  /// The first label that is asked for and is not there, or is another; an empty node if all are there.
  Node firstMismatch(const Node& labels) const;
  /// A map of the labels that are asked for by their values.
  const Node& labels() const { return labels_; }

 private:
  Node labels_, expressions_;
};

/// What a selector asks for, to look for it among pods without reading the selector again.
struct PodQuery {
  Symbol namespaceName{};
  std::uint32_t firstLabel = 0, labelCount = 0;  // of Pods
  bool hasExpressions = false;                   // it asks for more than labels
};

/// All pod templates of a build, found by their labels. What is compared is copied out of the objects when they are added, since they have left the
/// processor's caches when all of them are known.
class Pods {
 public:
  void add(PodTemplate pod, Symbol namespaceName);
  std::span<const PodTemplate> all() const { return all_; }

  /// Of pods in this namespace.
  PodQuery queryOf(const Selector& selector, Symbol namespaceName);
  /// Calls `visit(const PodTemplate&)` for the pods that have the labels of the query, in the order of their adding. Looks only at those that have its
  /// rarest one. Expressions are left to the caller.
  template <typename Visit>
  void select(const PodQuery& query, Visit&& visit) const {
    const auto* candidates = rarest(query);
    if (candidates == nullptr) return;
    for (auto link = candidates->first; link != noLink; link = links_[link].next) {
      const auto& pod = all_[links_[link].pod];
      if (hasLabels(pod, query)) visit(pod);
    }
  }
  /// A container of the pod calls one of its ports so.
  bool hasPort(const PodTemplate& pod, Symbol name) const;

 private:
  struct Label {
    Symbol key{}, value{};
    friend bool operator==(const Label&, const Label&) = default;
  };
  static constexpr std::uint32_t noLink = ~0u;
  struct Link {
    std::uint32_t pod = 0;
    std::uint32_t next = noLink;
  };
  /// Pods of a namespace that have a label; without a label all of them.
  struct Bucket {
    Symbol namespaceName{};
    Label label;
    std::uint32_t first = noLink, last = noLink, count = 0;
  };

  std::span<const Label> labelsOf(const PodTemplate& pod) const { return std::span(labels_).subspan(pod.firstLabel, pod.labelCount); }
  std::span<const Label> labelsOf(const PodQuery& query) const { return std::span(labels_).subspan(query.firstLabel, query.labelCount); }
  std::uint32_t copyLabels(const Node& labels);
  void addPorts(PodTemplate& pod);
  bool hasLabels(const PodTemplate& pod, const PodQuery& query) const;
  const Bucket* rarest(const PodQuery& query) const;
  std::optional<std::uint32_t> bucketOf(Symbol namespaceName, Label label) const;
  void putInto(Symbol namespaceName, Label label, std::uint32_t pod);

  std::vector<PodTemplate> all_;
  std::vector<Label> labels_;  // of pods and queries
  std::vector<Symbol> ports_;
  std::vector<Bucket> buckets_;
  std::vector<Link> links_;
  base::HashIndex bucketIndex_;
};

}  // namespace kdsl::graph
