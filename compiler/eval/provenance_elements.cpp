// What the elements of plain lists read: from the list back to what put this one element there.
#include <algorithm>

#include "eval/place_path.hpp"
#include "eval/provenance_reader.hpp"

namespace kdsl::eval {

using hir::ExprKind;

/// The settings of the list in the order of their elements: what is prepended, the value, what is appended (Evaluator::leaf joins them so).
void ProvenanceReader::readsOfItem(Place* list, std::size_t position, bool hidden, std::vector<Provenance>& out) {
  std::vector<std::uint32_t> joins, order;
  for (auto i = list->contributions.size(); i-- > 0;) {
    const auto contribution = list->contributions[i];
    if (contribution.verb == Verb::Each || contribution.verb == Verb::External || !e_.held(contribution.guard)) continue;
    if (contribution.quiet && !e_.decideExistence(list, i)) continue;
    if (contribution.verb == Verb::Append || contribution.verb == Verb::Prepend) {
      joins.push_back(i);
      continue;
    }
    if (contribution.verb != Verb::Absent) order.push_back(i);
    break;
  }
  for (auto i = joins.size(); i-- > 0;) order.insert(list->contributions[joins[i]].verb == Verb::Prepend ? order.begin() : order.end(), joins[i]);
  for (const auto i : order) {
    const auto count = e_.itemsOf(e_.evalContribution(list, i)).size();
    if (position >= count) {
      position -= count;
      continue;
    }
    const auto contribution = list->contributions[i];
    const bool isExpr = base::valid(contribution.expr) && contribution.scope != nullptr && contribution.source != Contribution::Source::Path && contribution.source != Contribution::Source::Body;
    if (isExpr) readsOfItem(Env{contribution.scope, list, i}, contribution.expr, position, hidden, out);
    return;
  }
}

void ProvenanceReader::readsOfItem(const Env& env, hir::ExprId id, std::size_t position, bool hidden, std::vector<Provenance>& out) {
  if (!base::valid(id) || depth_ >= maxDepth || settings_ >= maxSettings) return;
  const auto& hir = *env.scope->module->hir;
  const auto& expr = hir[id];
  switch (expr.kind) {
    case ExprKind::List: return readsOfLiteralItem(env, expr, position, hidden, out);
    case ExprKind::Name:
    case ExprKind::Local:
    case ExprKind::Field:
    case ExprKind::Index: {
      auto* place = placeOf(env, id);
      if (place == nullptr) return;
      const auto value = e_.force(place);
      if (!value.is(ValueKind::List) || position >= value.asList().items.size()) return;
      const auto item = value.asList().items[position];
      out.push_back(follow(item.is(ValueKind::Record) ? item.asRecord() : elementOfList(e_, place, position), {}, hidden));
      return;
    }
    case ExprKind::If: {
      const auto condition = e_.eval(env, hir::ExprId{expr.a});
      if (condition.is(ValueKind::Bool)) readsOfItem(env, hir::ExprId{condition.asBool() ? expr.b : expr.c}, position, hidden, out);
      reads(env, hir::ExprId{expr.a}, hidden, out);
      return;
    }
    case ExprKind::Binary: {
      if (expr.op != hir::BinaryOp::Add) break;
      const auto front = e_.itemsOf(e_.eval(env, hir::ExprId{expr.a})).size();
      return position < front ? readsOfItem(env, hir::ExprId{expr.a}, position, hidden, out) : readsOfItem(env, hir::ExprId{expr.b}, position - front, hidden, out);
    }
    case ExprKind::Call:
      if (isMapping(env, id)) {
        const hir::ExprId receiver{hir[hir::ExprId{expr.a}].a};
        const auto items = e_.itemsOf(e_.eval(env, receiver, Missing::Tolerate));
        if (position >= items.size()) return;
        readsOfItem(env, receiver, position, hidden, out);
        readsOfLambda(env, hir[hir.arguments[expr.b].value], std::span(&items[position], 1), hidden, out);
        return;
      }
      break;
    default: break;
  }
  reads(env, id, hidden, out);
}

void ProvenanceReader::readsOfLiteralItem(const Env& env, const hir::Expr& list, std::size_t position, bool hidden, std::vector<Provenance>& out) {
  const auto& elements = env.scope->module->hir->elements;
  for (std::uint32_t i = 0; i < list.b; ++i) {
    const auto& element = elements[list.a + i];
    if (element.kind == hir::ElementKind::Spread) {
      const auto count = e_.itemsOf(e_.eval(env, element.value)).size();
      if (position < count) return readsOfItem(env, element.value, position, hidden, out);
      position -= count;
      continue;
    }
    bool found = false;
    e_.forElements(env, list.a + i, 1, [&](const Env& inner, hir::ExprId item, Value) {
      if (base::valid(item) && e_.eval(inner, item).isAbsent()) return true;
      if (position-- != 0) return true;
      found = true;
      reads(inner, item, hidden, out);
      return false;
    });
    if (found) return;
  }
}

bool ProvenanceReader::isMapping(const Env& env, hir::ExprId id) const {
  const auto& module = *env.scope->module;
  const auto& hir = *module.hir;
  const auto& expr = hir[id];
  const auto& callee = hir[hir::ExprId{expr.a}];
  if (callee.kind != ExprKind::Field || base::text(base::Symbol{callee.b}) != "map" || expr.c != 1) return false;
  return module.resolutions[base::index(id)].kind != sema::ResolutionKind::Fn && hir[hir.arguments[expr.b].value].kind == ExprKind::Lambda;
}

}  // namespace kdsl::eval
