#include "graph/selections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/near_name.hpp"
#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"

namespace kdsl::graph {

namespace code = diag::code;

void SelectionCheck::add(ObjectId id) {
  const auto& object = objects_[id];
  const auto kind = object.kind;
  if (kind == "Service" && object.group.empty()) {
    service(id, object);
  } else if (object.group == "apps" || (kind == "Job" && object.group == "batch")) {
    workload(object);
  } else if (kind == "NetworkPolicy" && object.group == "networking.k8s.io") {
    networkPolicy(id, object);
  } else if (kind == "PodDisruptionBudget" && object.group == "policy") {
    if (const auto written = object.node.at(names().spec, names().selector)) ask(id, written, Selector::Form::LabelSelector);
  }
}

void SelectionCheck::ask(ObjectId id, const Node& written, Selector::Form form, bool isPeer) {
  Asked asked;
  asked.from = id;
  asked.form = form;
  asked.isPeer = isPeer;
  asked.query = pods_.queryOf(Selector(written, form), objects_[id].identity.namespaceName);
  asked.written = written;
  asked_.push_back(asked);
}

void SelectionCheck::run() {
  for (const auto& asked : asked_) run(asked);
}

void SelectionCheck::run(const Asked& asked) {
  taken_.clear();
  pods_.select(asked.query, [&](const PodTemplate& pod) {
    if (!asked.query.hasExpressions || Selector(asked.written, asked.form).matches(pod.labels)) taken_.push_back(&pod);
  });
  const auto& object = objects_[asked.from];
  if (!asked.isPeer) {
    for (const auto* pod : taken_) selections_.push_back({asked.from, pod->object, asked.written});
  }
  if (taken_.empty()) {
    mustTake(asked, Selector(asked.written, asked.form));
  } else if (!reachesPorts(asked)) {
    targetPorts(object);
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

void SelectionCheck::mustTake(const Asked& asked, const Selector& selector) {
  if (selector.isEmpty()) return;
  const auto& object = objects_[asked.from];
  const auto& written = asked.written;
  // The pod that comes nearest says which label is wrong.
  const PodTemplate* nearest = nullptr;
  std::size_t most = 0;
  for (const auto& pod : pods_.all()) {
    if (objects_[pod.object].namespaceName != object.namespaceName) continue;
    std::size_t equal = 0;
    selector.labels().entries([&](Symbol key, const Node& value) { equal += pod.labels[key].text() == value.text() ? 1 : 0; });
    if (nearest == nullptr || equal > most) {
      nearest = &pod;
      most = equal;
    }
  }
  if (nearest == nullptr || isOperators(selector)) return;  // no such pod is made here
  const auto wrong = selector.firstMismatch(nearest->labels);
  auto* diagnostic = findings_.report(code::selects_no_pod, wrong ? wrong : written, {asked.isPeer ? fmt::format("a peer of {}", object.kind) : std::string(object.kind), std::string(object.name)});
  if (diagnostic == nullptr || !wrong) return;
  if (asked.isPeer) diagnostic->note("of pods that another build makes, say in which namespaces they are: `namespaceSelector: …` beside `podSelector`");
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
  bool found = false;
  selector.labels().entries([&](Symbol key, const Node&) {
    const auto text = base::text(key);
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return;
    const auto domain = text.substr(0, slash);
    found = found || std::any_of(objects_.all().begin(), objects_.all().end(), [&](const Object& object) {
              return object.group == domain || (object.group.ends_with(domain) && object.group[object.group.size() - domain.size() - 1] == '.');
            });
  });
  return found;
}

void SelectionCheck::service(ObjectId id, const Object& object) {
  const auto spec = object.node[names().spec];
  const auto written = spec[names().selector];
  if (written.count() == 0) return;
  ask(id, written, Selector::Form::Labels);
  auto& asked = asked_.back();
  asked.firstPort = static_cast<std::uint32_t>(ports_.size());
  spec[names().ports].each([&](const Node& port) {
    if (const auto target = port[names().targetPort]; target.isText()) ports_.push_back(base::intern(target.text()));
  });
  asked.portCount = static_cast<std::uint32_t>(ports_.size()) - asked.firstPort;
}

bool SelectionCheck::reachesPorts(const Asked& asked) const {
  const auto ports = std::span(ports_).subspan(asked.firstPort, asked.portCount);
  return std::all_of(ports.begin(), ports.end(), [&](Symbol port) {
    return std::any_of(taken_.begin(), taken_.end(), [&](const PodTemplate* pod) { return pods_.hasPort(*pod, port); });
  });
}

void SelectionCheck::targetPorts(const Object& object) {
  object.node.at(names().spec, names().ports).each([&](const Node& port) {
    const auto target = port[names().targetPort];
    if (!target.isText()) return;
    std::vector<std::string_view> known;
    bool found = false;
    Node containers;
    for (const auto* pod : taken_) {
      found = found || objects_[pod->object].isBroken;
      if (!containers) containers = pod->spec[names().containers];
      for (const auto list : {names().containers, names().initContainers}) {
        pod->spec[list].each([&](const Node& container) {
          container[names().ports].each([&](const Node& candidate) {
            const auto name = candidate[names().name].text();
            found = found || name == target.text();
            if (!name.empty()) known.push_back(name);
          });
        });
      }
    }
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
  if (const auto own = spec[names().podSelector]) ask(id, own, Selector::Form::LabelSelector);
  const auto peers = [&](const Node& rules, Symbol side) {
    rules.each([&](const Node& rule) {
      rule[side].each([&](const Node& peer) {
        const auto pods = peer[names().podSelector];
        if (pods && !peer[names().namespaceSelector]) ask(id, pods, Selector::Form::LabelSelector, true);
      });
    });
  };
  peers(spec[names().ingress], names().from);
  peers(spec[names().egress], names().to);
}

}  // namespace kdsl::graph
