// Conditions above entries, and the clauses of `each`.
#include "eval/evaluator.hpp"

namespace kdsl::eval {

using types::TypeKind;

const Guard* Evaluator::addGuard(const Guard* up, hir::ExprId condition, bool negated, const Scope* scope) {
  auto* guard = arena_.make<Guard>();
  guard->up = up;
  guard->condition = condition;
  guard->negated = negated;
  guard->scope = scope;
  return guard;
}

const Guard* Evaluator::addExistenceGuard(const Guard* up, Place* place, std::uint32_t count) {
  auto* guard = arena_.make<Guard>();
  guard->up = up;
  guard->existing = place;
  guard->existingCount = count;
  return guard;
}

bool Evaluator::held(const Guard* guard) {
  if (guard == nullptr) return true;
  if (guard->state == Guard::State::Held) return true;
  if (guard->state == Guard::State::NotHeld) return false;
  if (guard->state == Guard::State::Running) {
    cycle(*guard);
    return false;
  }
  guard->state = Guard::State::Running;
  guard->began = static_cast<std::uint32_t>(running_.size());
  runningGuards_.push_back(guard);
  bool result = held(guard->up);
  if (result && guard->existing != nullptr) {
    result = decideExistence(guard->existing, guard->existingCount);
  } else if (result) {
    const auto value = eval(Env{guard->scope, nullptr, 0}, guard->condition);
    result = value.is(ValueKind::Bool) && value.asBool() != guard->negated;
  }
  runningGuards_.pop_back();
  guard->state = result ? Guard::State::Held : Guard::State::NotHeld;
  return result;
}

bool Evaluator::eachMatches(Place* place, const Contribution& each) { return eachNames(*each.scope->module, *each.entry, fold(place).type); }

/// Whether a clause is about values of the type.
bool Evaluator::eachNames(const CheckedModule& module, const hir::Entry& each, TypeId actual) {
  const auto* nominal = nominalOf(actual);
  if (nominal == nullptr) return false;
  for (std::uint32_t i = 0; i < each.typeCount; ++i) {
    const auto wanted = module.typeExprs[base::index(module.hir->typeLists[each.firstType + i])];
    switch (types().kind(wanted)) {
      case TypeKind::AnyResource:
        if (nominal->isKind()) return true;
        break;
      case TypeKind::AnyNamespaced:
        if (nominal->isKind() && nominal->isNamespaced) return true;
        break;
      case TypeKind::Nominal:
        if (derivesFrom(nominal->id, types()[wanted].nominal)) return true;
        break;
      default: break;
    }
  }
  return false;
}

/// Whether a value at a place of the type can be one that the clause is about. A kind or part of the API is what it is declared as, and a map, a
/// list or a scalar is nothing that a clause can name.
bool Evaluator::mayBeNamed(const CheckedModule& module, const hir::Entry& each, TypeId declared) {
  const auto type = types().underlying(declared);
  if (const auto* nominal = nominalOf(type)) return !types::isOfApi(nominal->kind) || eachNames(module, each, type);
  switch (types().kind(type)) {
    case TypeKind::Any:
    case TypeKind::Union:
    case TypeKind::Ref:
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced:
    case TypeKind::Error: return true;
    default: return false;
  }
}

const Guard* Evaluator::eachGuard(Place* place, const Contribution& each) {
  if (!base::valid(each.entry->extra)) return each.guard;
  auto* scope = arena_.make<Scope>(*each.scope);
  scope->self = place;
  return addGuard(each.guard, each.entry->extra, false, scope);
}

}  // namespace kdsl::eval
