// The rounds of `for` and the elements of list literals.
#include "eval/evaluator.hpp"

namespace kdsl::eval {

bool Evaluator::forEach(const Env& env, hir::ExprId collection, hir::ExprId filter, hir::LocalId first, hir::LocalId second, const std::function<bool(const Locals*)>& visit) {
  const auto value = eval(env, collection);
  if (value.isAbsent()) return true;
  if (value.isError() || isBroken(value)) return false;
  const bool pairs = base::valid(second);
  const auto step = [&](Value key, Value item) {
    const Locals* locals = env.scope->locals;
    if (pairs) locals = arena_.make<Locals>(Locals{locals, first, nullptr, key});
    locals = arena_.make<Locals>(Locals{locals, pairs ? second : first, nullptr, item});
    if (!spend(1)) return false;
    if (base::valid(filter)) {
      auto* scope = arena_.make<Scope>(*env.scope);
      scope->locals = locals;
      const auto wanted = eval(Env{scope, env.superPlace, env.superCount}, filter);
      if (!wanted.is(ValueKind::Bool) || !wanted.asBool()) return !wanted.isError();
    }
    return visit(locals);
  };
  if (value.is(ValueKind::List)) {
    const auto& items = value.asList().items;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!step(Value::integer(static_cast<std::int64_t>(i)), items[i])) return false;
    }
    return true;
  }
  if (!value.is(ValueKind::Record)) {
    wrongOperand(value, "a list or map", locationOf(env.scope, (*env.scope->module->hir)[collection].span));
    return false;
  }
  auto* place = value.asRecord();
  if (fold(place).keyed) {
    const auto list = rows(place);
    for (const auto& row : std::vector<Child>(list.begin(), list.end())) {
      if (!step(Value::string(row.key), Value::record(row.place))) return false;
    }
    return true;
  }
  for (const auto key : keys(place)) {
    const auto item = force(child(place, key));
    if (item.isAbsent()) continue;
    if (!step(Value::string(key), pairs ? item : Value::string(key))) return false;
  }
  return true;
}

bool Evaluator::forElements(const Env& env, std::uint32_t first, std::uint32_t count, const ElementVisitor& visit) {
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!forElement(env, first + i, visit)) return false;
  }
  return true;
}

bool Evaluator::forElement(const Env& env, std::uint32_t position, const ElementVisitor& visit) {
  const auto& hir = *env.scope->module->hir;
  const auto& element = hir.elements[position];
  switch (element.kind) {
    case hir::ElementKind::Value: return visit(env, element.value, {});
    case hir::ElementKind::Spread: {
      const auto value = eval(env, element.value);
      if (value.isError()) return visit(env, base::none<hir::ExprId>, value);
      if (value.isAbsent()) return true;
      for (const auto& item : itemsOf(value)) {
        if (!visit(env, base::none<hir::ExprId>, item)) return false;
      }
      return true;
    }
    case hir::ElementKind::If: {
      const auto condition = eval(env, element.value);
      if (!condition.is(ValueKind::Bool)) return visit(env, base::none<hir::ExprId>, wrongOperand(condition, "bool", locationOf(env.scope, hir[element.value].span)));
      if (condition.asBool()) return forElement(env, element.then, visit);
      return element.otherwise == 0 || forElement(env, element.otherwise, visit);
    }
    case hir::ElementKind::For:
      return forEach(env, element.value, element.filter, element.first, element.second, [&](const Locals* locals) {
        auto* scope = arena_.make<Scope>(*env.scope);
        scope->locals = locals;
        return forElement(Env{scope, env.superPlace, env.superCount}, element.then, visit);
      });
  }
  return true;
}

}  // namespace kdsl::eval
