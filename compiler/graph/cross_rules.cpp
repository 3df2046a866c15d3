#include "graph/cross_rules.hpp"

#include <fmt/format.h>

#include <unordered_set>

#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"

namespace kdsl::graph {

namespace code = diag::code;

namespace {

bool isAutoscaler(const Object& object) { return object.kind == "HorizontalPodAutoscaler" && object.group == "autoscaling"; }

void autoscaler(const Object& scaler, const Object& target, Findings& findings) {
  const auto replicas = target.node.at(names().spec, names().replicas);
  // A default that a library read from a param is written all the same, and an apply would set it.
  if (!replicas || target.isExternal || target.isBroken) return;
  auto* diagnostic = findings.report(code::replicas_and_autoscaler, replicas, {std::string(target.kind), std::string(target.name), std::string(scaler.name)});
  if (diagnostic == nullptr) return;
  diagnostic->also(scaler.node.at(names().spec, names().scaleTargetRef).where(findings.evaluator()), "the autoscaler sets it");
  diagnostic->note("every apply would set it back: leave `replicas` out");
}

/// Metrics that exist while no pod runs.
bool wakesFromZero(const Node& spec) {
  bool found = false;
  spec[names().metrics].each([&](const Node& metric) { found = found || metric[names().type].text() == "Object" || metric[names().type].text() == "External"; });
  return found;
}

void scaleToZero(const Object& scaler, Findings& findings) {
  const auto spec = scaler.node[names().spec];
  const auto least = spec[names().minReplicas];
  if (!least || least.integer(1) != 0 || wakesFromZero(spec)) return;
  auto* diagnostic = findings.report(code::no_way_from_zero, least, {});
  if (diagnostic != nullptr) diagnostic->note("with no pod there is no load to measure: a metric of type `Object` or `External` is needed");
}

/// How many pods an object keeps, if that is known from the build.
std::int64_t podsOf(const Object& object, bool& isKnown) {
  const auto replicas = object.node.at(names().spec, names().replicas);
  isKnown = object.group == "apps" && object.kind != "DaemonSet" && (!replicas || replicas.isInteger());
  return replicas ? replicas.integer() : 1;
}

void budget(const Object& object, std::int64_t pods, bool isKnown, Findings& findings) {
  const auto spec = object.node[names().spec];
  const auto most = spec[names().maxUnavailable], least = spec[names().minAvailable];
  const auto report = [&](const Node& at, std::string why) {
    if (auto* diagnostic = findings.report(code::budget_blocks_drains, at, {std::string(object.name)})) diagnostic->label(std::move(why)).note("a node with such a pod can never be drained, so never be updated");
  };
  if (most && ((most.isInteger() && most.integer() == 0) || most.text() == "0%")) report(most, "no pod may ever go");
  if (!least) return;
  if (least.text() == "100%") report(least, "every pod must stay");
  if (least.isInteger() && isKnown && pods > 0 && least.integer() >= pods) report(least, fmt::format("there {} {} pod{}", pods == 1 ? "is" : "are", pods, pods == 1 ? "" : "s"));
}

}  // namespace

void checkCrossRules(const Objects& objects, std::span<const Reference> references, std::span<const Selection> selections, Findings& findings) {
  std::unordered_set<std::uint32_t> scaled;
  for (const auto& reference : references) {
    if (!reference.isTyped || !reference.to || !isAutoscaler(objects[reference.from])) continue;
    // A metric may name an object too: only the target is scaled.
    const auto target = objects[reference.from].node.at(names().spec, names().scaleTargetRef);
    if (target.place() != reference.holder.place()) continue;
    scaled.insert(base::index(*reference.to));
    autoscaler(objects[reference.from], objects[*reference.to], findings);
  }
  for (const auto& object : objects.all()) {
    if (object.isChecked() && isAutoscaler(object)) scaleToZero(object, findings);
  }
  // Selections of one budget stand together.
  for (std::size_t i = 0; i < selections.size();) {
    const auto from = selections[i].from;
    if (objects[from].kind != "PodDisruptionBudget") {
      ++i;
      continue;
    }
    std::int64_t pods = 0;
    bool isKnown = true;
    for (; i < selections.size() && selections[i].from == from; ++i) {
      bool isCounted = false;
      pods += podsOf(objects[selections[i].to], isCounted);
      isKnown = isKnown && isCounted && !scaled.contains(base::index(selections[i].to));
    }
    budget(objects[from], pods, isKnown, findings);
  }
}

}  // namespace kdsl::graph
