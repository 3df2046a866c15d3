// Expressions: their types without an expectation (infer), and against one (check).
#include <utility>

#include "diag/codes/limits.hpp"
#include "sema/checker.hpp"

namespace kdsl::sema {

using hir::BinaryOp;
using hir::ExprKind;
using hir::LocalKind;

namespace {

/// The parser bounds nesting; this bounds what checking adds to it.
constexpr int maxDepth = 4000;

struct DepthGuard {
  int& depth;
  explicit DepthGuard(int& counter) : depth(counter) { ++depth; }
  ~DepthGuard() { --depth; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;
};

}  // namespace

Scope Checker::within(const Scope& scope, const Fact* facts) const {
  auto inner = scope;
  inner.facts = facts;
  return inner;
}

/// Told once: what hangs on it is as deep.
TypeId Checker::tooDeep(ExprId id, const Scope& scope) {
  if (!std::exchange(isTooDeep_, true)) report(code::depth_exhausted, m_[id].span, {"the type of this", std::to_string(maxDepth)}, &scope);
  return types::errorType;
}

TypeId Checker::infer(ExprId id, const Scope& scope, TypeId hint) {
  if (!base::valid(id)) return types::errorType;
  const DepthGuard guard(depth_);
  if (depth_ > maxDepth) return tooDeep(id, scope);
  const auto type = inferUncached(id, m_[id], scope, hint);
  setType(id, type);
  return type;
}

TypeId Checker::inferUncached(ExprId id, const hir::Expr& expr, const Scope& scope, TypeId hint) {
  switch (expr.kind) {
    case ExprKind::Error: return types::errorType;
    case ExprKind::Null: return types::nullType;
    case ExprKind::Absent: return types::absentType;
    case ExprKind::Bool: return types::boolType;
    case ExprKind::Int: return types::intType;
    case ExprKind::Float: return types::floatType;
    case ExprKind::Unit: return unitType(expr, hint);
    case ExprKind::String: return types::stringType;
    case ExprKind::Interpolation: return inferInterpolation(expr, scope);
    case ExprKind::Local: return narrowed(id, localType(LocalId{expr.a}), scope);
    case ExprKind::Name: return inferName(id, expr, scope, hint);
    case ExprKind::Self: return base::valid(scope.self) ? narrowed(id, scope.self, scope) : types::errorType;
    case ExprKind::Super: return base::valid(scope.super) ? scope.super : types::anyType;
    case ExprKind::Field:
    case ExprKind::Index:
    case ExprKind::Call:
    case ExprKind::Refine: return inferChain(id, scope);
    case ExprKind::Record: return inferRecord(BodyId{expr.a}, scope);
    case ExprKind::Present:
      infer(ExprId{expr.a}, scope);
      return types::boolType;
    case ExprKind::Not:
      checkCondition(ExprId{expr.a}, scope);
      return types::boolType;
    case ExprKind::Negate: return negate(expr, scope, hint);
    case ExprKind::Binary: return inferBinary(id, scope, hint);
    case ExprKind::Is: return checkIs(expr, scope);
    case ExprKind::If: return inferIf(expr, scope, nullptr);
    case ExprKind::Match: return inferMatch(expr, scope, nullptr);
    case ExprKind::Let: return inferLet(expr, scope, nullptr);
    case ExprKind::List: return inferList(expr, scope);
    case ExprKind::Lambda: {
      report(code::stray_lambda, expr.span, {}, &scope);
      for (std::uint32_t i = 0; i < expr.b; ++i) {
        out_->localTypes[expr.a + i] = types::errorType;
        localStates_[expr.a + i] = State::Done;
      }
      infer(ExprId{expr.c}, scope);
      return types::errorType;
    }
  }
  return types::errorType;
}

TypeId Checker::check(ExprId id, const Want& want, const Scope& scope) {
  if (!base::valid(id)) return types::errorType;
  const DepthGuard guard(depth_);
  if (depth_ > maxDepth) return tooDeep(id, scope);
  const auto type = checkUncached(id, m_[id], want, scope);
  setType(id, type);
  return type;
}

TypeId Checker::checkUncached(ExprId id, const hir::Expr& expr, const Want& want, const Scope& scope) {
  if (want.type == types::errorType) {
    infer(id, scope);
    return typeOf(id);
  }
  switch (expr.kind) {
    case ExprKind::Error: return types::errorType;
    case ExprKind::Null:
    case ExprKind::Bool:
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Unit:
    case ExprKind::String: return checkLiteral(id, expr, want, scope);
    case ExprKind::Record: return checkRecord(id, expr, want, scope);
    case ExprKind::List: return checkList(id, expr, want, scope);
    case ExprKind::If: return inferIf(expr, scope, &want);
    case ExprKind::Match: return inferMatch(expr, scope, &want);
    case ExprKind::Let: return inferLet(expr, scope, &want);
    case ExprKind::Binary:
      if (expr.op == BinaryOp::Coalesce) {
        // The last operand is checked as if it stood alone; the others may be absent.
        std::vector<ExprId> spine{id};
        while (m_[ExprId{m_[spine.back()].a}].kind == ExprKind::Binary && m_[ExprId{m_[spine.back()].a}].op == BinaryOp::Coalesce && !m_[ExprId{m_[spine.back()].a}].parenthesised) {
          spine.push_back(ExprId{m_[spine.back()].a});
        }
        auto lenient = want;
        lenient.type = core_.types.optional(want.type);
        check(ExprId{m_[spine.back()].a}, lenient, scope);
        for (auto at = spine.rbegin(); at != spine.rend(); ++at) {
          check(ExprId{m_[*at].b}, at + 1 == spine.rend() ? want : lenient, scope);
          setType(*at, want.type);
        }
        return want.type;
      }
      [[fallthrough]];
    default: {
      const auto type = infer(id, scope, want.type);
      return fit(id, type, want, scope);
    }
  }
}

void Checker::checkCondition(ExprId id, const Scope& scope) {
  if (!base::valid(id)) return;
  const auto type = infer(id, scope);
  if (core_.relation.fits(type, types::boolType)) return;
  if (kindOf(type) == TypeKind::Optional && look(type) == TypeKind::Bool) {
    auto& diagnostic = report(code::condition_may_be_absent, m_[id].span, {}, &scope);
    diagnostic.label("write `== true`, or `?? false`").note("`x?` asks whether x is there");
    return;
  }
  auto& diagnostic = report(code::type_mismatch, m_[id].span, {"a condition", "a bool", describeValue(id, type)}, &scope);
  if (core_.types.isOptional(type)) diagnostic.label("`x?` asks whether it is there");
}

TypeId Checker::inferName(ExprId id, const hir::Expr& expr, const Scope& scope, TypeId hint) {
  const Symbol name{expr.a};
  if (name == base::emptySymbol) return types::errorType;
  const auto target = lookUp(name, scope.owner);
  if (target.kind == NameKind::None) {
    reportUnknownName(name, expr.span, scope, hint);
    return types::errorType;
  }
  return narrowed(id, useTarget(id, target, name, expr.span, scope), scope);
}

TypeId Checker::useTarget(ExprId id, const NameTarget& target, Symbol name, Span span, const Scope& scope) {
  auto& meaning = resolution(id);
  switch (target.kind) {
    case NameKind::None: reportUnknownName(name, span, scope); return types::errorType;
    case NameKind::Hidden: reportHidden(target, name, scope.item, span); return types::errorType;
    case NameKind::Member:
      meaning = {ResolutionKind::Member, target.file, target.item, {}, 0};
      return core_.memberType(core_.declared(target.member->owner), *target.member);
    case NameKind::StaticLet:
      meaning = {ResolutionKind::StaticLet, target.file, target.item, {}, 0};
      noteUse(scope, target, span);
      return core_.checker(target.file).itemType(target.item);
    case NameKind::Type:
    case NameKind::Module: {
      if (target.type == types::errorType) return types::errorType;
      const auto kind = look(target.type);
      if (kind != TypeKind::Nominal && kind != TypeKind::Record && kind != TypeKind::Map && kind != TypeKind::Keyed) {
        report(code::not_a_value, span, {std::string(base::text(name)), "a type"}, &scope);
        return types::errorType;
      }
      meaning = {ResolutionKind::Type, target.file, target.item, target.type, 0};
      noteUse(scope, target, span);
      return target.type;
    }
    case NameKind::Fn:
    case NameKind::Builtin:
      report(code::not_a_value, span, {std::string(base::text(name)), "a function"}, &scope).label("call it: functions are not values");
      return types::errorType;
    case NameKind::Constant: {
      meaning.kind = ResolutionKind::Constant;
      types::TypeNode node;
      node.kind = TypeKind::Record;
      node.fields = {{base::intern("minor"), types::intType}, {base::intern("version"), types::stringType}};
      return core_.types.intern(std::move(node));
    }
    case NameKind::KubernetesGroup:
      report(code::not_a_value, span, {std::string(base::text(name)), "an API group"}, &scope);
      return types::errorType;
  }
  return types::errorType;
}

TypeId Checker::localType(LocalId id) {
  const auto& local = m_[id];
  auto& state = localStates_[base::index(id)];
  auto& type = out_->localTypes[base::index(id)];
  if (state == State::Done || local.kind != LocalKind::Let) return type;
  if (state == State::Running) {
    report(code::inference_cycle, local.nameSpan, {std::string(base::text(local.name))}).label("write its type behind the name");
    state = State::Done;
    return type = types::errorType;
  }
  state = State::Running;
  const auto scope = letScopes_[base::index(id)];
  TypeId found;
  if (base::valid(local.type)) {
    found = resolveType(local.type, scope.owner);
    out_->localTypes[base::index(id)] = found;
    localStates_[base::index(id)] = State::Done;
    check(local.value, {found, local.name, nullptr}, scope);
    return found;
  }
  found = infer(local.value, scope);
  if (localStates_[base::index(id)] == State::Running) {  // else a cycle was reported
    localStates_[base::index(id)] = State::Done;
    out_->localTypes[base::index(id)] = found;
  }
  return out_->localTypes[base::index(id)];
}

TypeId Checker::inferLet(const hir::Expr& expr, const Scope& scope, const Want* want) {
  letScopes_[expr.a] = scope;
  localType(LocalId{expr.a});
  const ExprId body{expr.b};
  return want != nullptr ? check(body, *want, scope) : infer(body, scope);
}

TypeId Checker::inferIf(const hir::Expr& expr, const Scope& scope, const Want* want) {
  const ExprId condition{expr.a}, then{expr.b}, otherwise{expr.c};
  checkCondition(condition, scope);
  const auto constant = constantCondition(condition);
  auto thenScope = within(scope, assume(condition, true, scope));
  auto elseScope = within(scope, assume(condition, false, scope));
  thenScope.dead = scope.dead || constant == false;
  elseScope.dead = scope.dead || constant == true;
  if (want != nullptr) {
    const auto a = check(then, *want, thenScope);
    if (base::valid(otherwise)) {
      const auto b = check(otherwise, *want, elseScope);
      if (constant) return *constant ? a : b;
      return join(a, b);
    }
    if (!core_.relation.fits(types::absentType, want->type) && constant != true) {
      auto& diagnostic = report(code::may_be_absent, expr.span, {"the value of this `if`", nameOfWant(*want), describeWant(want->type)}, &scope);
      diagnostic.label("without `else` it is absent when the condition is false");
      showDeclared(diagnostic, want->member, "declared here, not optional");
    }
    return core_.types.optional(a);
  }
  const auto a = infer(then, thenScope);
  const auto b = base::valid(otherwise) ? infer(otherwise, elseScope) : types::absentType;
  if (constant) return *constant ? a : b;
  return join(a, b);
}

TypeId Checker::inferInterpolation(const hir::Expr& expr, const Scope& scope) {
  for (const auto part : m_.exprList(expr.a, expr.b)) {
    const auto type = infer(part, scope);
    if (m_[part].kind == ExprKind::String || type == types::errorType) continue;
    if (kindOf(type) == TypeKind::Optional || kindOf(type) == TypeKind::Absent) {
      auto& diagnostic = report(code::may_be_absent, m_[part].span, {describeValue(part, type), "a text", "a value"}, &scope);
      diagnostic.label("write `?? \"…\"` behind it, or test it first");
      continue;
    }
    switch (look(type)) {
      case TypeKind::Record:
      case TypeKind::Map:
      case TypeKind::List:
      case TypeKind::Set:
      case TypeKind::Keyed:
      case TypeKind::Nominal:
      case TypeKind::Ref:
      case TypeKind::Function: {
        auto& diagnostic = report(code::no_text_form, m_[part].span, {describeValue(part, type)}, &scope);
        if (look(type) == TypeKind::List || look(type) == TypeKind::Set) {
          diagnostic.label("write `.join(\", \")` behind it");
        } else if (memberOf(type, base::intern("metadata")) != nullptr) {
          diagnostic.label("write `.metadata.name` behind it");
        } else {
          diagnostic.label("`toJson(…)` makes a text of it");
        }
        break;
      }
      default: break;
    }
  }
  return types::stringType;
}

TypeId Checker::checkIs(const hir::Expr& expr, const Scope& scope) {
  const auto type = infer(ExprId{expr.a}, scope);
  const auto pattern = resolveType(TypeExprId{expr.b}, scope.owner);
  if (type != types::errorType && pattern != types::errorType && intersect(type, pattern) == types::neverType) {
    report(code::never_matches, m_[TypeExprId{expr.b}].span, {print(type), print(pattern)}, &scope);
  }
  return types::boolType;
}

TypeId Checker::join(TypeId a, TypeId b) {
  if (a == b) return a;
  auto& table = core_.types;
  if (kindOf(a) == TypeKind::Never) return b;
  if (kindOf(b) == TypeKind::Never) return a;
  const bool optional = table.isOptional(a) || table.isOptional(b);
  const auto& left = node(table.required(a));
  const auto& right = node(table.required(b));
  TypeId joined{};
  if (left.kind == TypeKind::Record && right.kind == TypeKind::Record && !left.open && !right.open) {
    constexpr std::size_t widest = 256;  // beyond it the records of a list are data, not a type
    if (left.fields.size() + right.fields.size() > 2 * widest) return table.map(types::stringType, types::anyType);
    types::TypeNode merged;
    merged.kind = TypeKind::Record;
    merged.fields = left.fields;
    for (auto& field : merged.fields) {
      bool both = false;
      for (const auto& other : right.fields) {
        if (other.name != field.name) continue;
        field.type = join(field.type, other.type);
        both = true;
      }
      if (!both) field.type = table.optional(field.type);
    }
    for (const auto& other : right.fields) {
      bool both = false;
      for (const auto& field : left.fields) both = both || field.name == other.name;
      if (!both) merged.fields.push_back({other.name, table.optional(other.type), other.file, other.value});
    }
    joined = table.intern(std::move(merged));
  } else if (left.kind == TypeKind::List && right.kind == TypeKind::List) {
    joined = table.list(join(left.element, right.element));
  } else if (left.kind == TypeKind::Map && right.kind == TypeKind::Map && left.key == right.key) {
    joined = table.map(left.key, join(left.element, right.element));
  } else if (left.kind == TypeKind::Map && left.element == types::anyType && right.kind == TypeKind::Record) {
    joined = table.required(a);
  } else {
    return table.unite({a, b});
  }
  return optional ? table.optional(joined) : joined;
}

}  // namespace kdsl::sema
