// One container: resources and probes.
#include <fmt/format.h>

#include <algorithm>

#include "base/near_name.hpp"
#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"

namespace kdsl::graph {

namespace code = diag::code;
using units::Quantity;

namespace {

const Quantity* quantityOf(const Node& node) { return node.value().is(ValueKind::Quantity) ? &node.value().asQuantity() : nullptr; }

bool isHugePages(std::string_view name) { return name.starts_with("hugepages-"); }
/// What a vendor's device plug-in counts: whole things that cannot be shared.
bool isExtended(std::string_view name) { return name.find('/') != std::string_view::npos && !name.starts_with("kubernetes.io/"); }

void resourceName(const Node& entry, std::string_view name, Findings& findings) {
  if (name.find('/') != std::string_view::npos || isHugePages(name)) return;
  static constexpr std::string_view known[] = {"cpu", "memory", "ephemeral-storage"};
  if (std::find(std::begin(known), std::end(known), name) != std::end(known)) return;
  auto* diagnostic = findings.report(code::no_such_resource, entry, {std::string(name)});
  if (diagnostic == nullptr) return;
  if (const auto near = base::nearest(name, known); !near.empty()) diagnostic->label(fmt::format("did you mean `{}`?", near));
  diagnostic->note("`cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`; what a vendor adds has a `/`: `nvidia.com/gpu`");
}

void amount(const Node& entry, std::string_view name, const Quantity& value, Findings& findings) {
  if (value.isNegative()) {
    findings.report(code::negative_amount, entry, {std::string(name), value.text()});
    return;
  }
  if (isExtended(name) && !value.toInteger()) findings.report(code::not_whole, entry, {std::string(name), value.text()});
}

}  // namespace

void checkResources(const Node& container, Findings& findings) {
  const auto resources = container[names().resources];
  if (!resources) return;
  const auto limits = resources[names().limits], requests = resources[names().requests];
  const auto each = [&](const Node& list) {
    list.entries([&](Symbol key, const Node& entry) {
      resourceName(entry, base::text(key), findings);
      if (const auto* value = quantityOf(entry)) amount(entry, base::text(key), *value, findings);
    });
  };
  each(limits);
  each(requests);
  requests.entries([&](Symbol key, const Node& request) {
    const auto limit = limits[key];
    const auto* asked = quantityOf(request);
    const auto* most = quantityOf(limit);
    const auto name = base::text(key);
    const bool isFixed = isHugePages(name) || isExtended(name);
    if (asked == nullptr || most == nullptr) {
      if (isFixed && asked != nullptr && !limit) {
        if (auto* diagnostic = findings.report(code::request_without_limit, request, {std::string(name)})) diagnostic->note(fmt::format("write the same under `limits`: `{}: {}`", name, asked->text()));
      }
      return;
    }
    if (*asked <= *most && (!isFixed || *asked == *most)) return;
    auto* diagnostic = findings.report(*asked > *most ? code::request_above_limit : code::request_is_not_limit, request, {std::string(name), asked->text(), most->text()});
    if (diagnostic != nullptr) diagnostic->also(limit.where(findings.evaluator()), "the limit");
  });
}

namespace {

class ProbeRules {
 public:
  ProbeRules(const Node& container, Findings& findings) : container_(container), findings_(findings) {}

  void run(bool isInit) {
    const auto& n = names();
    const Symbol probes[] = {n.livenessProbe, n.readinessProbe, n.startupProbe};
    for (const auto which : probes) {
      const auto probe = container_[which];
      if (!probe) continue;
      if (isInit) {
        notInInit(probe, which);
        continue;
      }
      const auto threshold = probe[n.successThreshold];
      if (which != n.readinessProbe && threshold.isInteger() && threshold.integer() != 1) {
        if (auto* diagnostic = findings_.report(code::probe_threshold, threshold, {std::string(base::text(which)), fmt::format("{}", threshold.integer())})) findings_.replaceNumber(*diagnostic, threshold, "1");
      }
      const auto grace = probe[n.terminationGracePeriodSeconds];
      if (which == n.readinessProbe && grace) {
        if (auto* diagnostic = findings_.report(code::not_for_readiness, grace, {})) diagnostic->note("a container that is not ready is not stopped; `livenessProbe` and `startupProbe` stop it");
      }
      port(probe.at(n.httpGet, n.port));
      port(probe.at(n.tcpSocket, n.port));
    }
    if (const auto lifecycle = container_[n.lifecycle]; lifecycle && isInit) notInInit(lifecycle, n.lifecycle);
  }

 private:
  void notInInit(const Node& at, Symbol which) {
    auto* diagnostic = findings_.report(code::not_in_init, at, {std::string(base::text(which))});
    if (diagnostic != nullptr) diagnostic->note("it ends before the others start; with `restartPolicy: \"Always\"` it is a sidecar, which has probes");
  }

  void port(const Node& port) {
    if (!port) return;
    const auto& n = names();
    const auto ports = container_[n.ports];
    bool found = false;
    std::size_t count = 0;
    std::vector<std::string_view> known;
    ports.each([&](const Node& candidate) {
      ++count;
      found = found || (port.isText() ? candidate[n.name].text() == port.text() : candidate[n.containerPort].integer() == port.integer());
      if (!candidate[n.name].text().empty()) known.push_back(candidate[n.name].text());
    });
    if (found || (count == 0 && !port.isText())) return;
    if (port.isText()) {
      auto* diagnostic = findings_.report(code::no_such_container_port, port, {std::string(port.text())});
      if (diagnostic == nullptr) return;
      if (const auto near = base::nearest(port.text(), known); !near.empty()) {
        diagnostic->label(fmt::format("did you mean `{}`?", near));
        findings_.replaceText(*diagnostic, port, near);
      }
      if (ports) diagnostic->also(ports.where(findings_.evaluator()), "the ports of this container");
      return;
    }
    auto* diagnostic = findings_.report(code::probe_port_unknown, port, {fmt::format("{}", port.integer())});
    if (diagnostic != nullptr) diagnostic->also(ports.where(findings_.evaluator()), "the ports of this container");
  }

  const Node& container_;
  Findings& findings_;
};

}  // namespace

void checkProbes(const Node& container, bool isInit, Findings& findings) { ProbeRules(container, findings).run(isInit); }

}  // namespace kdsl::graph
