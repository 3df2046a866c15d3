// What tests say about the values they look at. Sound, since every value is final when it is read.
#include <algorithm>

#include "sema/checker.hpp"

namespace kdsl::sema {

using hir::BinaryOp;
using hir::ExprKind;

namespace {

/// Longer paths are not narrowed.
constexpr std::size_t maxPath = 16;

enum Root : std::uint32_t { localRoot, nameRoot, selfRoot };

bool isScalarKind(TypeKind kind) {
  switch (kind) {
    case TypeKind::Bool:
    case TypeKind::Int:
    case TypeKind::Float:
    case TypeKind::String:
    case TypeKind::Quantity:
    case TypeKind::Duration:
    case TypeKind::Seconds: return true;
    default: return false;
  }
}

/// The kind of scalar that a literal type is one of.
TypeKind scalarOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::BoolLiteral: return TypeKind::Bool;
    case TypeKind::IntLiteral:
    case TypeKind::Seconds: return TypeKind::Int;
    case TypeKind::FloatLiteral: return TypeKind::Float;
    case TypeKind::StringLiteral:
    case TypeKind::Sensitive: return TypeKind::String;
    default: return kind;
  }
}

}  // namespace

bool Checker::pathOf(ExprId id, const Scope& scope, std::vector<std::uint32_t>& path) const {
  path.clear();
  for (;;) {
    if (path.size() > maxPath) return false;
    const auto& expr = m_[id];
    switch (expr.kind) {
      case ExprKind::Field:
        path.push_back(expr.b);
        id = ExprId{expr.a};
        continue;
      case ExprKind::Index: {
        if (expr.c != 1) return false;
        const auto& key = m_[m_.exprLists[expr.b]];
        if (key.kind != ExprKind::String) return false;
        path.push_back(key.a);
        id = ExprId{expr.a};
        continue;
      }
      case ExprKind::Local:
        path.push_back(expr.a);
        path.push_back(localRoot);
        break;
      case ExprKind::Name:
        path.push_back(expr.a);
        path.push_back(nameRoot);
        break;
      case ExprKind::Self:
        path.push_back(scope.selfId);
        path.push_back(selfRoot);
        break;
      default: return false;
    }
    std::reverse(path.begin(), path.end());
    return true;
  }
}

TypeId Checker::narrowed(ExprId id, TypeId type, const Scope& scope) const {
  if (scope.facts == nullptr || type == types::errorType) return type;
  std::vector<std::uint32_t> path;
  if (!pathOf(id, scope, path)) return type;
  for (const auto* fact = scope.facts; fact != nullptr; fact = fact->up) {
    if (fact->size == path.size() && std::equal(path.begin(), path.end(), fact->path)) return fact->type;
  }
  return type;
}

const Fact* Checker::addFact(const Fact* up, PathKey path, TypeId type) {
  auto* fact = arena_.make<Fact>();
  fact->up = up;
  fact->path = arena_.copy(path).data();
  fact->size = static_cast<std::uint32_t>(path.size());
  fact->type = type;
  return fact;
}

const Fact* Checker::assumeType(ExprId id, TypeId type, const Scope& scope, const Fact* facts) {
  std::vector<std::uint32_t> path;
  return pathOf(id, scope, path) ? addFact(facts, path, type) : facts;
}

const Fact* Checker::assumePresent(ExprId id, const Scope& scope, const Fact* facts) {
  // Of `a?.b.c` being there follows that `a`, `a.b` and `a.b.c` are.
  for (;;) {
    const auto type = typeOf(id);
    if (core_.types.isOptional(type)) facts = assumeType(id, core_.types.required(type), scope, facts);
    const auto& expr = m_[id];
    switch (expr.kind) {
      case ExprKind::Field:
      case ExprKind::Index:
      case ExprKind::Call: id = ExprId{expr.a}; break;
      default: return facts;
    }
  }
}

