// Roles and who has them.
#include <fmt/format.h>

#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"

namespace kdsl::graph {

namespace code = diag::code;

void checkAccess(const Object& object, Findings& findings) {
  const auto& n = names();
  object.node[n.rules].each([&](const Node& rule) {
    const auto urls = rule[n.nonResourceURLs];
    const bool hasUrls = urls.count() > 0, hasResources = rule[n.resources].count() > 0;
    if (hasUrls && object.kind == "Role") {
      findings.report(code::urls_in_role, urls, {});
    } else if (!hasUrls && !hasResources) {
      findings.report(code::needs_either, rule, {"resources", "nonResourceURLs"});
    }
  });
  object.node[n.subjects].each([&](const Node& subject) {
    if (subject[n.kind].text() != "ServiceAccount" || !subject[n.namespaceName].text().empty()) return;
    auto* diagnostic = findings.report(code::subject_without_namespace, subject[n.name] ? subject[n.name] : subject, {std::string(subject[n.name].text())});
    if (diagnostic != nullptr && !object.namespaceName.empty()) diagnostic->note(fmt::format("this binding lives in `{}`: write `namespace: \"{}\"` if the account does", object.namespaceName, object.namespaceName));
  });
}

}  // namespace kdsl::graph
