// Pods: containers against each other and against the volumes.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/near_name.hpp"
#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"

namespace kdsl::graph {

namespace code = diag::code;

namespace {

class PodRules {
 public:
  PodRules(const Object& object, const PodTemplate& pod, Findings& findings) : object_(object), pod_(pod), findings_(findings) {}

  void run() {
    collectVolumes();
    const auto& n = names();
    isHostNetwork_ = pod_.spec[n.hostNetwork].isTrue();
    pod_.spec[n.initContainers].each([&](const Node& container) { check(container, container[n.restartPolicy].text() != "Always"); });
    pod_.spec[n.containers].each([&](const Node& container) { check(container, false); });
    pod_.spec[n.ephemeralContainers].each([&](const Node& container) { uniqueName(container); });
  }

 private:
  struct Listener {
    std::string_view container, protocol;
    Node number;
  };

  void collectVolumes() {
    const auto& n = names();
    pod_.spec[n.volumes].each([&](const Node& volume) {
      volumes_.push_back(volume[n.name].text());
      if (volume.count() == 1 && volume[n.name]) {
        if (auto* diagnostic = findings_.report(code::volume_without_source, volume[n.name], {std::string(volume[n.name].text())})) diagnostic->note("the server makes an empty folder of it: where that is meant, write `emptyDir: {}`");
      }
      projectedPaths(volume[n.projected]);
    });
    if (object_.kind == "StatefulSet") {
      object_.node.at(n.spec, n.volumeClaimTemplates).each([&](const Node& claim) { volumes_.push_back(claim.at(n.metadata, n.name).text()); });
    }
  }

  /// Sources of one volume write files of one folder.
  void projectedPaths(const Node& projected) {
    const auto& n = names();
    std::vector<Node> written;
    const auto note = [&](const Node& path) {
      if (path.text().empty()) return;
      const auto first = std::find_if(written.begin(), written.end(), [&](const Node& other) { return other.text() == path.text(); });
      if (first == written.end()) {
        written.push_back(path);
      } else if (auto* diagnostic = findings_.report(code::path_written_twice, path, {std::string(path.text())})) {
        diagnostic->also(first->where(findings_.evaluator()), "first here").note("the later source hides the earlier one");
      }
    };
    projected[n.sources].each([&](const Node& source) {
      for (const auto kind : {n.configMap, n.secret, n.downwardAPI}) {
        source.at(kind, n.items).each([&](const Node& item) { note(item[n.path]); });
      }
      for (const auto kind : {n.serviceAccountToken, n.clusterTrustBundle}) note(source.at(kind, n.path));
    });
  }

  void check(const Node& container, bool isInit) {
    uniqueName(container);
    ports(container, isInit);
    mounts(container, names().volumeMounts);
    mounts(container, names().volumeDevices);
    checkResources(container, findings_);
    checkProbes(container, isInit, findings_);
    security(container);
  }

  void uniqueName(const Node& container) {
    const auto name = container[names().name];
    if (name.text().empty()) return;
    const auto first = std::find_if(containers_.begin(), containers_.end(), [&](const Node& other) { return other.text() == name.text(); });
    if (first == containers_.end()) {
      containers_.push_back(name);
    } else if (auto* diagnostic = findings_.report(code::container_name_taken, name, {std::string(name.text())})) {
      diagnostic->also(first->where(findings_.evaluator()), "first here");
    }
  }

  void ports(const Node& container, bool isInit) {
    const auto& n = names();
    std::vector<Node> named;
    container[n.ports].each([&](const Node& port) {
      const auto name = port[n.name];
      if (!name.text().empty()) {
        for (const auto& other : named) {
          if (other.text() != name.text()) continue;
          if (auto* diagnostic = findings_.report(code::port_name_taken, name, {std::string(name.text())})) diagnostic->also(other.where(findings_.evaluator()), "first here");
          break;
        }
        named.push_back(name);
      }
      const auto host = port[n.hostPort];
      if (host && host.integer() != 0) hostPort(port, host);
      if (!isInit) overlap(container, port);
    });
  }

