#include "graph/references.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"

namespace kdsl::graph {

namespace {
constexpr int deepestPart = 32;  // no definition of the API nests so deep
}

Wanted Wanted::in(const Node& holder, std::string_view kind) {
  const auto& n = names();
  const auto text = [](const Node& node) { return Wanted{Kind::Name, base::intern(node.text()), 0}; };
  if (kind == "ConfigMap" || kind == "Secret") {
    if (holder[n.items]) return {Kind::Other};
    const auto key = holder[n.key];
    return key.text().empty() ? Wanted{} : text(key);
  }
  if (kind != "Service") return {};
  auto port = holder[n.port];
  if (port.isRecord()) port = port[n.number] ? port[n.number] : port[n.name];
  if (!port) return {};
  if (port.isInteger() && port.integer() != 0) return {Kind::Number, {}, port.integer()};
  return port.text().empty() ? Wanted{Kind::Other} : text(port);
}

bool Wanted::isMet(std::span<const Offer> offers) const {
  switch (kind) {
    case Kind::Nothing: return true;
    case Kind::Name: return std::any_of(offers.begin(), offers.end(), [&](const Offer& offer) { return offer.name == name; });
    case Kind::Number: return std::any_of(offers.begin(), offers.end(), [&](const Offer& offer) { return offer.number == number; });
    case Kind::Other: return false;
  }
  return false;
}

void ReferenceWalk::object(ObjectId id) {
  current_ = id;
  visit(objects_[id].node, 0);
}

void ReferenceWalk::visit(const Node& record, int depth) {
  const auto* nominal = record.nominal();
  if (nominal == nullptr || depth > deepestPart) return;
  const bool isOfApi = nominal->kind == types::NominalKind::KubernetesKind || nominal->kind == types::NominalKind::KubernetesPart;
  if (!isOfApi) {
    custom(record, depth);
    return;
  }
  const auto* plan = plans_.of(nominal->definition);
  if (plan == nullptr) return;
  for (const auto& rule : plan->recordRules) apply(rule, record, record[rule.field], findings_);
  for (const auto& [key, place] : record.value().asRecord()->record->children.list) {
    if (place->member == nullptr || place->forced != eval::Place::State::Done) continue;
    const auto& fieldPlan = plan->fields[place->member->field];
    if (fieldPlan.isEmpty()) continue;
    const Node field(place->value, place);
    if (!field) continue;
    for (const auto& rule : fieldPlan.rules) apply(rule, record, field, findings_);
    if (fieldPlan.step) take(*fieldPlan.step, record, field, depth);
  }
}

void ReferenceWalk::take(const Step& step, const Node& record, const Node& field, int depth) {
  path_.push_back(step.field);
  const auto enter = [&](const Node& part) {
    if (step.kind == Step::Kind::Reference) {
      if (part.isText()) {
        add(step, record, part);
      } else {
        add(step, part, part[names().name]);
      }
    } else if (step.kind == Step::Kind::Typed) {
      addTyped(part);
    } else {
      visit(part, depth + 1);
    }
  };
  if (step.kind == Step::Kind::Name) {
    add(step, record, field);
  } else if (field.nominal() != nullptr) {
    enter(field);
  } else {
    field.each(enter);
  }
  path_.pop_back();
}

/// A custom kind, which may have parts of the API anywhere.
void ReferenceWalk::custom(const Node& record, int depth) {
  record.entries([&](Symbol key, const Node& field) {
    path_.push_back(key);
    enter(field, depth + 1);
    path_.pop_back();
  });
}

void ReferenceWalk::enter(const Node& node, int depth) {
  if (depth > deepestPart) return;
  if (node.nominal() != nullptr) {
    visit(node, depth);
  } else if (node.isRecord()) {
    custom(node, depth);
  } else {
    node.each([&](const Node& element) { enter(element, depth + 1); });
  }
}

void ReferenceWalk::add(const Step& step, const Node& holder, const Node& name) {
  if (name.text().empty()) return;
  Reference reference;
  reference.target = {step.targetGroup, step.targetKind, {}, base::intern(name.text())};
  reference.name = name;
  reference.holder = holder;
  reference.isTolerated = step.isTolerated;
  reference.isExpected = !step.toExisting && !holder[names().optional].isTrue();
  push(std::move(reference), step.isNamespaced);
}

void ReferenceWalk::addTyped(const Node& node) {
  const auto name = node[names().name];
  const auto kind = node[names().kind].text();
  if (name.text().empty() || kind.empty()) return;
  auto group = node[names().apiGroup].text();
  if (const auto version = node[names().apiVersion].text(); !version.empty()) {
    const auto slash = version.find('/');
    group = slash == std::string_view::npos ? std::string_view() : version.substr(0, slash);
  }
  const auto known = pack_.prelude(kind);
  const bool isBuiltIn = known && pack_.definition(*known).group() == group && pack_.definition(*known).isCreatable();
  // A user or group of an RBAC subject is no object.
  if (!isBuiltIn && (kind == "User" || kind == "Group")) return;
  if (!isBuiltIn && known && isOwnGroup(group)) {
    reportGroup(node, pack_.definition(*known));
    return;
  }
  Reference reference;
  reference.target = {base::intern(group), base::intern(kind), {}, base::intern(name.text())};
  reference.name = name;
  reference.holder = node;
  reference.isTyped = true;
  push(std::move(reference), !isBuiltIn || pack_.definition(*known).isNamespaced());
}

/// A group of Kubernetes itself, or what is none at all: others carry a domain.
bool ReferenceWalk::isOwnGroup(std::string_view group) const {
  if (group.find('.') == std::string_view::npos) return true;
  const auto all = pack_.groupVersions();
  return std::any_of(all.begin(), all.end(), [&](const kubernetes::GroupVersion& known) { return known.group() == group; });
}

void ReferenceWalk::reportGroup(const Node& node, const kubernetes::Definition& meant) {
  const auto& n = names();
  const bool hasVersion = node.nominal() != nullptr && node.nominal()->find(n.apiVersion) != nullptr;
  const auto written = node[hasVersion ? n.apiVersion : n.apiGroup];
  const auto wanted = hasVersion ? meant.apiVersion() : meant.group();
  auto* diagnostic = findings_.report(diag::code::wrong_reference_group, written ? written : node[n.kind], {std::string(meant.shortName()), std::string(meant.apiVersion()), written ? std::string(written.text()) : std::string("v1")});
  if (diagnostic == nullptr) return;
  if (written) {
    diagnostic->label(fmt::format("write \"{}\"", wanted));
    findings_.replaceText(*diagnostic, written, wanted);
  } else {
    diagnostic->note(fmt::format("write `{}: \"{}\"` too", hasVersion ? "apiVersion" : "apiGroup", wanted));
  }
}

void ReferenceWalk::push(Reference reference, bool isNamespaced) {
  const auto& from = objects_[current_];
  reference.from = current_;
  if (isNamespaced) {
    const auto written = reference.holder[names().namespaceName].text();
    reference.target.namespaceName = written.empty() ? from.identity.namespaceName : base::intern(written);
  }
  reference.wanted = Wanted::in(reference.holder, base::text(reference.target.kind));
  if (paths_ == Paths::Keep) {
    reference.path = path_;
    if (path_.back() != names().name && reference.name.place() != nullptr && reference.name.place()->key == names().name) reference.path.push_back(names().name);
  }
  references_.push_back(std::move(reference));
}

void ReferenceWalk::resolve() {
  for (auto& reference : references_) {
    reference.to = objects_.find(reference.target);
    // What the build knows of another namespace is only what it puts there itself.
    const auto namespaceName = reference.target.namespaceName;
    if (!reference.to && namespaceName != base::emptySymbol && namespaceName != objects_[reference.from].identity.namespaceName && !objects_.hasNamespace(namespaceName)) reference.isExpected = false;
  }
}

}  // namespace kdsl::graph
