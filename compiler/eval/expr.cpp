// Expressions to values in weak head form: records stay places, whose fields are computed when read.
#include <fmt/format.h>

#include "diag/codes/evaluation.hpp"
#include "diag/codes/limits.hpp"
#include "eval/evaluator.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using hir::ExprKind;
using source::Location;
using types::TypeKind;

Value Evaluator::eval(const Env& env, hir::ExprId id, Missing missing) {
  if (!base::valid(id)) return Value::error();
  const auto& module = *env.scope->module;
  const auto& hir = *module.hir;
  const auto& expr = hir[id];
  switch (expr.kind) {
    case ExprKind::Error: return Value::error();
    case ExprKind::Null: return Value::null();
    case ExprKind::Absent: return Value::absent();
    case ExprKind::Bool: return Value::boolean(expr.a != 0);
    case ExprKind::Int: {
      const auto number = hir.ints[expr.a];
      return types().kind(types().underlying(module.exprTypes[base::index(id)])) == TypeKind::Quantity ? Value::quantity(arena_, units::Quantity::fromInteger(number)) : Value::integer(number);
    }
    case ExprKind::Float: {
      const auto number = hir.floats[expr.a];
      if (types().kind(types().underlying(module.exprTypes[base::index(id)])) == TypeKind::Quantity) {
        if (const auto quantity = units::Quantity::fromDouble(number)) return Value::quantity(arena_, *quantity);
      }
      return Value::floating(number);
    }
    case ExprKind::Unit: return unitLiteral(base::text(Symbol{expr.a}), module.exprTypes[base::index(id)], locationOf(env.scope, expr.span));
    case ExprKind::String: return Value::string(Symbol{expr.a});
    case ExprKind::Interpolation: return interpolation(env, expr);
    case ExprKind::Local: return local(env, expr, missing);
    case ExprKind::Name: return name(env, id, missing);
    case ExprKind::Self: {
      if (env.scope->self == nullptr) return Value::error();
      const auto shape = form(env.scope->self->type);
      if (env.scope->self->isInstance || shape == Form::Record || shape == Form::Keyed) return Value::record(env.scope->self);
      return force(env.scope->self);
    }
    case ExprKind::Super: {
      if (env.superPlace == nullptr) return Value::error();
      const auto value = valueBelow(env.superPlace, env.superCount);
      if (!value.isAbsent() || missing == Missing::Tolerate) return value;
      if (const auto standard = serverDefault(env.superPlace); !standard.isAbsent()) return standard;
      const auto kind = types().kind(env.superPlace->type);
      if (kind == TypeKind::Optional || kind == TypeKind::Any) return value;
      if (form(env.superPlace->type) == Form::List || form(env.superPlace->type) == Form::Set) return makeList({}, {});
      report(code::nothing_below, locationOf(env.scope, expr.span), {pathOf(env.superPlace)}).label("nothing is set below").note("write `super ?? …` to say what then");
      return Value::error();
    }
    case ExprKind::Field: return field(env, id, missing);
    case ExprKind::Index: return indexed(env, id, missing);
    case ExprKind::Call: return call(env, id, missing);
    case ExprKind::Refine:
    case ExprKind::Record: {
      Contribution contribution;
      contribution.expr = id;
      contribution.scope = env.scope;
      contribution.superPlace = env.superPlace;
      contribution.superCount = env.superCount;
      contribution.at = locationOf(env.scope, expr.span);
      contribution.body = nextBody_++;
      auto type = types().required(module.exprTypes[base::index(id)]);
      if (types().kind(type) == TypeKind::Error) type = types::anyType;
      if (expr.kind == ExprKind::Refine) {
        const auto base = eval(env, hir::ExprId{expr.a}, missing);
        const auto& resolution = module.resolutions[expr.a];
        if (resolution.kind != sema::ResolutionKind::Type && (base.isError() || base.isAbsent())) return base;
      }
      auto* place = anonymous(type, contribution);
      place->isInstance = expr.kind == ExprKind::Refine;
      return Value::record(place);
    }
    case ExprKind::Present: return present(env, hir::ExprId{expr.a});
    case ExprKind::Not: {
      const auto value = eval(env, hir::ExprId{expr.a});
      return value.is(ValueKind::Bool) ? Value::boolean(!value.asBool()) : wrongOperand(value, "bool", locationOf(env.scope, expr.span));
    }
    case ExprKind::Negate: return negate(eval(env, hir::ExprId{expr.a}), locationOf(env.scope, expr.span));
    case ExprKind::Binary: return binary(env, id, missing);
    case ExprKind::Is: {
      const auto value = eval(env, hir::ExprId{expr.a}, Missing::Tolerate);
      if (value.isError()) return value;
      return Value::boolean(hasType(value, module.typeExprs[expr.b]));
    }
    case ExprKind::If: {
      const auto condition = eval(env, hir::ExprId{expr.a});
      if (!condition.is(ValueKind::Bool)) return wrongOperand(condition, "bool", locationOf(env.scope, hir[hir::ExprId{expr.a}].span));
      if (coverage_ != nullptr && base::valid(hir::ExprId{condition.asBool() ? expr.b : expr.c})) noteBranch(env, hir::ExprId{condition.asBool() ? expr.b : expr.c});
      if (condition.asBool()) return eval(env, hir::ExprId{expr.b}, missing);
      return base::valid(hir::ExprId{expr.c}) ? eval(env, hir::ExprId{expr.c}, missing) : Value::absent();
    }
    case ExprKind::Match: {
      const auto scrutinee = eval(env, hir::ExprId{expr.a}, Missing::Tolerate);
      if (scrutinee.isError()) return scrutinee;
      for (std::uint32_t i = 0; i < expr.c; ++i) {
        const auto& arm = hir.arms[expr.b + i];
        if (base::valid(arm.pattern) && !hasType(scrutinee, module.typeExprs[base::index(arm.pattern)])) continue;
        if (coverage_ != nullptr) noteBranch(env, arm.value);
        return eval(env, arm.value, missing);
      }
      report(code::internal_error, locationOf(env.scope, expr.span), {fmt::format("no arm of this match takes {}", describe(scrutinee))});
      return Value::error();
    }
    case ExprKind::Let: {
      const auto& bound = hir[hir::LocalId{expr.a}];
      const auto value = eval(env, bound.value);
      auto* scope = arena_.make<Scope>(*env.scope);
      scope->locals = arena_.make<Locals>(Locals{env.scope->locals, hir::LocalId{expr.a}, nullptr, value});
      return eval(Env{scope, env.superPlace, env.superCount}, hir::ExprId{expr.b}, missing);
    }
    case ExprKind::Lambda: return Value::lambda(arena_.make<Lambda>(Lambda{id, env}));
    case ExprKind::List: {
      std::vector<Value> items;
      std::vector<Location> origins;
      bool failed = false;
      forElements(env, expr.a, expr.b, [&](const Env& inner, hir::ExprId item, Value value) {
        if (base::valid(item)) {
          value = eval(inner, item);
          if (value.isAbsent()) return true;  // `if` without `else` inside brackets adds nothing
          origins.push_back(locationOf(inner.scope, (*inner.scope->module->hir)[item].span));
        } else {
          origins.push_back(locationOf(env.scope, expr.span));
        }
        failed |= value.isError();
        items.push_back(value);
        // Elements wait outside the arena until there are all: now and then they are counted.
        return spend(1) && (items.size() % 4096 != 0 || hasRoom(items.size() * (sizeof(Value) + sizeof(Location))));
      });
      return failed || exhausted_ ? Value::error() : makeList(items, origins);
    }
  }
  return Value::error();
}