  void hostPort(const Node& port, const Node& host) {
    const auto& n = names();
    const auto protocol = port[n.protocol] ? port[n.protocol].text() : "TCP";
    if (isHostNetwork_ && port[n.containerPort].isInteger() && host.integer() != port[n.containerPort].integer()) {
      auto* diagnostic = findings_.report(code::host_port_differs, host, {fmt::format("{}", host.integer()), fmt::format("{}", port[n.containerPort].integer())});
      if (diagnostic != nullptr) {
        diagnostic->note("with `hostNetwork` a container listens on the node itself: there is one number");
        findings_.replaceNumber(*diagnostic, host, fmt::format("{}", port[n.containerPort].integer()));
      }
    }
    const auto key = fmt::format("{}/{}/{}", host.integer(), protocol, port[n.hostIP].text());
    const auto [first, isNew] = hostPorts_.try_emplace(key, host);
    if (isNew) return;
    auto* diagnostic = findings_.report(code::host_port_taken, host, {fmt::format("{}", host.integer()), std::string(protocol)});
    if (diagnostic != nullptr) diagnostic->also(first->second.where(findings_.evaluator()), "first here");
  }

  /// Containers of a pod share one network: only one of them can listen.
  void overlap(const Node& container, const Node& port) {
    const auto& n = names();
    const auto number = port[n.containerPort];
    if (!number.isInteger()) return;
    const auto protocol = port[n.protocol] ? port[n.protocol].text() : "TCP";
    const auto first = std::find_if(listening_.begin(), listening_.end(), [&](const Listener& other) { return other.number.integer() == number.integer() && other.protocol == protocol; });
    if (first == listening_.end()) {
      listening_.push_back({container[n.name].text(), protocol, number});
      return;
    }
    if (first->container == container[n.name].text()) return;
    auto* diagnostic = findings_.report(code::port_shared, number, {fmt::format("{}", number.integer()), std::string(first->container)});
    if (diagnostic != nullptr) {
      diagnostic->also(first->number.where(findings_.evaluator()), fmt::format("of `{}`", first->container));
      diagnostic->note("the containers of a pod share its network: only one of them can listen on a port");
    }
  }

  void mounts(const Node& container, Symbol field) {
    container[field].each([&](const Node& mount) {
      const auto name = mount[names().name];
      if (!name.isText() || std::find(volumes_.begin(), volumes_.end(), name.text()) != volumes_.end()) return;
      auto* diagnostic = findings_.report(code::no_such_volume, name, {std::string(name.text())});
      if (diagnostic == nullptr) return;
      if (const auto near = base::nearest(name.text(), volumes_); !near.empty()) {
        diagnostic->label(fmt::format("did you mean `{}`?", near));
        findings_.replaceText(*diagnostic, name, near);
      } else {
        diagnostic->note(fmt::format("declare it beside the containers: `volumes: [{{ name: \"{}\", emptyDir: {{}} }}]`", name.text()));
      }
      if (const auto volumes = pod_.spec[names().volumes]) diagnostic->also(volumes.where(findings_.evaluator()), "the volumes of this pod");
    });
  }

  void security(const Node& container) {
    const auto& n = names();
    const auto context = container[n.securityContext];
    const auto escalation = context[n.allowPrivilegeEscalation];
    if (!escalation || escalation.isTrue()) return;
    const auto report = [&](const Node& why, const std::string& what) {
      if (auto* diagnostic = findings_.report(code::escalation_contradicted, escalation, {what})) diagnostic->also(why.where(findings_.evaluator()), "here");
    };
    if (context[n.privileged].isTrue()) report(context[n.privileged], "a privileged container");
    context.at(n.capabilities, n.add).each([&](const Node& capability) {
      if (capability.text() == "SYS_ADMIN" || capability.text() == "CAP_SYS_ADMIN") report(capability, "`SYS_ADMIN`");
    });
  }

  const Object& object_;
  const PodTemplate& pod_;
  Findings& findings_;
  bool isHostNetwork_ = false;
  std::vector<std::string_view> volumes_;
  std::vector<Node> containers_;  // their names
  std::unordered_map<std::string, Node> hostPorts_;
  std::vector<Listener> listening_;
};

}  // namespace

void checkPod(const Object& object, const PodTemplate& pod, Findings& findings) { PodRules(object, pod, findings).run(); }

}  // namespace kdsl::graph
