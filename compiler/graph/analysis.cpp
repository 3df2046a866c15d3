#include "graph/analysis.hpp"

#include "graph/cross_rules.hpp"
#include "graph/gateways.hpp"
#include "graph/monitors.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"

namespace kdsl::graph {

namespace {

struct SubjectRules {
  std::string_view group, kind;  // no kind: all of the group
  void (*check)(const Object& object, Findings& findings);
};

/// Rules about one object that makes no pods.
constexpr SubjectRules subjectRules[] = {
    {"", "Service", checkService},
    {"", "ConfigMap", checkData},
    {"", "Secret", checkData},
    {"", "PersistentVolumeClaim", checkClaim},
    {"networking.k8s.io", "", checkNetwork},
    {"rbac.authorization.k8s.io", "", checkAccess},
};

std::string_view groupOf(std::string_view apiVersion) {
  const auto slash = apiVersion.find('/');
  return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

}  // namespace

Analysis::Analysis(eval::Evaluator& evaluator, Plans& plans, const source::FileTable& files, source::FileId root, Paths paths)
    : evaluator_(evaluator), findings_(evaluator, files, root), references_(evaluator.program().schema(), plans, objects_, findings_, paths), selections_(objects_, pods_, findings_) {}

const Analysis::Kind& Analysis::kindOf(const types::Nominal& nominal) {
  const auto position = base::index(nominal.id);
  if (position >= kinds_.size()) kinds_.resize(position + 1);
  auto& known = kinds_[position];
  if (known != nullptr) return *known;
  known = std::make_unique<Kind>();
  const auto apiVersion = base::text(nominal.apiVersion), group = groupOf(apiVersion), name = base::text(nominal.kindName);
  known->group = base::intern(group);
  known->hasLifecycle = kubernetes::lifecycle(apiVersion, name).has_value();
  for (const auto& subject : subjectRules) {
    if (subject.group == group && (subject.kind.empty() || subject.kind == name)) known->rules = subject.check;
  }
  known->hasData = name == "ConfigMap" || name == "Secret";
  known->hasPorts = name == "Service";
  known->isMonitor = isMonitor(group, name);
  known->isRoute = isRoute(group, name);
  return *known;
}

void Analysis::add(const eval::BuiltObject& object, bool isBroken) { add(object, false, isBroken); }

void Analysis::addExternal(const eval::BuiltObject& object) {
  // Nobody wrote it, so nobody has asked for its inside yet.
  const bool isGood = evaluator_.forceDeep(Value::record(object.place));
  add(object, true, !isGood);
}

/// All that other objects may want to know of this one is read now, while it is in the processor's caches: reading it again when all objects are known
/// would cost several times as much.
void Analysis::add(const eval::BuiltObject& built, bool isExternal, bool isBroken) {
  Object object;
  object.node = Node(Value::record(built.place), built.place);
  const auto& nominal = *object.node.nominal();
  const auto& kind = kindOf(nominal);
  object.apiVersion = base::text(nominal.apiVersion);
  object.group = base::text(kind.group);
  object.kind = base::text(nominal.kindName);
  const auto metadata = object.node[names().metadata];
  object.name = metadata[names().name].text();
  if (nominal.isNamespaced) object.namespaceName = metadata[names().namespaceName].text();
  object.identity = {kind.group, nominal.kindName, base::intern(object.namespaceName), base::intern(object.name)};
  object.isExternal = isExternal;
  object.isBroken = isBroken;
  offersOf(object, kind);
  const auto id = objects_.add(object, offers_);
  bool makesPods = false;
  if (const auto pod = podTemplateOf(id, object); pod.spec) {
    pods_.add(pod, object.identity.namespaceName);
    makesPods = true;
  }
  if (object.isChecked()) inspect(id, kind, makesPods ? &pods_.all().back() : nullptr);
}

void Analysis::offersOf(const Object& object, const Kind& kind) {
  const auto& n = names();
  offers_.clear();
  if (kind.hasData) {
    for (const auto field : {n.data, n.stringData, n.binaryData}) {
      object.node[field].entries([&](Symbol key, const Node&) { offers_.push_back({key}); });
    }
  } else if (kind.hasPorts) {
    object.node.at(n.spec, n.ports).each([&](const Node& port) { offers_.push_back({base::intern(port[n.name].text()), port[n.port].integer()}); });
  }
}

/// What the object shows by itself. `pod`: what it makes pods of, if it does.
void Analysis::inspect(ObjectId id, const Kind& kind, const PodTemplate* pod) {
  const auto& object = objects_[id];
  if (kind.hasLifecycle) checkLifecycle(object, evaluator_.program().schema(), findings_);
  references_.object(id);
  if (pod != nullptr) {
    checkPod(object, *pod, findings_);
    checkOldNames(*pod, findings_);
    checkWorkload(object, *pod, findings_);
  }
  checkAnnotations(object, findings_);
  if (kind.rules != nullptr) kind.rules(object, findings_);
  selections_.add(id);
  if (kind.isMonitor) monitors_.push_back(id);
  if (kind.isRoute) routes_.push_back(id);
}

void Analysis::check(diag::Sink& sink) {
  selections_.run();
  for (const auto id : monitors_) checkMonitor(objects_[id], objects_, pods_, findings_);
  for (const auto id : routes_) checkRoute(objects_[id], objects_, findings_);
  references_.resolve();
  checkReferences(references_.all(), objects_, findings_);
  checkCrossRules(objects_, references_.all(), selections_.all(), findings_);
  findings_.moveTo(sink);
}

}  // namespace kdsl::graph
