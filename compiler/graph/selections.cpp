#include "graph/selections.hpp"

#include <fmt/format.h>

#include "base/near_name.hpp"
#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"

namespace kdsl::graph {

namespace code = diag::code;

void SelectionCheck::object(ObjectId id) {
  const auto& object = objects_[id];
  const auto kind = object.kind;
  const auto spec = object.node[names().spec];
  if (kind == "Service" && object.group.empty()) {
    service(id, object);
  } else if (object.group == "apps" || (kind == "Job" && object.group == "batch")) {
    workload(object);
  } else if (kind == "NetworkPolicy" && object.group == "networking.k8s.io") {
    networkPolicy(id, object);
  } else if (kind == "PodDisruptionBudget" && object.group == "policy") {
    const auto written = spec[names().selector];
    const Selector selector(written, Selector::Form::LabelSelector);
    if (written && select(id, object, written, selector) == 0) mustTake(object, written, selector);
  }
}

void SelectionCheck::workload(const Object& object) {
  const auto spec = object.node[names().spec];
  const auto written = spec[names().selector];
  if (!written) return;
  const Selector selector(written, Selector::Form::LabelSelector);
  if (selector.isEmpty()) {
    findings_.report(code::empty_selector, written, {std::string(object.kind)});
    return;
  }
  const auto labels = spec.at(names().templateOf, names().metadata, names().labels);
  if (selector.matches(labels)) return;
  const auto wrong = selector.firstMismatch(labels);
  auto* diagnostic = findings_.report(code::selector_mismatch, wrong ? wrong : written, {std::string(object.kind)});
  if (diagnostic == nullptr) return;
  if (wrong) {
    const auto key = wrong.place()->key;
    const auto label = labels[key];
    diagnostic->label(fmt::format("`{}` is asked for here", base::text(key)));
    if (label) {
      diagnostic->also(label.where(findings_.evaluator()), fmt::format("`{}` in the template", label.text()));
    } else if (labels) {
      diagnostic->also(labels.where(findings_.evaluator()), fmt::format("the template has no label `{}`", base::text(key)));
    }
  }
  diagnostic->note("the pods carry the labels of `spec.template.metadata.labels`; the selector must take them");
}

std::size_t SelectionCheck::select(ObjectId id, const Object& object, const Node& written, const Selector& selector) {
  std::size_t taken = 0;
  pods_.select(selector, object.namespaceName, [&](const PodTemplate& pod) {
    ++taken;
    selections_.push_back({id, pod.object, written});
  });
  return taken;
}

void SelectionCheck::mustTake(const Object& object, const Node& written, const Selector& selector) {
  if (selector.isEmpty()) return;
  // The pod that comes nearest says which label is wrong.
  const PodTemplate* nearest = nullptr;
  std::size_t most = 0;
  for (const auto& pod : pods_.all()) {
    if (objects_[pod.object].namespaceName != object.namespaceName) continue;
    std::size_t equal = 0;
    for (const auto& [key, value] : selector.labels()) equal += pod.labels[key].text() == value.text() ? 1 : 0;
    if (nearest == nullptr || equal > most) {
      nearest = &pod;
      most = equal;
    }
  }
  if (nearest == nullptr || isOperators(selector)) return;  // no such pod is made here
  const auto wrong = selector.firstMismatch(nearest->labels);
  auto* diagnostic = findings_.report(code::selects_no_pod, wrong ? wrong : written, {std::string(object.kind), std::string(object.name)});
  if (diagnostic == nullptr || !wrong) return;
  const auto key = wrong.place()->key;
  std::vector<std::string_view> values;
  for (const auto& pod : pods_.all()) {
    if (objects_[pod.object].namespaceName != object.namespaceName) continue;
    if (const auto label = pod.labels[key]) values.push_back(label.text());
  }
  if (const auto near = base::nearest(wrong.text(), values); !near.empty() && near != wrong.text()) {
    diagnostic->label(fmt::format("did you mean `{}`?", near));
    findings_.replaceText(*diagnostic, wrong, near);
  } else if (values.empty()) {
    diagnostic->label(fmt::format("no pod has a label `{}`", base::text(key)));
  } else {
    diagnostic->label(fmt::format("no pod has `{}: {}`", base::text(key), wrong.text()));
  }
}

/// An operator labels the pods that it makes with keys of its own domain: `cnpg.io/cluster` for an object of `postgresql.cnpg.io`.
bool SelectionCheck::isOperators(const Selector& selector) const {
  for (const auto& [key, value] : selector.labels()) {
    const auto text = base::text(key);
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) continue;
    const auto domain = text.substr(0, slash);
    for (const auto& object : objects_.all()) {
      if (object.group == domain || (object.group.ends_with(domain) && object.group[object.group.size() - domain.size() - 1] == '.')) return true;
    }
  }
  return false;
}

void SelectionCheck::service(ObjectId id, const Object& object) {
  const auto written = object.node.at(names().spec, names().selector);
  const Selector selector(written, Selector::Form::Labels);
  if (selector.isEmpty()) return;
  if (select(id, object, written, selector) == 0) {
    mustTake(object, written, selector);
  } else {
    targetPorts(object, selector);
  }
}

/// A port that is named must be a port of a container that the Service reaches.
void SelectionCheck::targetPorts(const Object& object, const Selector& selector) {
  object.node.at(names().spec, names().ports).each([&](const Node& port) {
    const auto target = port[names().targetPort];
    if (!target.isText()) return;
    std::vector<std::string_view> known;
    bool found = false;
    Node containers;
    pods_.select(selector, object.namespaceName, [&](const PodTemplate& pod) {
      found = found || objects_[pod.object].isBroken;
      if (!containers) containers = pod.spec[names().containers];
      for (const auto list : {names().containers, names().initContainers}) {
        pod.spec[list].each([&](const Node& container) {
          container[names().ports].each([&](const Node& candidate) {
            const auto name = candidate[names().name].text();
            found = found || name == target.text();
            if (!name.empty()) known.push_back(name);
          });
        });
      }
    });
    if (found) return;
    auto* diagnostic = findings_.report(code::no_such_container_port, target, {std::string(target.text())});
    if (diagnostic == nullptr) return;
    if (containers) diagnostic->also(containers.where(findings_.evaluator()), "the containers that the Service reaches");
    if (const auto near = base::nearest(target.text(), known); !near.empty()) {
      diagnostic->label(fmt::format("did you mean `{}`?", near));
      findings_.replaceText(*diagnostic, target, near);
    } else {
      diagnostic->note(known.empty() ? std::string("they name no port: write its number") : fmt::format("they name {}", fmt::format("`{}`", known.front())));
    }
  });
}

void SelectionCheck::networkPolicy(ObjectId id, const Object& object) {
  const auto spec = object.node[names().spec];
  const auto own = spec[names().podSelector];
  const Selector selector(own, Selector::Form::LabelSelector);
  if (own && select(id, object, own, selector) == 0) mustTake(object, own, selector);
  const auto peers = [&](const Node& rules, Symbol side) {
    rules.each([&](const Node& rule) {
      rule[side].each([&](const Node& peer) {
        const auto pods = peer[names().podSelector];
        if (!pods || peer[names().namespaceSelector]) return;
        const Selector chosen(pods, Selector::Form::LabelSelector);
        bool any = false;
        pods_.select(chosen, object.namespaceName, [&](const PodTemplate&) { any = true; });
        if (!any) mustTake(object, pods, chosen);
      });
    });
  };
  peers(spec[names().ingress], names().from);
  peers(spec[names().egress], names().to);
}

}  // namespace kdsl::graph
