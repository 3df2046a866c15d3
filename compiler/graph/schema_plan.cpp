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

const Plans::Shape& Plans::shapeOf(DefId id) {
  auto& shape = plans_[static_cast<std::size_t>(id)].shape;
  if (shape.isKnown) return shape;
  const auto part = pack_.definition(id);
  shape.isKnown = true;
  shape.hasUid = part.field("uid").has_value();
  shape.saysKind = part.field("kind") && part.field("name") && (part.field("apiGroup") || part.field("apiVersion"));
  return shape;
}

std::optional<Step> Plans::step(const Definition& definition, const kubernetes::Field& field) {
  Step made;
  const auto type = field.type().innermost();
  const bool isPart = type.tag() == TypeTag::Definition && pack_.has(type.definition());
  const auto shape = isPart ? shapeOf(type.definition()) : Shape();
  made.toExisting = shape.hasUid;
  if (const auto kind = field.referencedKind(); !kind.empty()) {
    const auto target = pack_.prelude(kind);
    if (!target) return std::nullopt;
    made.isNamespaced = pack_.definition(*target).isNamespaced();
    made.isTolerated = worksWithout(definition.name(), field.name());
    made.field = base::intern(field.name());
    made.kind = isPart ? Step::Kind::Reference : Step::Kind::Name;
    made.targetKind = base::intern(pack_.definition(*target).shortName());
    made.targetGroup = base::intern(pack_.definition(*target).group());
    return made;
  }
  if (!isPart) return std::nullopt;
  if (shape.saysKind && !made.toExisting) {
    made.kind = Step::Kind::Typed;
  } else if (of(type.definition()) == nullptr) {
    return std::nullopt;
  }
  made.field = base::intern(field.name());
  return made;
}

}  // namespace kdsl::graph
