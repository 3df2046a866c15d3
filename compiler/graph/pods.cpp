#include "graph/pods.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "graph/names.hpp"

namespace kdsl::graph {
namespace {

std::uint64_t inNamespace(std::string_view namespaceName) { return base::hashBytes(namespaceName); }

std::uint64_t withLabel(std::string_view namespaceName, Symbol key, std::string_view value) {
  return base::combine(base::combine(inNamespace(namespaceName), base::index(key)), base::hashBytes(value));
}

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
  const auto fromTemplate = [&](const Node& made) { return PodTemplate{id, made[n.metadata], made.at(n.metadata, n.labels), made[n.spec]}; };
  if (object.kind == "Pod" && object.group.empty()) return fromTemplate(object.node);
  if (object.kind == "PodTemplate" && object.group.empty()) return fromTemplate(object.node[n.templateOf]);
  const auto spec = object.node[n.spec];
  if (object.kind == "CronJob") return fromTemplate(spec.at(n.jobTemplate, n.spec, n.templateOf));
  const auto made = spec[n.templateOf];
  return made.at(n.spec, n.containers) ? fromTemplate(made) : PodTemplate{id, {}, {}, {}};
}

Selector::Selector(const Node& node, Form form) {
  const auto labels = form == Form::Labels ? node : node[names().matchLabels];
  labels.entries([&](Symbol key, const Node& value) { labels_.emplace_back(key, value); });
  if (form == Form::LabelSelector) node[names().matchExpressions].each([&](const Node& expression) { expressions_.push_back(expression); });
}

bool Selector::matches(const Node& labels) const {
  return !firstMismatch(labels) && std::all_of(expressions_.begin(), expressions_.end(), [&](const Node& expression) { return holds(expression, labels); });
}

Node Selector::firstMismatch(const Node& labels) const {
  for (const auto& [key, value] : labels_) {
    const auto label = labels[key];
    if (!label || label.text() != value.text()) return value;
  }
  return {};
}

void Pods::add(PodTemplate pod, std::string_view namespaceName) {
  const auto position = static_cast<std::uint32_t>(all_.size());
  byLabel_[inNamespace(namespaceName)].push_back(position);
  pod.labels.entries([&](Symbol key, const Node& value) { byLabel_[withLabel(namespaceName, key, value.text())].push_back(position); });
  all_.push_back(std::move(pod));
}

const Pods::Positions* Pods::rarest(const Selector& selector, std::string_view namespaceName) const {
  const auto listOf = [&](std::uint64_t key) -> const Positions* {
    const auto found = byLabel_.find(key);
    return found == byLabel_.end() ? nullptr : &found->second;
  };
  const auto* best = listOf(inNamespace(namespaceName));
  for (const auto& [key, value] : selector.labels()) {
    const auto* positions = listOf(withLabel(namespaceName, key, value.text()));
    if (positions == nullptr) return nullptr;
    if (best == nullptr || positions->size() < best->size()) best = positions;
  }
  return best;
}

}  // namespace kdsl::graph
