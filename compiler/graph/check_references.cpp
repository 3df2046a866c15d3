// Names of objects, keys and ports that nobody has.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/near_name.hpp"
#include "diag/codes/kubernetes.hpp"
#include "graph/kinds.hpp"
#include "graph/makers.hpp"
#include "graph/names.hpp"
#include "graph/references.hpp"

namespace kdsl::graph {

namespace code = diag::code;

namespace {

class ReferenceCheck {
 public:
  ReferenceCheck(const Objects& objects, Findings& findings) : objects_(objects), findings_(findings) {}

  void run(const Reference& reference) {
    if (!reference.to) {
      if (reference.isExpected && isMissed(reference)) miss(reference);
      return;
    }
    if (reference.wanted.kind == Wanted::Kind::Nothing) return;
    const auto& to = objects_[*reference.to];
    if (to.isBroken || reference.wanted.isMet(objects_.offersOf(to))) return;
    if (to.kind == "ConfigMap" || to.kind == "Secret") keys(reference, to);
    if (to.kind == "Service") port(reference, to);
  }

  /// One message for each object that is missing, at the first place that names it.
  void reportMissing() {
    for (const auto& places : missing_) reportMissing(places);
  }

 private:
  using Places = std::vector<const Reference*>;

  void miss(const Reference& reference) {
    const auto [known, isNew] = missingBy_.try_emplace(reference.target, missing_.size());
    if (isNew) missing_.emplace_back();
    missing_[known->second].push_back(&reference);
  }

  bool isMissed(const Reference& reference) const {
    const auto& target = reference.target;
    if (isInEveryCluster(target)) return false;
    const auto kind = base::text(target.kind);
    if (!mustBeDeclared(kind) && !objects_.hasKind(target.group, target.kind)) return false;
    return !makerOf(target, objects_, reference.from);
  }

  void reportMissing(const Places& places) {
    const auto& reference = *places.front();
    const auto& target = reference.target;
    const auto kind = base::text(target.kind), name = base::text(target.name), namespaceName = base::text(target.namespaceName);
    std::vector<std::string_view> names;
    const Object* elsewhere = nullptr;
    for (const auto& object : objects_.all()) {
      if (object.identity.kind != target.kind || object.identity.group != target.group) continue;
      if (object.identity.namespaceName == target.namespaceName || object.namespaceName.empty()) names.push_back(object.name);
      if (object.identity.name == target.name) elsewhere = &object;
    }
    const auto near = base::nearest(name, names);
    if (reference.isTolerated && near.empty()) return;
    auto* diagnostic = findings_.report(code::no_such_object, reference.name, {std::string(kind), std::string(name)});
    if (diagnostic == nullptr) return;
    for (std::size_t i = 1; i < std::min(places.size(), shownPlaces + 1); ++i) diagnostic->also(places[i]->name.where(findings_.evaluator()), "named here too");
    if (places.size() > shownPlaces + 1) diagnostic->note(fmt::format("named at {} places in all", places.size()));
    if (elsewhere != nullptr) {
      diagnostic->also(elsewhere->node.where(findings_.evaluator()), elsewhere->namespaceName.empty() ? std::string("has no namespace") : fmt::format("lives in namespace `{}`", elsewhere->namespaceName));
      diagnostic->note(namespaceName.empty() ? std::string("this object has no namespace: it finds those without one") : fmt::format("it is looked for in namespace `{}`", namespaceName));
      return;
    }
    if (!near.empty()) {
      diagnostic->label(fmt::format("did you mean `{}`?", near));
      findings_.replaceText(*diagnostic, reference.name, near);
    }
    // What the target gives to all objects it gives to this one too; another target gives another.
    const bool isGiven = namespaceName.empty() || findings_.isOfTarget(objects_[reference.from].node.at(graph::names().metadata, graph::names().namespaceName));
    const auto declaration = fmt::format("external {} = {} {{ metadata{} }}", identifier(name, kind), kind,
                                         isGiven ? fmt::format(".name: \"{}\"", name) : fmt::format(": {{ name: \"{}\", namespace: \"{}\" }}", name, namespaceName));
    findings_.declare(*diagnostic, fmt::format("if it is made elsewhere, say so: `{}`", declaration), declaration);
  }

