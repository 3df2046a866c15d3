// Labels of nodes and annotations that Kubernetes reads no more: the table is old_names.def.
#include <fmt/format.h>

#include <string_view>

#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"

namespace kdsl::graph {

namespace code = diag::code;

namespace {

struct Old {
  enum class Sort : std::uint8_t { Label, Annotation };
  Sort sort;
  std::string_view name;
  std::string_view instead;
};

constexpr Old table[] = {
#define KD_OLD_LABEL(name, instead) {Old::Sort::Label, name, instead},
#define KD_OLD_ANNOTATION(name, instead) {Old::Sort::Annotation, name, instead},
#include "graph/rules/old_names.def"
#undef KD_OLD_LABEL
#undef KD_OLD_ANNOTATION
};

const Old* find(Old::Sort sort, std::string_view name) {
  for (const auto& old : table) {
    if (old.sort == sort && (old.name == name || (old.name.ends_with('/') && name.starts_with(old.name)))) return &old;
  }
  return nullptr;
}

class OldNames {
 public:
  OldNames(const PodTemplate& pod, Findings& findings) : pod_(pod), findings_(findings) {}

  void run() {
    const auto& n = names();
    pod_.metadata[n.annotations].entries([&](Symbol key, const Node& entry) { told(Old::Sort::Annotation, base::text(key), entry); });
    pod_.spec[n.nodeSelector].entries([&](Symbol key, const Node& entry) { told(Old::Sort::Label, base::text(key), entry); });
    pod_.spec[n.topologySpreadConstraints].each([&](const Node& constraint) { label(constraint[n.topologyKey]); });
    const auto affinity = pod_.spec[n.affinity];
    affinity.at(n.nodeAffinity, n.requiredDuringScheduling, n.nodeSelectorTerms).each([&](const Node& term) { expressions(term); });
    affinity.at(n.nodeAffinity, n.preferredDuringScheduling).each([&](const Node& preferred) { expressions(preferred[n.preference]); });
    for (const auto side : {n.podAffinity, n.podAntiAffinity}) {
      affinity.at(side, n.requiredDuringScheduling).each([&](const Node& term) { label(term[n.topologyKey]); });
      affinity.at(side, n.preferredDuringScheduling).each([&](const Node& preferred) { label(preferred.at(n.podAffinityTerm, n.topologyKey)); });
    }
  }

 private:
  void expressions(const Node& term) {
    term[names().matchExpressions].each([&](const Node& expression) { label(expression[names().key]); });
  }

  void label(const Node& written) {
    if (const auto* old = find(Old::Sort::Label, written.text())) {
      if (auto* diagnostic = told(*old, written.text(), written)) findings_.replaceText(*diagnostic, written, old->instead);
    }
  }

  void told(Old::Sort sort, std::string_view name, const Node& at) {
    if (const auto* old = find(sort, name)) told(*old, name, at);
  }

  diag::Diagnostic* told(const Old& old, std::string_view name, const Node& at) {
    auto* diagnostic = findings_.report(code::outdated, at, {std::string(name)});
    if (diagnostic == nullptr) return nullptr;
    diagnostic->label(old.sort == Old::Sort::Label ? fmt::format("write `{}`", old.instead) : fmt::format("write {}", old.instead));
    if (old.sort == Old::Sort::Annotation) diagnostic->note("the annotation has no effect any more");
    return diagnostic;
  }

  const PodTemplate& pod_;
  Findings& findings_;
};

}  // namespace

void checkOldNames(const PodTemplate& pod, Findings& findings) { OldNames(pod, findings).run(); }

}  // namespace kdsl::graph