const Fact* Checker::assume(ExprId id, bool holds, const Scope& scope) {
  if (!base::valid(id)) return scope.facts;
  const auto& expr = m_[id];
  switch (expr.kind) {
    case ExprKind::Not: return assume(ExprId{expr.a}, !holds, scope);
    case ExprKind::Present:
      if (holds) return assumePresent(ExprId{expr.a}, scope, scope.facts);
      return core_.types.isOptional(typeOf(ExprId{expr.a})) ? assumeType(ExprId{expr.a}, types::absentType, scope, scope.facts) : scope.facts;
    case ExprKind::Is: {
      const auto type = typeOf(ExprId{expr.a});
      const auto pattern = out_->typeExprs[expr.b];
      if (type == types::errorType || pattern == types::errorType) return scope.facts;
      const auto result = holds ? intersect(type, pattern) : subtract(type, pattern);
      auto facts = scope.facts;
      if (holds && !core_.types.isOptional(result)) facts = assumePresent(ExprId{expr.a}, scope, facts);
      return assumeType(ExprId{expr.a}, result, scope, facts);
    }
    case ExprKind::Binary: break;
    default: return scope.facts;
  }
  switch (expr.op) {
    case BinaryOp::And:
    case BinaryOp::Or: {
      // All operands hold, or none does: what each says is known.
      if ((expr.op == BinaryOp::And) != holds) return scope.facts;
      std::vector<ExprId> operands;
      auto at = id;
      for (;;) {
        const auto& inner = m_[at];
        if (inner.kind != ExprKind::Binary || inner.op != expr.op) break;
        operands.push_back(ExprId{inner.b});
        at = ExprId{inner.a};
      }
      auto result = within(scope, assume(at, holds, scope));
      for (auto operand = operands.rbegin(); operand != operands.rend(); ++operand) result.facts = assume(*operand, holds, result);
      return result.facts;
    }
    case BinaryOp::Equal:
    case BinaryOp::NotEqual: {
      const bool equal = (expr.op == BinaryOp::Equal) == holds;
      auto facts = scope.facts;
      const ExprId sides[] = {ExprId{expr.a}, ExprId{expr.b}};
      for (int i = 0; i < 2; ++i) {
        const auto side = sides[i], other = sides[1 - i];
        const auto type = typeOf(side);
        if (type == types::errorType) continue;
        const bool otherAbsent = m_[other].kind == ExprKind::Absent;
        if (otherAbsent ? !equal : equal && !core_.types.isOptional(typeOf(other))) facts = assumePresent(side, scope, facts);
        if (m_[other].kind == ExprKind::String && kindOf(core_.types.required(type)) == TypeKind::Union) {
          const auto literal = core_.types.stringLiteral(Symbol{m_[other].a});
          const auto result = equal ? intersect(core_.types.required(type), literal) : subtract(type, literal);
          if (result != types::neverType) facts = assumeType(side, result, scope, facts);
        }
      }
      return facts;
    }
    case BinaryOp::In: return holds ? assumePresent(ExprId{expr.a}, scope, scope.facts) : scope.facts;
    default: return scope.facts;
  }
}

std::vector<TypeId> Checker::partsOf(TypeId type) {
  std::vector<TypeId> parts;
  const auto& found = node(type);
  if (found.kind == TypeKind::Optional) {
    parts = partsOf(found.element);
    parts.push_back(types::absentType);
  } else if (found.kind == TypeKind::Union) {
    for (const auto member : found.members) {
      const auto inner = partsOf(member);
      parts.insert(parts.end(), inner.begin(), inner.end());
    }
  } else if (found.kind == TypeKind::Bool) {
    parts = {core_.types.boolLiteral(true), core_.types.boolLiteral(false)};
  } else if (found.kind != TypeKind::Never) {
    parts.push_back(type);
  }
  return parts;
}

bool Checker::isWithin(TypeId type, TypeId pattern) {
  if (type == pattern) return true;
  const auto& narrow = node(type);
  const auto& wide = node(pattern);
  if (wide.kind == TypeKind::Any || wide.kind == TypeKind::Error || narrow.kind == TypeKind::Error) return true;
  if (narrow.kind == TypeKind::Any) return false;
  if (wide.kind == TypeKind::Optional) return narrow.kind == TypeKind::Absent || isWithin(core_.types.required(type), wide.element);
  if (wide.kind == TypeKind::Union) {
    return std::any_of(wide.members.begin(), wide.members.end(), [&](TypeId member) { return isWithin(type, member); });
  }
  if (narrow.kind == TypeKind::Where) return isWithin(narrow.element, pattern);
  if (wide.kind == TypeKind::Where || !wide.bounds.empty()) return false;
  if (isScalarKind(wide.kind)) return scalarOf(narrow.kind) == scalarOf(wide.kind);
  if (narrow.kind == TypeKind::Absent || narrow.kind == TypeKind::Null || isScalarKind(scalarOf(narrow.kind))) return narrow.kind == wide.kind && narrow == wide;
  return core_.relation.fits(type, pattern);
}

