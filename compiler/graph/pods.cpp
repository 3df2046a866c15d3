#include "graph/pods.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "graph/names.hpp"

namespace kdsl::graph {
namespace {

/// One entry of `matchExpressions`.
bool holds(const Node& expression, const Node& labels) {
  const auto label = labels[base::intern(expression[names().key].text())];
  const auto operation = expression[names().operatorName].text();
  if (operation == "Exists") return static_cast<bool>(label);
  if (operation == "DoesNotExist") return !label;
  bool isListed = false;
  expression[names().values].each([&](const Node& value) { isListed = isListed || (label && value.text() == label.text()); });
  return operation == "NotIn" ? !isListed : isListed;
}

}  // namespace

PodTemplate podTemplateOf(ObjectId id, const Object& object) {
  const auto& n = names();
  const auto fromTemplate = [&](const Node& made) {
    PodTemplate found;
    found.object = id;
    found.metadata = made[n.metadata];
    found.labels = found.metadata[n.labels];
    found.spec = made[n.spec];
    return found;
  };
  if (object.kind == "Pod" && object.group.empty()) return fromTemplate(object.node);
  if (object.kind == "PodTemplate" && object.group.empty()) return fromTemplate(object.node[n.templateOf]);
  const auto spec = object.node[n.spec];
  if (object.kind == "CronJob") return fromTemplate(spec.at(n.jobTemplate, n.spec, n.templateOf));
  const auto made = spec[n.templateOf];
  return made.at(n.spec, n.containers) ? fromTemplate(made) : PodTemplate();
}

Selector::Selector(const Node& node, Form form) : labels_(form == Form::Labels ? node : node[names().matchLabels]) {
  if (form == Form::LabelSelector) expressions_ = node[names().matchExpressions];
}

bool Selector::matches(const Node& labels) const {
  if (firstMismatch(labels)) return false;
  bool all = true;
  expressions_.each([&](const Node& expression) { all = all && holds(expression, labels); });
  return all;
}

Node Selector::firstMismatch(const Node& labels) const {
  Node wrong;
  labels_.entries([&](Symbol key, const Node& value) {
    if (wrong) return;
    const auto label = labels[key];
    if (!label || label.text() != value.text()) wrong = value;
  });
  return wrong;
}

std::uint32_t Pods::copyLabels(const Node& labels) {
  const auto before = labels_.size();
  labels.entries([&](Symbol key, const Node& value) { labels_.push_back({key, base::intern(value.text())}); });
  return static_cast<std::uint32_t>(labels_.size() - before);
}

void Pods::add(PodTemplate pod, Symbol namespaceName) {
  const auto position = static_cast<std::uint32_t>(all_.size());
  pod.firstLabel = static_cast<std::uint32_t>(labels_.size());
  pod.labelCount = copyLabels(pod.labels);
  addPorts(pod);
  putInto(namespaceName, {}, position);
  for (const auto& label : labelsOf(pod)) putInto(namespaceName, label, position);
  all_.push_back(pod);
}

void Pods::addPorts(PodTemplate& pod) {
  const auto& n = names();
  pod.firstPort = static_cast<std::uint32_t>(ports_.size());
  for (const auto list : {n.containers, n.initContainers}) {
    pod.spec[list].each([&](const Node& container) {
      container[n.ports].each([&](const Node& port) {
        if (const auto name = port[n.name].text(); !name.empty()) ports_.push_back(base::intern(name));
      });
    });
  }
  pod.portCount = static_cast<std::uint32_t>(ports_.size()) - pod.firstPort;
}

bool Pods::hasPort(const PodTemplate& pod, Symbol name) const {
  const auto ports = std::span(ports_).subspan(pod.firstPort, pod.portCount);
  return std::find(ports.begin(), ports.end(), name) != ports.end();
}

PodQuery Pods::queryOf(const Selector& selector, Symbol namespaceName) {
  PodQuery query;
  query.namespaceName = namespaceName;
  query.firstLabel = static_cast<std::uint32_t>(labels_.size());
  query.labelCount = copyLabels(selector.labels());
  query.hasExpressions = selector.hasExpressions();
  return query;
}

bool Pods::hasLabels(const PodTemplate& pod, const PodQuery& query) const {
  const auto wanted = labelsOf(query), there = labelsOf(pod);
  return std::all_of(wanted.begin(), wanted.end(), [&](const Label& label) { return std::find(there.begin(), there.end(), label) != there.end(); });
}

namespace {

std::uint64_t hashOf(Symbol namespaceName, Symbol key, Symbol value) {
  return base::combine(base::mix(base::index(namespaceName)), (std::uint64_t{base::index(key)} << 32) | base::index(value));
}

}  // namespace

std::optional<std::uint32_t> Pods::bucketOf(Symbol namespaceName, Label label) const {
  return bucketIndex_.find(hashOf(namespaceName, label.key, label.value), [&](std::uint32_t position) { return buckets_[position].namespaceName == namespaceName && buckets_[position].label == label; });
}

void Pods::putInto(Symbol namespaceName, Label label, std::uint32_t pod) {
  auto known = bucketOf(namespaceName, label);
  if (!known) {
    known = static_cast<std::uint32_t>(buckets_.size());
    buckets_.push_back({namespaceName, label});
    bucketIndex_.add(hashOf(namespaceName, label.key, label.value), *known);
  }
  auto& bucket = buckets_[*known];
  const auto link = static_cast<std::uint32_t>(links_.size());
  links_.push_back({pod});
  (bucket.last == noLink ? bucket.first : links_[bucket.last].next) = link;
  bucket.last = link;
  ++bucket.count;
}

const Pods::Bucket* Pods::rarest(const PodQuery& query) const {
  const auto listOf = [&](Label label) -> const Bucket* {
    const auto found = bucketOf(query.namespaceName, label);
    return found ? &buckets_[*found] : nullptr;
  };
  const Bucket* best = nullptr;
  for (const auto& label : labelsOf(query)) {
    const auto* bucket = listOf(label);
    if (bucket == nullptr) return nullptr;
    if (best == nullptr || bucket->count < best->count) best = bucket;
  }
  return best == nullptr ? listOf({}) : best;
}

}  // namespace kdsl::graph
