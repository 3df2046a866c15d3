#include "graph/analysis.hpp"

#include "graph/cross_rules.hpp"
#include "graph/monitors.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"

namespace kdsl::graph {

Analysis::Analysis(eval::Evaluator& evaluator, Plans& plans, const source::FileTable& files, source::FileId root)
    : evaluator_(evaluator), findings_(evaluator, files, root), references_(evaluator.program().schema(), plans, objects_, findings_) {}

void Analysis::add(const eval::BuiltObject& object, bool isBroken) { add(object, false, isBroken); }

void Analysis::addExternal(const eval::BuiltObject& object) {
  // Nobody wrote it, so nobody has asked for its inside yet.
  const bool isGood = evaluator_.forceDeep(Value::record(object.place));
  add(object, true, !isGood);
}

void Analysis::add(const eval::BuiltObject& built, bool isExternal, bool isBroken) {
  Object object;
  object.node = Node(Value::record(built.place), built.place);
  const auto& nominal = *object.node.nominal();
  const auto apiVersion = base::text(nominal.apiVersion);
  if (const auto slash = apiVersion.find('/'); slash != std::string_view::npos) object.group = apiVersion.substr(0, slash);
  object.apiVersion = apiVersion;
  object.kind = base::text(nominal.kindName);
  object.name = object.node.at(names().metadata, names().name).text();
  if (nominal.isNamespaced) object.namespaceName = object.node.at(names().metadata, names().namespaceName).text();
  object.isExternal = isExternal;
  object.isBroken = isBroken;
  const auto id = objects_.add(object);
  bool makesPods = false;
  if (auto pod = podTemplateOf(id, object); pod.spec) {
    pods_.add(std::move(pod), object.namespaceName);
    makesPods = true;
  }
  if (object.isChecked()) inspect(id, makesPods ? &pods_.all().back() : nullptr);
}

/// What the object says by itself. Done while it is in the processor's caches: reading it again later would cost several times as much.
void Analysis::inspect(ObjectId id, const PodTemplate* pod) {
  const auto& object = objects_[id];
  const auto nominal = base::index(object.node.nominal()->id);
  const auto [lifecycle, isNew] = hasLifecycle_.try_emplace(nominal, false);
  if (isNew) lifecycle->second = kubernetes::lifecycle(object.apiVersion, object.kind).has_value();
  if (lifecycle->second) checkLifecycle(object, evaluator_.program().schema(), findings_);
  references_.object(id);
  rules(object, pod);
}

void Analysis::check(diag::Sink& sink) {
  SelectionCheck selectors(objects_, pods_, findings_, selections_);
  for (std::uint32_t i = 0; i < objects_.all().size(); ++i) {
    if (!objects_[ObjectId{i}].isChecked()) continue;
    selectors.object(ObjectId{i});
    checkMonitor(objects_[ObjectId{i}], objects_, pods_, findings_);
  }
  references_.resolve();
  checkReferences(references_.all(), objects_, findings_);
  checkCrossRules(objects_, references_.all(), selections_, findings_);
  findings_.moveTo(sink);
}

/// Which functions look at an object, by its group and kind.
void Analysis::rules(const Object& object, const PodTemplate* pod) {
  if (pod != nullptr) {
    checkPod(object, *pod, findings_);
    checkOldNames(*pod, findings_);
    checkWorkload(object, *pod, findings_);
  }
  checkAnnotations(object, findings_);
  const auto group = object.group, kind = object.kind;
  if (group.empty()) {
    if (kind == "Service") checkService(object, findings_);
    if (kind == "ConfigMap" || kind == "Secret") checkData(object, findings_);
    if (kind == "PersistentVolumeClaim") checkClaim(object, findings_);
  } else if (group == "networking.k8s.io") {
    checkNetwork(object, findings_);
  } else if (group == "rbac.authorization.k8s.io") {
    checkAccess(object, findings_);
  }
}

}  // namespace kdsl::graph
