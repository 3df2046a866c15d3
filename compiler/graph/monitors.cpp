#include "graph/monitors.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/near_name.hpp"
#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"

namespace kdsl::graph {

namespace code = diag::code;

namespace {

class MonitorCheck {
 public:
  MonitorCheck(const Object& monitor, const Objects& objects, const Pods& pods, Findings& findings)
      : monitor_(monitor), objects_(objects), pods_(pods), findings_(findings), spec_(monitor.node[names().spec]), written_(spec_[names().selector]), selector_(written_, Selector::Form::LabelSelector) {}

  void run() {
    if (!written_) return;
    isOfServices_ = monitor_.kind == "ServiceMonitor";
    if (isOfServices_) {
      services();
    } else {
      pods();
    }
    if (selected_ == 0) {
      if (candidates_ != 0) missing();
      return;
    }
    if (!isComplete_) return;
    spec_[isOfServices_ ? names().endpoints : names().podMetricsEndpoints].each([&](const Node& endpoint) { port(endpoint[names().port]); });
  }

 private:
  bool looksInto(std::string_view namespaceName) const {
    const auto where = spec_[names().namespaceSelector];
    if (!where) return namespaceName == monitor_.namespaceName;
    if (where[names().any].isTrue()) return true;
    bool found = false;
    where[names().matchNames].each([&](const Node& name) { found = found || name.text() == namespaceName; });
    return found;
  }

  void services() {
    const auto& n = names();
    for (const auto& object : objects_.all()) {
      if (object.kind != "Service" || !object.group.empty() || !looksInto(object.namespaceName)) continue;
      ++candidates_;
      const auto labels = object.node.at(n.metadata, n.labels);
      compare(labels);
      if (!selector_.matches(labels)) continue;
      ++selected_;
      isComplete_ = isComplete_ && !object.isBroken;
      object.node.at(n.spec, n.ports).each([&](const Node& candidate) { ports_.push_back(candidate[n.name].text()); });
    }
  }

  void pods() {
    const auto& n = names();
    for (const auto& pod : pods_.all()) {
      if (!looksInto(objects_[pod.object].namespaceName)) continue;
      ++candidates_;
      compare(pod.labels);
      if (!selector_.matches(pod.labels)) continue;
      ++selected_;
      isComplete_ = isComplete_ && !objects_[pod.object].isBroken;
      for (const auto list : {n.containers, n.initContainers}) {
        pod.spec[list].each([&](const Node& container) { container[n.ports].each([&](const Node& candidate) { ports_.push_back(candidate[n.name].text()); }); });
      }
    }
  }

  /// Remembers the label of the nearest candidate that is wrong.
  void compare(const Node& labels) {
    std::size_t equal = 0;
    selector_.labels().entries([&](Symbol key, const Node& value) { equal += labels[key].text() == value.text() ? 1 : 0; });
    if (nearestLabels_ && equal <= mostEqual_) return;
    nearestLabels_ = labels;
    mostEqual_ = equal;
  }

  void missing() {
    const auto wrong = selector_.firstMismatch(nearestLabels_);
    auto* diagnostic = findings_.report(isOfServices_ ? code::selects_no_service : code::selects_no_pod, wrong ? wrong : written_, {std::string(monitor_.kind), std::string(monitor_.name)});
    if (diagnostic == nullptr || !wrong) return;
    const auto key = wrong.place()->key;
    const auto label = nearestLabels_[key];
    if (label) {
      diagnostic->also(label.where(findings_.evaluator()), fmt::format("`{}` of the nearest one", label.text()));
    } else {
      diagnostic->label(fmt::format("none has a label `{}` of this value", base::text(key)));
    }
    if (isOfServices_) diagnostic->note("a ServiceMonitor goes by the labels of the Service itself, not by its selector");
  }

  void port(const Node& written) {
    if (!written.isText() || std::find(ports_.begin(), ports_.end(), written.text()) != ports_.end()) return;
    auto* diagnostic = findings_.report(code::no_such_monitored_port, written, {std::string(monitor_.kind), std::string(monitor_.name), std::string(written.text())});
    if (diagnostic == nullptr) return;
    if (const auto near = base::nearest(written.text(), ports_); !near.empty()) {
      diagnostic->label(fmt::format("did you mean `{}`?", near));
      findings_.replaceText(*diagnostic, written, near);
    } else {
      diagnostic->note("it is the name of the port, not its number");
    }
  }

  const Object& monitor_;
  const Objects& objects_;
  const Pods& pods_;
  Findings& findings_;
  Node spec_, written_;
  Selector selector_;
  bool isOfServices_ = false;
  bool isComplete_ = true;
  std::size_t candidates_ = 0, selected_ = 0, mostEqual_ = 0;
  Node nearestLabels_;
  std::vector<std::string_view> ports_;
};

}  // namespace

bool isMonitor(std::string_view group, std::string_view kind) { return group == "monitoring.coreos.com" && (kind == "ServiceMonitor" || kind == "PodMonitor"); }

void checkMonitor(const Object& monitor, const Objects& objects, const Pods& pods, Findings& findings) {
  MonitorCheck(monitor, objects, pods, findings).run();
}

}  // namespace kdsl::graph
