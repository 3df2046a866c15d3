#include "eval/build.hpp"

#include "eval/frame.hpp"

namespace kdsl::eval {

void BuildWalk::root(Place* module) { instance(module); }

void BuildWalk::value(Value value) {
  if (value.is(ValueKind::List)) {
    for (const auto& item : value.asList().items) this->value(item);
    return;
  }
  if (!value.is(ValueKind::Record)) return;
  auto* place = value.asRecord();
  const auto& record = evaluator_.fold(place);
  if (record.nominal != nullptr) {
    instance(place);
    return;
  }
  for (const auto& item : evaluator_.itemsOf(value)) this->value(item);
}

void BuildWalk::instance(Place* place) {
  const Frame frame(evaluator_, place);
  if (!frame || place->visited) return;
  auto& record = evaluator_.fold(place);
  if (record.nominal == nullptr) return;
  if (record.nominal->isKind()) {
    if (!place->external) objects_.push_back({place, record.nominal->id});
    return;
  }
  place->visited = true;
  evaluator_.checkRequired(place, record);
  const auto& members = record.nominal->members;
  for (const auto& member : members) {
    if (member.kind != types::MemberKind::Param && member.kind != types::MemberKind::Field) continue;
    auto* input = evaluator_.child(place, member.name);
    const auto given = evaluator_.force(input);
    if (!input->isReference && evaluator_.isPlainData(given)) evaluator_.forceDeep(given);
  }
  for (const auto& member : members) {
    if (member.kind != types::MemberKind::Resource) continue;
    auto* resource = evaluator_.child(place, member.name);
    const auto made = evaluator_.force(resource);
    if (!made.isAbsent() && !resource->external) value(made);
  }
  evaluator_.runChecks(place);
}

}  // namespace kdsl::eval