TypeId Checker::intersect(TypeId type, TypeId pattern) {
  if (kindOf(type) == TypeKind::Any || type == types::errorType) return pattern;
  std::vector<TypeId> kept;
  for (const auto part : partsOf(type)) {
    if (isWithin(part, pattern)) {
      kept.push_back(part);
      continue;
    }
    for (const auto choice : partsOf(pattern)) {
      const bool areRanges = scalarOf(kindOf(choice)) == scalarOf(look(part)) && !(node(choice).bounds.empty() && node(part).bounds.empty());
      if (isWithin(choice, part) || ((areRanges || kindOf(choice) == TypeKind::Where) && core_.relation.overlaps(choice, part))) kept.push_back(choice);
    }
  }
  const auto result = core_.types.unite(kept);
  // `true | false` is bool again.
  if (kindOf(type) == TypeKind::Bool && result != types::neverType && isWithin(type, pattern)) return type;
  return result;
}

TypeId Checker::subtract(TypeId type, TypeId pattern) {
  if (kindOf(type) == TypeKind::Any || type == types::errorType) return type;
  std::vector<TypeId> kept;
  for (const auto part : partsOf(type)) {
    if (!isWithin(part, pattern)) kept.push_back(part);
  }
  const auto yes = core_.types.boolLiteral(true), no = core_.types.boolLiteral(false);
  if (std::find(kept.begin(), kept.end(), yes) != kept.end() && std::find(kept.begin(), kept.end(), no) != kept.end()) {
    std::erase(kept, yes);
    std::replace(kept.begin(), kept.end(), no, types::boolType);
  }
  return core_.types.unite(kept);
}

std::optional<std::int64_t> Checker::constantInt(ExprId id) {
  const auto& expr = m_[id];
  if (expr.kind == ExprKind::Int) return m_.ints[expr.a];
  static const Symbol minor = base::intern("minor");
  if (expr.kind == ExprKind::Field && Symbol{expr.b} == minor && out_->resolutions[expr.a].kind == ResolutionKind::Constant) return core_.pack.minor();
  return std::nullopt;
}

std::optional<bool> Checker::constantCondition(ExprId id, int depth) {
  constexpr int limit = 64;
  if (!base::valid(id) || depth > limit) return std::nullopt;
  const auto& expr = m_[id];
  if (expr.kind == ExprKind::Not) {
    const auto inner = constantCondition(ExprId{expr.a}, depth + 1);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (expr.kind != ExprKind::Binary) return std::nullopt;
  if (expr.op == BinaryOp::And || expr.op == BinaryOp::Or) {
    const auto left = constantCondition(ExprId{expr.a}, depth + 1);
    const auto right = constantCondition(ExprId{expr.b}, depth + 1);
    const bool decides = expr.op == BinaryOp::Or;
    if (left == decides || right == decides) return decides;
    return left && right ? std::optional(!decides) : std::nullopt;
  }
  if (m_[ExprId{expr.a}].kind == ExprKind::Int && m_[ExprId{expr.b}].kind == ExprKind::Int) return std::nullopt;  // says nothing of Kubernetes
  const auto left = constantInt(ExprId{expr.a});
  const auto right = constantInt(ExprId{expr.b});
  if (!left || !right) return std::nullopt;
  switch (expr.op) {
    case BinaryOp::Equal: return *left == *right;
    case BinaryOp::NotEqual: return *left != *right;
    case BinaryOp::Less: return *left < *right;
    case BinaryOp::LessEqual: return *left <= *right;
    case BinaryOp::Greater: return *left > *right;
    case BinaryOp::GreaterEqual: return *left >= *right;
    default: return std::nullopt;
  }
}

}  // namespace kdsl::sema
