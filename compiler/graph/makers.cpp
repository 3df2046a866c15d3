#include "graph/makers.hpp"

#include <fmt/format.h>

#include "graph/kinds.hpp"
#include "graph/names.hpp"

namespace kdsl::graph {

namespace {

/// Claims of a StatefulSet are named `template-set-0`.
bool hasTemplateFor(const Object& object, std::string_view claimName) {
  if (object.kind != "StatefulSet") return false;
  bool found = false;
  object.node.at(names().spec, names().volumeClaimTemplates).each([&](const Node& claim) {
    found = found || claimName.starts_with(fmt::format("{}-{}-", claim.at(names().metadata, names().name).text(), object.name));
  });
  return found;
}

}  // namespace

std::optional<Maker> makerOf(const Identity& target, const Objects& objects, ObjectId from) {
  const auto kind = base::text(target.kind), name = base::text(target.name);
  if (isMadeFor(objects[from], kind)) return Maker{from, "metadata.annotations"};
  for (std::size_t i = 0; i < objects.all().size(); ++i) {
    const auto& object = objects.all()[i];
    if (object.identity.namespaceName != target.namespaceName) continue;
    if (const auto field = makes(object, kind, name); !field.empty()) return Maker{ObjectId{static_cast<std::uint32_t>(i)}, field};
    if (kind == "PersistentVolumeClaim" && hasTemplateFor(object, name)) return Maker{ObjectId{static_cast<std::uint32_t>(i)}, "spec.volumeClaimTemplates"};
  }
  return std::nullopt;
}

}  // namespace kdsl::graph
