// What makes pods: restart policies and rollouts.
#include <fmt/format.h>

#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"
#include "kubernetes/formats.hpp"

namespace kdsl::graph {

namespace code = diag::code;

namespace {

bool isNothing(const Node& node) { return (node.isInteger() && node.integer() == 0) || node.text() == "0%"; }

void restartPolicy(const Object& object, const PodTemplate& pod, Findings& findings) {
  const auto& n = names();
  const auto written = pod.spec[n.restartPolicy];
  const auto kind = object.kind;
  if (object.group == "apps" || kind == "ReplicationController") {
    if (written && written.text() != "Always") {
      if (auto* diagnostic = findings.report(code::restart_policy, written, {std::string(kind), "`Always`"})) {
        diagnostic->note("what shall end by itself is a Job");
        findings.replaceText(*diagnostic, written, "Always");
      }
    }
    const auto deadline = pod.spec[n.activeDeadlineSeconds];
    if (deadline) findings.report(code::deadline_in_service, deadline, {std::string(kind)});
    return;
  }
  if (kind != "Job" && kind != "CronJob") return;
  auto job = object.node[n.spec];
  if (kind == "CronJob") job = job.at(n.jobTemplate, n.spec);
  if (!written || written.text() == "Always") {
    auto* diagnostic = findings.report(code::restart_policy, written ? written : pod.spec, {std::string(kind), "`OnFailure` or `Never`"});
    if (diagnostic == nullptr) return;
    if (written) {
      findings.replaceText(*diagnostic, written, "OnFailure");
    } else {
      diagnostic->note("where nothing is written it is `Always`, and a job would never end");
    }
  } else if (const auto policy = job[n.podFailurePolicy]; policy && written.text() != "Never") {
    if (auto* diagnostic = findings.report(code::restart_policy, written, {std::string(kind) + " with `podFailurePolicy`", "`Never`"})) {
      diagnostic->also(policy.where(findings.evaluator()), "reads how pods fail");
      findings.replaceText(*diagnostic, written, "Never");
    }
  }
  if (kind != "CronJob") return;
  for (const auto field : {n.selector, n.manualSelector}) {
    if (const auto given = job[field]) findings.report(code::job_selector_in_template, given, {std::string(base::text(field))});
  }
}

/// Each pod of an indexed Job is called by its index: the last one has the longest name.
void indexedJob(const Object& object, Findings& findings) {
  const auto& n = names();
  const auto spec = object.node[n.spec];
  if (object.kind != "Job" || object.group != "batch" || spec[n.completionMode].text() != "Indexed") return;
  const auto completions = spec[n.completions];
  if (!completions.isInteger() || completions.integer() < 1 || object.name.empty()) return;
  const auto last = fmt::format("{}-{}", object.name, completions.integer() - 1);
  if (kubernetes::formatViolation(kubernetes::TextFormat::DnsLabel, last).empty()) return;
  auto* diagnostic = findings.report(code::bad_object_name, object.node.at(n.metadata, n.name), {std::string(object.name), "Job that is indexed", fmt::format("its pods are named up to `{}`, which is no DNS label of at most 63 characters", last)});
  if (diagnostic != nullptr) diagnostic->also(completions.where(findings.evaluator()), "so many pods");
}

void rollout(const Object& object, Findings& findings) {
  const auto& n = names();
  if (object.kind != "Deployment" && object.kind != "DaemonSet") return;
  const auto strategy = object.kind == "Deployment" ? n.strategy : n.updateStrategy;
  const auto rolling = object.node.at(n.spec, strategy, n.rollingUpdate);
  const auto surge = rolling[n.maxSurge], unavailable = rolling[n.maxUnavailable];
  // Where nothing is written a Deployment surges by a quarter, a DaemonSet not at all.
  const bool noSurge = surge ? isNothing(surge) : object.kind == "DaemonSet";
  if (!unavailable || !isNothing(unavailable) || !noSurge) return;
  auto* diagnostic = findings.report(code::rollout_stuck, unavailable, {});
  if (diagnostic == nullptr) return;
  if (surge) diagnostic->also(surge.where(findings.evaluator()), "nor a new one before an old one went");
  diagnostic->label("no old pod may go").note("let one of them be 1 or more");
}

}  // namespace

void checkWorkload(const Object& object, const PodTemplate& pod, Findings& findings) {
  restartPolicy(object, pod, findings);
  rollout(object, findings);
  indexedJob(object, findings);
}

}  // namespace kdsl::graph