  /// `tls-cert` of kind Secret: `tlsCertSecret`.
  static std::string identifier(std::string_view name, std::string_view kind) {
    std::string out;
    bool raise = false;
    for (const char c : name) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
      if (!letter && !digit) {
        raise = !out.empty();
        continue;
      }
      if (digit && out.empty()) out += 'n';
      out += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      raise = false;
    }
    return out + std::string(kind);
  }

  void keys(const Reference& reference, const Object& to) {
    if (reference.holder[names().optional].isTrue()) return;
    // A controller fills what has no data here, and tokens of accounts.
    const auto known = entriesOf(to);
    if (known.empty() || to.node[names().type].text() == "kubernetes.io/service-account-token") return;
    const auto check = [&](const Node& key) {
      if (!key.isText() || std::find(known.begin(), known.end(), key.text()) != known.end()) return;
      auto* diagnostic = findings_.report(code::no_such_data_key, key, {std::string(to.kind), std::string(to.name), std::string(key.text())});
      if (diagnostic == nullptr) return;
      if (const auto near = base::nearest(key.text(), known); !near.empty()) {
        diagnostic->label(fmt::format("did you mean `{}`?", near));
        findings_.replaceText(*diagnostic, key, near);
      }
      diagnostic->also(to.node.where(findings_.evaluator()), fmt::format("has {}", listed(known)));
    };
    check(reference.holder[names().key]);
    reference.holder[names().items].each([&](const Node& item) { check(item[names().key]); });
  }

  static std::vector<std::string_view> entriesOf(const Object& object) {
    std::vector<std::string_view> found;
    for (const auto field : {names().data, names().stringData, names().binaryData}) {
      object.node[field].entries([&](Symbol key, const Node&) { found.push_back(base::text(key)); });
    }
    return found;
  }

  static std::string listed(const std::vector<std::string_view>& all) {
    constexpr std::size_t shown = 6;
    std::string out;
    for (std::size_t i = 0; i < std::min(all.size(), shown); ++i) out += fmt::format("{}`{}`", i == 0 ? "" : ", ", all[i]);
    if (all.size() > shown) out += fmt::format(" and {} more", all.size() - shown);
    return out;
  }

  void port(const Reference& reference, const Object& to) {
    auto wanted = reference.holder[names().port];
    if (wanted.isRecord()) wanted = wanted[names().number] ? wanted[names().number] : wanted[names().name];
    const auto ports = to.node.at(names().spec, names().ports);
    if (!wanted || ports.count() == 0) return;
    std::vector<std::string_view> portNames;
    std::string numbers;
    bool found = false;
    ports.each([&](const Node& port) {
      const auto number = port[names().port];
      const auto name = port[names().name].text();
      found = found || (wanted.isText() ? wanted.text() == name : number.isInteger() && number.integer() == wanted.integer());
      if (!name.empty()) portNames.push_back(name);
      numbers += fmt::format("{}{}{}", numbers.empty() ? "" : ", ", number.integer(), name.empty() ? std::string() : fmt::format(" (`{}`)", name));
    });
    if (found) return;
    auto* diagnostic = findings_.report(code::no_such_service_port, wanted, {std::string(to.name), wanted.isText() ? fmt::format("`{}`", wanted.text()) : fmt::format("{}", wanted.integer())});
    if (diagnostic == nullptr) return;
    diagnostic->also(ports.where(findings_.evaluator()), fmt::format("has {}", numbers));
    if (!wanted.isText()) return;
    if (const auto near = base::nearest(wanted.text(), portNames); !near.empty()) {
      diagnostic->label(fmt::format("did you mean `{}`?", near));
      findings_.replaceText(*diagnostic, wanted, near);
    }
  }

  static constexpr std::size_t shownPlaces = 4;
  const Objects& objects_;
  Findings& findings_;
  std::vector<Places> missing_;
  std::unordered_map<Identity, std::size_t, IdentityHash> missingBy_;
};

}  // namespace

void checkReferences(std::span<const Reference> references, const Objects& objects, Findings& findings) {
  ReferenceCheck check(objects, findings);
  for (const auto& reference : references) check.run(reference);
  check.reportMissing();
}

}  // namespace kdsl::graph