Value Evaluator::unitLiteral(std::string_view text, TypeId type, Location at) {
  const auto kind = types().kind(types().underlying(type));
  if (kind == TypeKind::Duration || kind == TypeKind::Seconds) {
    const auto duration = units::Duration::parse(text);
    if (!duration) return badLiteral(text, at);
    return kind == TypeKind::Duration ? Value::duration(*duration) : wholeSeconds(*duration, at);
  }
  const auto quantity = units::Quantity::parse(text);
  if (quantity) return Value::quantity(arena_, *quantity);
  if (const auto duration = units::Duration::parse(text)) return Value::duration(*duration);
  return badLiteral(text, at);
}

/// Lowering has checked every literal.
Value Evaluator::badLiteral(std::string_view text, Location at) {
  report(code::internal_error, at, {fmt::format("the literal {} has no value", text)});
  return Value::error();
}

Value Evaluator::wholeSeconds(units::Duration duration, Location at) {
  const auto seconds = duration.toSeconds();
  if (seconds) return Value::integer(*seconds);
  report(code::not_whole_seconds, at, {duration.text()}).label("this field counts whole seconds");
  return Value::error();
}

Value Evaluator::interpolation(const Env& env, const hir::Expr& expr) {
  const auto& hir = *env.scope->module->hir;
  std::string out;
  bool hidden = false;
  for (const auto part : hir.exprList(expr.a, expr.b)) {
    const auto& piece = hir[part];
    if (piece.kind == ExprKind::String) {
      out += base::text(Symbol{piece.a});
      continue;
    }
    const auto at = locationOf(env.scope, piece.span);
    const auto text = interpolate(eval(env, part), at);
    if (text.isError() || !hasRoom(out.size() + text.asString().size())) return Value::error();
    hidden |= text.isHidden();
    out += text.asString();
  }
  if (!spend(1 + out.size() / 64)) return Value::error();
  const auto whole = Value::string(arena_, out);
  return hidden ? whole.hidden() : whole;
}

}  // namespace kdsl::eval
