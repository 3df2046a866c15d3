// Instances that nobody wrote `X { … }` for: of files, tests and policies.
#include "eval/evaluator.hpp"

namespace kdsl::eval {

Place* Evaluator::root(source::FileId file) { return rootWith(file, inputs_.parameters()); }

Place* Evaluator::rootWith(source::FileId file, std::span<const Parameter> parameters) {
  const auto& module = program_.module(file);
  auto* place = makePlace(nullptr, {}, module.itemTypes[0]);
  place->isInstance = true;
  place->made = {file, {}};
  addParameters(place, parameters);
  return place;
}

Place* Evaluator::staticModule(source::FileId file) {
  auto& place = staticModules_[base::index(file)];
  if (place == nullptr) place = rootWith(file, {});
  return place;
}

Place* Evaluator::test(source::FileId file, hir::ItemId item) {
  const auto& module = program_.module(file);
  auto* place = makePlace(nullptr, {}, module.itemTypes[base::index(item)]);
  place->isInstance = true;
  place->made = {file, (*module.hir).items[base::index(item)].nameSpan};
  return place;
}

void Evaluator::layOn(Place* place, source::FileId file, Place* members) {
  const auto& module = program_.module(file);
  layBody(place, module, module.hir->items[0].body, members);
}

void Evaluator::layBody(Place* place, const CheckedModule& module, hir::BodyId body, Place* members) {
  if (!base::valid(body)) return;
  auto* scope = arena_.make<Scope>();
  scope->module = &module;
  scope->self = place;
  scope->members = members;
  Contribution contribution;
  contribution.source = Contribution::Source::Body;
  contribution.segment = base::index(body);
  contribution.scope = scope;
  contribution.body = nextBody_++;
  push(place, contribution);
}

Place* Evaluator::policyInstance(source::FileId file, hir::ItemId item, Place* root) {
  const auto& module = program_.module(file);
  auto* place = makePlace(nullptr, {}, module.itemTypes[base::index(item)]);
  place->isInstance = true;
  place->made = {file, module.hir->items[base::index(item)].nameSpan};
  // What files and tests between the policy's file and the root say.
  std::vector<const types::Nominal*> above;
  const auto own = module.nominals[0];
  for (const auto* nominal = nominalOf(root->type); nominal != nullptr && nominal->id != own; nominal = base::valid(nominal->base) ? &program_.nominal(nominal->base) : nullptr) above.push_back(nominal);
  for (auto i = above.size(); i-- > 0;) {
    const auto& declaration = above[i]->declaration;
    const auto& refining = program_.module(declaration.file);
    layBody(place, refining, refining.hir->items[base::index(declaration.item)].body, root);
  }
  for (std::uint32_t i = 0; i < root->contributions.size(); ++i) push(place, root->contributions[i]);  // params from outside
  return place;
}

}  // namespace kdsl::eval
