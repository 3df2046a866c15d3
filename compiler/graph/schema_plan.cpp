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
  const auto fields = definition.fields();
  plan->fields.resize(fields.size());
  bool isEmpty = true;
  for (auto& rule : rulesOf(definition)) {
    const auto field = definition.fieldIndex(rule.rule->field);
    isEmpty = false;
    if (asksOfMissing(*rule.rule)) {
      plan->recordRules.push_back(rule);
    } else if (field) {
      plan->fields[*field].rules.push_back(rule);
    }
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].isServerOnly()) continue;
    plan->fields[i].step = step(definition, fields[i]);
    isEmpty = isEmpty && !plan->fields[i].step;
  }
  if (isEmpty) return nullptr;
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
    made.isNamespaced = pack_.definition(*target).isNamespaced();
    made.isTolerated = worksWithout(definition.name(), field.name());
    made.kind = part ? Step::Kind::Reference : Step::Kind::Name;
    made.targetKind = base::intern(pack_.definition(*target).shortName());
    made.targetGroup = base::intern(pack_.definition(*target).group());
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
