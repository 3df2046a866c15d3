#include "graph/schema_plan.hpp"

#include "graph/kinds.hpp"

namespace kdsl::graph {

using kubernetes::DefId;
using kubernetes::Definition;
using kubernetes::TypeTag;

const Plan* Plans::of(DefId id) {
  auto& slot = plans_[static_cast<std::size_t>(id)];
  if (slot.isMade) return slot.plan.get();
  slot.isMade = true;  // a definition that holds itself (a JSON schema) is asked for again below, and has nothing of interest
  if (!pack_.has(id)) return nullptr;
  const auto definition = pack_.definition(id);
  auto plan = std::make_unique<Plan>();
  plan->rules = rulesOf(definition);
  for (const auto field : definition.fields()) {
    if (field.isServerOnly()) continue;
    if (auto found = step(definition, field)) plan->steps.push_back(*found);
  }
  if (plan->steps.empty() && plan->rules.empty()) return nullptr;
  return (plans_[static_cast<std::size_t>(id)].plan = std::move(plan)).get();
}

std::optional<Step> Plans::step(const Definition& definition, const kubernetes::Field& field) {
  Step made;
  made.field = base::intern(field.name());
  const auto type = field.type().innermost();
  std::optional<Definition> part;
  if (type.tag() == TypeTag::Definition && pack_.has(type.definition())) part = pack_.definition(type.definition());
  made.toExisting = part && part->field("uid");
  if (const auto kind = field.referencedKind(); !kind.empty()) {
    const auto target = pack_.prelude(kind);
    if (!target) return std::nullopt;
    made.isTolerated = worksWithout(definition.name(), field.name());
    made.kind = part ? Step::Kind::Reference : Step::Kind::Name;
    made.targetKind = pack_.definition(*target).shortName();
    made.targetGroup = pack_.definition(*target).group();
    return made;
  }
  if (!part) return std::nullopt;
  const bool saysGroup = part->field("apiGroup") || part->field("apiVersion");
  if (saysGroup && part->field("kind") && part->field("name") && !made.toExisting) {
    made.kind = Step::Kind::Typed;
    return made;
  }
  if (of(type.definition()) == nullptr) return std::nullopt;
  return made;
}

}  // namespace kdsl::graph
