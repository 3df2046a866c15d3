// API versions that are gone, or will be.
#include "kubernetes/lifecycle.hpp"

#include <fmt/format.h>

#include "diag/codes/kubernetes.hpp"
#include "graph/rules/object_rules.hpp"

namespace kdsl::graph {

namespace code = diag::code;

void checkLifecycle(const Object& object, const kubernetes::SchemaPack& pack, Findings& findings) {
  const auto life = kubernetes::lifecycle(object.apiVersion, object.kind);
  if (!life) return;
  const bool isRemoved = life->removedIn != 0 && life->removedIn <= pack.minor();
  const bool isDeprecated = life->deprecatedIn != 0 && life->deprecatedIn <= pack.minor();
  const auto called = fmt::format("{} of `{}`", object.kind, object.apiVersion);
  diag::Diagnostic* diagnostic = nullptr;
  if (isRemoved) {
    diagnostic = findings.report(code::removed_api, object.node, {std::to_string(pack.minor()), called, std::to_string(life->removedIn)});
  } else if (isDeprecated || life->removedIn != 0) {
    diagnostic = findings.report(code::deprecated_api, object.node, {called});
    if (diagnostic != nullptr && life->removedIn != 0) diagnostic->note(fmt::format("Kubernetes 1.{} will not have it", life->removedIn));
  }
  if (diagnostic == nullptr || life->replacement.empty()) return;
  diagnostic->note(fmt::format("use the {} of \"{}\"", life->replacementKind, kubernetes::importPathOf(pack, life->replacement)));
}

}  // namespace kdsl::graph
