// Services.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"
#include "kubernetes/formats.hpp"

namespace kdsl::graph {

namespace code = diag::code;

void checkService(const Object& object, Findings& findings) {
  const auto& n = names();
  const auto spec = object.node[n.spec];
  const auto type = spec[n.type] ? spec[n.type].text() : "ClusterIP";
  const auto address = spec[n.clusterIP];
  const bool isHeadless = address.text() == "None";
  const auto ports = spec[n.ports];
  const auto count = ports.count();

  if (count == 0 && !isHeadless && type != "ExternalName") {
    if (auto* diagnostic = findings.report(code::service_without_ports, spec ? spec : object.node, {})) diagnostic->note("without ports it may be headless (`clusterIP: \"None\"`) or an ExternalName");
  }
  if (isHeadless && (type == "NodePort" || type == "LoadBalancer")) {
    if (auto* diagnostic = findings.report(code::headless_with_type, address, {std::string(type)})) diagnostic->also(spec[n.type].where(findings.evaluator()), "needs an address of its own");
  }
  if (type == "ExternalName" && address && !isHeadless && !address.text().empty()) findings.report(code::external_name_with_address, address, {});
  if (const auto alias = spec[n.externalName]; type == "ExternalName" && !alias.text().empty()) {
    auto name = alias.text();
    if (name.ends_with('.')) name.remove_suffix(1);  // of DNS: the name is complete
    if (auto wrong = kubernetes::formatViolation(kubernetes::TextFormat::ObjectName, name); !wrong.empty()) findings.report(code::wrong_form, alias, {std::string(name), "DNS name", std::move(wrong)});
  }
  if (const auto policy = spec[n.externalTrafficPolicy]; policy && type != "LoadBalancer" && type != "NodePort" && spec[n.externalIPs].count() == 0) {
    findings.report(code::needs_other_value, policy, {"externalTrafficPolicy", "type", "\"LoadBalancer\" or \"NodePort\""});
  }

  std::vector<Node> named;
  std::map<std::pair<std::int64_t, std::string_view>, Node> nodePorts;
  ports.each([&](const Node& port) {
    const auto name = port[n.name];
    if (name.text().empty()) {
      if (count > 1) findings.report(code::service_port_unnamed, port[n.port] ? port[n.port] : port, {});
    } else if (const auto first = std::find_if(named.begin(), named.end(), [&](const Node& other) { return other.text() == name.text(); }); first == named.end()) {
      named.push_back(name);
    } else if (auto* diagnostic = findings.report(code::port_name_taken, name, {std::string(name.text())})) {
      diagnostic->also(first->where(findings.evaluator()), "first here");
    }
    const auto nodePort = port[n.nodePort];
    if (!nodePort || nodePort.integer() == 0) return;
    if (type == "ClusterIP" || type == "ExternalName") {
      auto* diagnostic = findings.report(code::needs_other_value, nodePort, {"nodePort", "type", "\"NodePort\" or \"LoadBalancer\""});
      if (diagnostic != nullptr && !spec[n.type]) diagnostic->note("`type` is \"ClusterIP\" where nothing else is written");
      return;
    }
    const auto protocol = port[n.protocol] ? port[n.protocol].text() : "TCP";
    const auto [first, isNew] = nodePorts.try_emplace({nodePort.integer(), protocol}, nodePort);
    if (isNew) return;
    auto* diagnostic = findings.report(code::node_port_taken, nodePort, {fmt::format("{}", nodePort.integer()), std::string(protocol)});
    if (diagnostic != nullptr) diagnostic->also(first->second.where(findings.evaluator()), "first here");
  });
}

}  // namespace kdsl::graph
