#pragma once
// Visits expressions and the bodies inside them without recursion: trees may be as deep as the parser lets them be.
#include <vector>

#include "hir/module.hpp"

namespace kdsl::sema {

/// Calls `visit(ExprId)` for `root` and every expression inside it, those of bodies and elements too; in no particular order. Without
/// `intoRefinements` the bodies of `X { … }` are left out: their `self` is another one.
template <typename Visit>
void walkExprs(const hir::Module& module, hir::ExprId root, Visit&& visit, bool intoRefinements = true) {
  using hir::ExprId;
  using hir::ExprKind;
  std::vector<ExprId> exprs;
  std::vector<hir::BodyId> bodies;
  std::vector<std::uint32_t> elements;
  const auto push = [&](ExprId id) {
    if (base::valid(id)) exprs.push_back(id);
  };
  const auto pushList = [&](std::uint32_t first, std::uint32_t count) {
    for (const auto id : module.exprList(first, count)) push(id);
  };
  const auto pushBody = [&](hir::BodyId id) {
    if (base::valid(id)) bodies.push_back(id);
  };
  const auto openBody = [&](hir::BodyId id) {
    for (const auto& entry : module.entriesOf(module[id])) {
      push(entry.value);
      push(entry.extra);
      if (entry.kind == hir::EntryKind::Let) push(module[entry.first].value);
      if (entry.kind == hir::EntryKind::Set) {
        for (const auto& segment : module.segmentsOf(entry)) pushList(segment.first, segment.count);
      }
      pushBody(entry.then);
      pushBody(entry.otherwise);
    }
  };
  const auto openElement = [&](std::uint32_t index) {
    const auto& element = module.elements[index];
    push(element.value);
    push(element.filter);
    if (element.kind == hir::ElementKind::If || element.kind == hir::ElementKind::For) elements.push_back(element.then);
    if (element.kind == hir::ElementKind::If && element.otherwise != 0) elements.push_back(element.otherwise);
  };
  push(root);
  for (;;) {
    if (!bodies.empty()) {
      const auto id = bodies.back();
      bodies.pop_back();
      openBody(id);
      continue;
    }
    if (!elements.empty()) {
      const auto index = elements.back();
      elements.pop_back();
      openElement(index);
      continue;
    }
    if (exprs.empty()) return;
    const auto id = exprs.back();
    exprs.pop_back();
    visit(id);
    const auto& expr = module[id];
    switch (expr.kind) {
      case ExprKind::Interpolation: pushList(expr.a, expr.b); break;
      case ExprKind::Field:
      case ExprKind::Present:
      case ExprKind::Not:
      case ExprKind::Negate:
      case ExprKind::Is: push(ExprId{expr.a}); break;
      case ExprKind::Index:
        push(ExprId{expr.a});
        pushList(expr.b, expr.c);
        break;
      case ExprKind::Call:
        push(ExprId{expr.a});
        for (std::uint32_t i = 0; i < expr.c; ++i) push(module.arguments[expr.b + i].value);
        break;
      case ExprKind::Refine:
        push(ExprId{expr.a});
        if (intoRefinements) pushBody(hir::BodyId{expr.b});
        break;
      case ExprKind::Record: pushBody(hir::BodyId{expr.a}); break;
      case ExprKind::Binary:
        push(ExprId{expr.a});
        push(ExprId{expr.b});
        break;
      case ExprKind::If:
        push(ExprId{expr.a});
        push(ExprId{expr.b});
        push(ExprId{expr.c});
        break;
      case ExprKind::Match:
        push(ExprId{expr.a});
        for (std::uint32_t i = 0; i < expr.c; ++i) push(module.arms[expr.b + i].value);
        break;
      case ExprKind::Let:
        push(module[hir::LocalId{expr.a}].value);
        push(ExprId{expr.b});
        break;
      case ExprKind::Lambda: push(ExprId{expr.c}); break;
      case ExprKind::List:
        for (std::uint32_t i = 0; i < expr.b; ++i) elements.push_back(expr.a + i);
        break;
      default: break;
    }
  }
}

}  // namespace kdsl::sema
