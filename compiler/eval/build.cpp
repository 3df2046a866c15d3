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
    (place->external ? externals_ : objects_).push_back({place, record.nominal->id});
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
    if (member.kind != types::MemberKind::Resource && member.kind != types::MemberKind::External) continue;
    auto* resource = evaluator_.child(place, member.name);
    const auto made = evaluator_.force(resource);
    if (made.isAbsent()) continue;
    if (resource->external || member.kind == types::MemberKind::External) {
      outside(made);
    } else {
      value(made);
    }
  }
  evaluator_.runChecks(place);
}

/// The objects of an instance that is made elsewhere. Nothing of it is written, so nothing is asked of it but who it is.
void BuildWalk::outside(Value value) {
  if (value.is(ValueKind::List)) {
    for (const auto& item : value.asList().items) outside(item);
    return;
  }
  if (!value.is(ValueKind::Record)) return;
  auto* place = value.asRecord();
  const Frame frame(evaluator_, place);
  if (!frame || place->visited) return;
  const auto& record = evaluator_.fold(place);
  if (record.nominal == nullptr) {
    for (const auto& item : evaluator_.itemsOf(value)) outside(item);
    return;
  }
  if (record.nominal->isKind()) {
    externals_.push_back({place, record.nominal->id});
    return;
  }
  place->visited = true;
  for (const auto& member : record.nominal->members) {
    if (member.kind == types::MemberKind::Resource || member.kind == types::MemberKind::External) outside(evaluator_.force(evaluator_.child(place, member.name)));
  }
}

}  // namespace kdsl::eval
