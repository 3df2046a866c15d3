// What an expression reads: the places behind its names, followed in turn.
#include <algorithm>

#include "eval/place_path.hpp"
#include "eval/provenance_reader.hpp"
#include "eval/builtins/builtin.hpp"

namespace kdsl::eval {

using hir::ExprKind;

void ProvenanceReader::reads(const Env& env, hir::ExprId id, bool hidden, std::vector<Provenance>& out) {
  if (!base::valid(id) || depth_ >= maxDepth || settings_ >= maxSettings) return;
  const auto& module = *env.scope->module;
  const auto& hir = *module.hir;
  const auto& expr = hir[id];
  const auto read = [&](std::uint32_t operand) { reads(env, hir::ExprId{operand}, hidden, out); };
  switch (expr.kind) {
    case ExprKind::Name:
    case ExprKind::Local:
    case ExprKind::Field:
    case ExprKind::Index:
      if (auto* place = placeOf(env, id)) {
        const bool known = std::any_of(out.begin(), out.end(), [&](const Provenance& other) { return other.path == e_.pathOf(place); });
        if (!known) out.push_back(follow(place, {}, hidden));
      } else if (expr.kind == ExprKind::Field || expr.kind == ExprKind::Index) {
        read(expr.a);
      }
      return;
    case ExprKind::Interpolation:
      for (const auto part : hir.exprList(expr.a, expr.b)) reads(env, part, hidden, out);
      return;
    case ExprKind::Present:
    case ExprKind::Not:
    case ExprKind::Negate:
    case ExprKind::Is: read(expr.a); return;
    case ExprKind::Binary:
      read(expr.a);
      if (expr.op == hir::BinaryOp::Coalesce && !e_.eval(env, hir::ExprId{expr.a}, Missing::Tolerate).isAbsent()) return;
      read(expr.b);
      return;
    case ExprKind::If: {
      const auto condition = e_.eval(env, hir::ExprId{expr.a});
      if (condition.is(ValueKind::Bool)) read(condition.asBool() ? expr.b : expr.c);
      read(expr.a);
      return;
    }
    case ExprKind::Match: {
      const auto scrutinee = e_.eval(env, hir::ExprId{expr.a}, Missing::Tolerate);
      for (std::uint32_t i = 0; i < expr.c && !scrutinee.isError(); ++i) {
        const auto& arm = hir.arms[expr.b + i];
        if (base::valid(arm.pattern) && !e_.hasType(scrutinee, module.typeExprs[base::index(arm.pattern)])) continue;
        reads(env, arm.value, hidden, out);
        break;
      }
      read(expr.a);
      return;
    }
    case ExprKind::Refine:
      if (module.resolutions[expr.a].kind != sema::ResolutionKind::Type) read(expr.a);
      return;
    case ExprKind::Let: {
      auto* scope = e_.arena().make<Scope>(*env.scope);
      Contribution bound;
      bound.expr = hir[hir::LocalId{expr.a}].value;
      bound.scope = env.scope;
      bound.at = e_.locationOf(env.scope, hir[bound.expr].span);
      auto* place = e_.anonymous(module.localTypes[expr.a], bound);
      place->key = hir[hir::LocalId{expr.a}].name;
      scope->locals = e_.arena().make<Locals>(Locals{env.scope->locals, hir::LocalId{expr.a}, place, {}});
      reads(Env{scope, env.superPlace, env.superCount}, hir::ExprId{expr.b}, hidden, out);
      return;
    }
    case ExprKind::Call: readsOfCall(env, id, hidden, out); return;
    case ExprKind::List:
      for (std::uint32_t i = 0; i < expr.b; ++i) readsOfElement(env, expr.a + i, hidden, out);
      return;
    default: return;  // literals and bodies: their parts are values of their own
  }
}

void ProvenanceReader::readsOfElement(const Env& env, std::uint32_t position, bool hidden, std::vector<Provenance>& out) {
  const auto element = env.scope->module->hir->elements[position];
  switch (element.kind) {
    case hir::ElementKind::Value:
    case hir::ElementKind::Spread: reads(env, element.value, hidden, out); return;
    case hir::ElementKind::If: {
      const auto condition = e_.eval(env, element.value);
      if (condition.is(ValueKind::Bool) && (condition.asBool() || element.otherwise != 0)) readsOfElement(env, condition.asBool() ? element.then : element.otherwise, hidden, out);
      reads(env, element.value, hidden, out);
      return;
    }
    case hir::ElementKind::For: {
      reads(env, element.value, hidden, out);
      std::uint32_t rounds = 0;
      e_.forEach(env, element.value, element.filter, element.first, element.second, [&](const Locals* locals) {
        auto* scope = e_.arena().make<Scope>(*env.scope);
        scope->locals = locals;
        const Env inner{scope, env.superPlace, env.superCount};
        readsOfElement(inner, element.then, hidden, out);
        if (base::valid(element.filter)) reads(inner, element.filter, hidden, out);
        return ++rounds < maxRounds;
      });
      return;
    }
  }
}

/// What a lambda reads when it is given these.
void ProvenanceReader::readsOfLambda(const Env& env, const hir::Expr& lambda, std::span<const Value> arguments, bool hidden, std::vector<Provenance>& out) {
  if (arguments.size() < lambda.b) return;
  auto* scope = e_.arena().make<Scope>(*env.scope);
  for (std::uint32_t i = 0; i < lambda.b; ++i) {
    const auto argument = arguments[i];
    scope->locals = e_.arena().make<Locals>(Locals{scope->locals, hir::LocalId{lambda.a + i}, argument.is(ValueKind::Record) ? argument.asRecord() : nullptr, argument});
  }
  reads(Env{scope, env.superPlace, env.superCount}, hir::ExprId{lambda.c}, hidden, out);
}

/// What a lambda reads when it is given the elements of a list or map.
void ProvenanceReader::readsOfLambda(const Env& env, const hir::Expr& lambda, Value receiver, bool hidden, std::vector<Provenance>& out) {
  const auto round = [&](std::initializer_list<Value> arguments) { readsOfLambda(env, lambda, std::span(arguments.begin(), arguments.size()), hidden, out); };
  std::uint32_t rounds = 0;
  if (receiver.is(ValueKind::Record) && !e_.fold(receiver.asRecord()).keyed) {
    for (const auto key : e_.keys(receiver.asRecord())) {
      if (rounds++ == maxRounds) return;
      const auto value = e_.force(e_.child(receiver.asRecord(), key));
      if (lambda.b == 1) {
        round({value});
      } else {
        round({Value::string(key), value});
      }
    }
  } else if (receiver.is(ValueKind::Record) || receiver.is(ValueKind::List)) {
    for (const auto& item : e_.itemsOf(receiver)) {
      if (rounds++ == maxRounds) return;
      round({item});
    }
  }
}

void ProvenanceReader::readsOfCall(const Env& env, hir::ExprId id, bool hidden, std::vector<Provenance>& out) {
  const auto& module = *env.scope->module;
  const auto& hir = *module.hir;
  const auto& expr = hir[id];
  const auto& resolution = module.resolutions[base::index(id)];
  if (resolution.kind != sema::ResolutionKind::Fn) {
    const auto& callee = hir[hir::ExprId{expr.a}];
    if (callee.kind == ExprKind::Field && module.resolutions[expr.a].kind != sema::ResolutionKind::Builtin) reads(env, hir::ExprId{callee.a}, hidden, out);
    for (std::uint32_t i = 0; i < expr.c; ++i) {
      const auto& argument = hir[hir.arguments[expr.b + i].value];
      if (argument.kind != ExprKind::Lambda) {
        reads(env, hir.arguments[expr.b + i].value, hidden, out);
      } else if (callee.kind == ExprKind::Field) {
        readsOfLambda(env, argument, e_.eval(env, hir::ExprId{callee.a}, Missing::Tolerate), hidden, out);
      }
    }
    return;
  }
  // Through a function: its parameters are places that hold the arguments, so that what it reads leads back to the caller.
  const auto& target = e_.program().module(resolution.file);
  const auto& item = (*target.hir)[resolution.item];
  auto* scope = e_.arena().make<Scope>();
  scope->module = &target;
  for (std::uint32_t p = 0; p < item.paramCount; ++p) {
    const hir::LocalId local{base::index(item.firstParam) + p};
    const auto& parameter = (*target.hir)[local];
    Contribution given;
    given.expr = parameter.value;
    given.scope = scope;
    for (std::uint32_t i = 0; i < expr.c; ++i) {
      const auto& argument = hir.arguments[expr.b + i];
      if (argument.name == base::emptySymbol ? i != p : argument.name != parameter.name) continue;
      given.expr = argument.value;
      given.scope = env.scope;
    }
    if (!base::valid(given.expr)) continue;
    given.at = e_.locationOf(given.scope, (*given.scope->module->hir)[given.expr].span);
    auto* place = e_.anonymous(target.localTypes[base::index(local)], given);
    place->key = parameter.name;
    scope->locals = e_.arena().make<Locals>(Locals{scope->locals, local, place, {}});
  }
  reads(Env{scope, nullptr, 0}, item.value, hidden, out);
}

Place* ProvenanceReader::placeOf(const Env& env, hir::ExprId id) {
  const auto& module = *env.scope->module;
  const auto& hir = *module.hir;
  const auto& expr = hir[id];
  const auto& resolution = module.resolutions[base::index(id)];
  switch (expr.kind) {
    case ExprKind::Name: return placeOfResolved(env, resolution, Symbol{expr.a});
    case ExprKind::Local: return placeOfLocal(env, expr);
    case ExprKind::Field: {
      if (resolution.kind != sema::ResolutionKind::None && resolution.kind != sema::ResolutionKind::Member) return placeOfResolved(env, resolution, Symbol{expr.b});
      const auto base = e_.eval(env, hir::ExprId{expr.a}, Missing::Tolerate);
      return base.is(ValueKind::Record) ? e_.child(base.asRecord(), Symbol{expr.b}) : nullptr;
    }
    case ExprKind::Index: {
      const auto base = e_.eval(env, hir::ExprId{expr.a}, Missing::Tolerate);
      if (!base.is(ValueKind::Record)) return nullptr;
      std::string joined;
      for (const auto part : hir.exprList(expr.b, expr.c)) {
        const auto value = e_.eval(env, part);
        if (value.isError() || value.isAbsent()) return nullptr;
        if (!joined.empty()) joined += keySeparator;
        joined += base::text(e_.keyOf(value));
      }
      return e_.child(base.asRecord(), base::intern(joined));
    }
    default: return nullptr;
  }
}

Place* ProvenanceReader::placeOfResolved(const Env& env, const sema::Resolution& resolution, Symbol name) {
  if (resolution.kind == sema::ResolutionKind::Member) return env.scope->members == nullptr ? nullptr : e_.child(env.scope->members, name);
  if (resolution.kind != sema::ResolutionKind::StaticLet) return nullptr;
  const auto& module = e_.program().module(resolution.file);
  const auto& item = (*module.hir)[resolution.item];
  if (item.kind != hir::ItemKind::Import) return e_.child(e_.staticModule(resolution.file), item.name);
  const auto data = e_.importedData(resolution.file, item.import, module.itemTypes[base::index(resolution.item)]);
  return data.is(ValueKind::Record) ? data.asRecord() : nullptr;
}

Place* ProvenanceReader::placeOfLocal(const Env& env, const hir::Expr& expr) {
  for (const auto* bound = env.scope->locals; bound != nullptr; bound = bound->up) {
    if (bound->id != hir::LocalId{expr.a}) continue;
    return bound->place != nullptr ? bound->place : placeOfLoopVariable(env, bound->id, bound->value);
  }
  return nullptr;
}

/// The element that a loop's variable holds: of a map by its key, of a list by its position. The variable itself knows its value only.
Place* ProvenanceReader::placeOfLoopVariable(const Env& env, hir::LocalId id, Value value) {
  const auto& hir = *env.scope->module->hir;
  if (hir[id].kind != hir::LocalKind::For) return nullptr;
  auto collection = base::none<hir::ExprId>;
  auto keyVariable = base::none<hir::LocalId>;
  const auto note = [&](const auto& loop) {
    if (loop.second != id && loop.first != id) return;
    collection = loop.value;
    if (base::valid(loop.second)) keyVariable = loop.first;
  };
  for (const auto& element : hir.elements) {
    if (element.kind == hir::ElementKind::For) note(element);
  }
  for (const auto& entry : hir.entries) {
    if (entry.kind == hir::EntryKind::For) note(entry);
  }
  if (!base::valid(collection)) return nullptr;
  const auto looped = e_.eval(env, collection, Missing::Tolerate);
  if (looped.is(ValueKind::Record)) {
    for (const auto* bound = env.scope->locals; bound != nullptr && base::valid(keyVariable); bound = bound->up) {
      if (bound->id == keyVariable && id != keyVariable) return e_.child(looped.asRecord(), e_.keyOf(bound->value));
    }
    return value.is(ValueKind::Record) ? value.asRecord() : nullptr;
  }
  if (!looped.is(ValueKind::List)) return nullptr;
  const auto& list = looped.asList();
  const auto found = std::find_if(list.items.begin(), list.items.end(), [&](const Value& item) { return e_.equal(item, value); });
  if (found == list.items.end()) return nullptr;
  const auto position = static_cast<std::size_t>(found - list.items.begin());
  if (auto* named = placeOf(env, collection); named != nullptr && named->value.is(ValueKind::List)) return elementOfList(e_, named, position);
  if (position >= list.origins.size()) return nullptr;
  Contribution element;
  element.source = Contribution::Source::Ready;
  element.value = value;
  element.at = list.origins[position];
  auto* place = e_.anonymous(env.scope->module->localTypes[base::index(id)], element);
  place->key = hir[id].name;
  return place;
}

}  // namespace kdsl::eval
