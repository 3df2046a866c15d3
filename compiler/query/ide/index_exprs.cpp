// Expressions: what their names mean, and what their places want.
#include "query/ide/index_builder.hpp"
#include "query/ide/type_lookup.hpp"

namespace kdsl::query {

using hir::BinaryOp;
using hir::ExprId;
using hir::ExprKind;
using sema::ResolutionKind;

namespace {

Target itemTarget(FileId file, hir::ItemId item) {
  Target target;
  target.kind = TargetKind::Item;
  target.file = file;
  target.item = item;
  return target;
}

Target localTarget(FileId file, std::uint32_t local) {
  Target target;
  target.kind = TargetKind::Local;
  target.file = file;
  target.local = hir::LocalId{local};
  return target;
}

}  // namespace

void IndexBuilder::walkExpr(ExprId id, TypeId want, const Scope& scope) {
  if (!base::valid(id)) return;
  const auto& expr = hir_[id];
  index_.wants[base::index(id)] = want;
  switch (expr.kind) {
    case ExprKind::Interpolation:
      for (const auto part : hir_.exprList(expr.a, expr.b)) walkExpr(part, types::errorType, scope);
      return;
    case ExprKind::Local: return add(expr.span, localTarget(facts_.file, expr.a), typeOf(id));
    case ExprKind::Name: return walkName(id, expr, scope);
    case ExprKind::Field: return walkField(id, expr, {}, scope);
    case ExprKind::Index: {
      walkExpr(ExprId{expr.a}, types::errorType, scope);
      const auto key = keyOf(program_, typeOf(ExprId{expr.a}));
      for (const auto part : hir_.exprList(expr.b, expr.c)) walkExpr(part, key, scope);
      return;
    }
    case ExprKind::Call: return walkCall(id, expr, scope);
    case ExprKind::Refine: {
      walkExpr(ExprId{expr.a}, want, scope);
      Scope inner = scope;
      inner.self = known(typeOf(ExprId{expr.a}), known(typeOf(id), want));
      inner.super = types::errorType;
      return walkBody(hir::BodyId{expr.b}, inner.self, inner);
    }
    case ExprKind::Record: {
      const auto place = known(want, typeOf(id));
      return walkBody(hir::BodyId{expr.a}, place, scope);
    }
    case ExprKind::Present:
    case ExprKind::Not: return walkExpr(ExprId{expr.a}, types::errorType, scope);
    case ExprKind::Negate: return walkExpr(ExprId{expr.a}, want, scope);
    case ExprKind::Binary: return walkBinary(expr, want, scope);
    case ExprKind::Is: walkExpr(ExprId{expr.a}, types::errorType, scope); return walkType(hir::TypeExprId{expr.b}, scope);
    case ExprKind::If:
      walkExpr(ExprId{expr.a}, types::boolType, scope);
      walkExpr(ExprId{expr.b}, want, scope);
      return walkExpr(ExprId{expr.c}, want, scope);
    case ExprKind::Match:
      walkExpr(ExprId{expr.a}, types::errorType, scope);
      for (std::uint32_t i = 0; i < expr.c; ++i) {
        const auto& arm = hir_.arms[expr.b + i];
        walkType(arm.pattern, scope);
        walkExpr(arm.value, want, scope);
      }
      return;
    case ExprKind::Let: {
      const hir::LocalId local{expr.a};
      declareLocal(local, scope);
      walkExpr(hir_[local].value, types::errorType, scope);
      return walkExpr(ExprId{expr.b}, want, scope);
    }
    case ExprKind::Lambda:
      for (std::uint32_t i = 0; i < expr.b; ++i) declareLocal(hir::LocalId{expr.a + i}, scope);
      return walkExpr(ExprId{expr.c}, types::errorType, scope);
    case ExprKind::List: return walkList(expr, want, scope);
    default: return;
  }
}

Target IndexBuilder::targetOfResolution(ExprId id, base::Symbol name, const Scope& scope) const {
  const auto& resolution = checked_.resolutions[base::index(id)];
  switch (resolution.kind) {
    case ResolutionKind::Member:
    case ResolutionKind::StaticLet:
    case ResolutionKind::Fn: {
      if (base::valid(resolution.file) && base::valid(resolution.item)) return itemTarget(resolution.file, resolution.item);
      for (auto owner = scope.owner; base::valid(owner); owner = hir_[owner].parent) {
        if (const auto* member = memberOf(program_, typeOf(owner), name)) return targetOfMember(*member);
      }
      return {};
    }
    case ResolutionKind::Type: return targetOfType(program_, resolution.type);
    case ResolutionKind::Builtin: {
      Target target;
      target.kind = TargetKind::Builtin;
      target.builtin = resolution.builtin;
      return target;
    }
    case ResolutionKind::Constant: {
      Target target;
      target.kind = TargetKind::Constant;
      target.name = name;
      return target;
    }
    case ResolutionKind::None: return {};
  }
  return {};
}

void IndexBuilder::walkName(ExprId id, const hir::Expr& expr, const Scope& scope) {
  const base::Symbol name{expr.a};
  auto target = targetOfResolution(id, name, scope);
  if (target.kind == TargetKind::None) target = declaredName(name, scope.owner);
  add(expr.span, target, typeOf(id));
}

void IndexBuilder::walkField(ExprId id, const hir::Expr& expr, const Target& method, const Scope& scope) {
  const ExprId receiver{expr.a};
  walkExpr(receiver, types::errorType, scope);
  const base::Symbol name{expr.b};
  if (name == base::emptySymbol) return;
  auto target = method;
  if (target.kind == TargetKind::None) target = targetOfResolution(id, name, scope);
  if (target.kind == TargetKind::None) {
    const auto base = typeOf(receiver);
    if (const auto* member = memberOf(program_, base, name)) {
      target = targetOfMember(*member);
    } else {
      target.kind = TargetKind::Key;
      target.name = name;
    }
  }
  add(hir::fieldNameSpan(expr), target, typeOf(id));
}

void IndexBuilder::walkCall(ExprId id, const hir::Expr& expr, const Scope& scope) {
  const ExprId callee{expr.a};
  const auto& function = hir_[callee];
  const auto target = targetOfResolution(id, base::emptySymbol, scope);
  if (function.kind == ExprKind::Field) {
    walkField(callee, function, target, scope);
  } else if (function.kind == ExprKind::Name && target.kind != TargetKind::None) {
    add(function.span, target, typeOf(id));
  } else {
    walkExpr(callee, types::errorType, scope);
  }

  const bool isFn = target.kind == TargetKind::Item;
  const sema::CheckedModule* module = isFn ? &program_.module(target.file) : nullptr;
  const auto* fn = isFn ? &(*module->hir)[target.item] : nullptr;
  std::uint32_t position = 0;
  for (std::uint32_t i = 0; i < expr.c; ++i) {
    const auto& argument = hir_.arguments[expr.b + i];
    TypeId want = types::errorType;
    if (fn != nullptr && fn->kind == hir::ItemKind::Fn) {
      for (std::uint32_t p = 0; p < fn->paramCount; ++p) {
        const auto local = base::index(fn->firstParam) + p;
        const bool meant = argument.name == base::emptySymbol ? p == position : module->hir->locals[local].name == argument.name;
        if (!meant) continue;
        want = module->localTypes[local];
        if (argument.name != base::emptySymbol) add(argument.nameSpan, localTarget(target.file, local), want);
      }
    }
    if (argument.name == base::emptySymbol) ++position;
    walkExpr(argument.value, want, scope);
  }
}

void IndexBuilder::walkList(const hir::Expr& expr, TypeId want, const Scope& scope) {
  const auto element = elementOf(program_, want);
  for (std::uint32_t i = 0; i < expr.b; ++i) walkElement(expr.a + i, element, scope);
}

void IndexBuilder::walkElement(std::uint32_t index, TypeId want, const Scope& scope) {
  const auto& element = hir_.elements[index];
  switch (element.kind) {
    case hir::ElementKind::Value: return walkExpr(element.value, want, scope);
    case hir::ElementKind::Spread: return walkExpr(element.value, types::errorType, scope);
    case hir::ElementKind::If:
      walkExpr(element.value, types::boolType, scope);
      walkElement(element.then, want, scope);
      if (element.otherwise != 0) walkElement(element.otherwise, want, scope);
      return;
    case hir::ElementKind::For:
      walkExpr(element.value, types::errorType, scope);
      declareLocal(element.first, scope);
      declareLocal(element.second, scope);
      walkExpr(element.filter, types::boolType, scope);
      return walkElement(element.then, want, scope);
  }
}

void IndexBuilder::walkBinary(const hir::Expr& expr, TypeId want, const Scope& scope) {
  const ExprId left{expr.a}, right{expr.b};
  switch (expr.op) {
    case BinaryOp::Equal:
    case BinaryOp::NotEqual:
      // `env == "▮"`: the other side says what may stand here.
      walkExpr(left, typeOf(right), scope);
      return walkExpr(right, typeOf(left), scope);
    case BinaryOp::And:
    case BinaryOp::Or: walkExpr(left, types::boolType, scope); return walkExpr(right, types::boolType, scope);
    case BinaryOp::In: walkExpr(left, elementOf(program_, typeOf(right)), scope); return walkExpr(right, types::errorType, scope);
    case BinaryOp::Less:
    case BinaryOp::LessEqual:
    case BinaryOp::Greater:
    case BinaryOp::GreaterEqual: walkExpr(left, types::errorType, scope); return walkExpr(right, typeOf(left), scope);
    default: walkExpr(left, want, scope); return walkExpr(right, want, scope);
  }
}

}  // namespace kdsl::query
