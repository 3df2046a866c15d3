// `check` and `warn` of an instance, with the values that made them fail.
#include <fmt/format.h>

#include <algorithm>

#include "eval/evaluator.hpp"
#include "diag/codes/evaluation.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using source::Location;

namespace {

/// The parts of a failed condition that are worth showing: operands that are no literals.
void collectParts(const hir::Module& hir, hir::ExprId id, std::vector<hir::ExprId>& out, int depth = 0) {
  if (depth > 8 || out.size() >= 6 || !base::valid(id)) return;
  const auto& expr = hir[id];
  switch (expr.kind) {
    case hir::ExprKind::Binary:
      collectParts(hir, hir::ExprId{expr.a}, out, depth + 1);
      collectParts(hir, hir::ExprId{expr.b}, out, depth + 1);
      return;
    case hir::ExprKind::Not:
    case hir::ExprKind::Negate: collectParts(hir, hir::ExprId{expr.a}, out, depth + 1); return;
    case hir::ExprKind::Present: out.push_back(hir::ExprId{expr.a}); return;
    case hir::ExprKind::Name:
    case hir::ExprKind::Local:
    case hir::ExprKind::Field:
    case hir::ExprKind::Index:
    case hir::ExprKind::Call: out.push_back(id); return;
    default: return;
  }
}

}  // namespace

void Evaluator::runChecks(Place* place) {
  if (place->checksRun) return;
  place->checksRun = true;
  auto& record = fold(place);
  if (record.poisoned) return;
  for (std::uint32_t i = 0; i < record.layers.size(); ++i) {
    const auto layer = record.layers[i];
    if (layer.kind != Layer::Kind::Declared && layer.kind != Layer::Kind::Body) continue;
    if (!base::valid(layer.bodyId) || !bodyInfo(*layer.scope->module, layer.bodyId).hasChecks) continue;
    runChecksOf(place, layer.bodyId, layer.scope, layer.guard);
  }
}

void Evaluator::runChecksOf(Place* place, hir::BodyId body, const Scope* scope, const Guard* guard) {
  const auto& hir = *scope->module->hir;
  for (const auto& entry : hir.entriesOf(hir[body])) {
    switch (entry.kind) {
      case hir::EntryKind::If:
        if (base::valid(entry.then)) runChecksOf(place, entry.then, bodyScope(scope, entry.then), addGuard(guard, entry.value, false, scope));
        if (base::valid(entry.otherwise)) runChecksOf(place, entry.otherwise, bodyScope(scope, entry.otherwise), addGuard(guard, entry.value, true, scope));
        break;
      case hir::EntryKind::For:
        if (!bodyInfo(*scope->module, entry.then).hasChecks) break;
        for (const auto* iteration : iterations(scope, entry.then, entry)) runChecksOf(place, entry.then, iteration, guard);
        break;
      case hir::EntryKind::Check:
        if (held(guard)) runCheck(place, entry, scope);
        break;
      default: break;
    }
  }
}

void Evaluator::runCheck(Place* place, const hir::Entry& entry, const Scope* scope) {
  const auto& hir = *scope->module->hir;
  const Env env{scope, nullptr, 0};
  const auto outcome = eval(env, entry.value);
  if (outcome.isError() || (outcome.is(ValueKind::Bool) && outcome.asBool())) return;
  if (entry.name != base::emptySymbol && !entry.isFinal && waived(place, entry.name)) return;
  std::string message;
  if (base::valid(entry.extra)) {
    const auto text = eval(env, entry.extra);
    message = text.is(ValueKind::String) && !text.isHidden() ? std::string(text.asString()) : describe(text);
  } else {
    message = fmt::format("`{}` does not hold", sourceText(locationOf(scope, hir[entry.value].span)));
  }
  auto parts = partsOf(env, entry.value);  // before the report: computing them may report
  auto& diagnostic = report(entry.isWarning ? code::warn_failed : code::check_failed, locationOf(scope, hir[entry.value].span), {message});
  if (entry.name != base::emptySymbol) diagnostic.displayCode = std::string(base::text(entry.name));
  for (auto& words : parts) diagnostic.note(std::move(words));
  if (place->parent != nullptr || place->key != base::emptySymbol) {
    const auto made = madeAt(place);
    if (base::valid(made.file) && !(made == diagnostic.primary.at)) diagnostic.also(made, fmt::format("in `{}`", pathOf(place)));
  }
  if (entry.name != base::emptySymbol && !entry.isFinal) diagnostic.note(fmt::format("where it is meant: `waive {} because \"…\"`", base::text(entry.name)));
}

/// What the parts of a condition are: "`replicas` is 1".
std::vector<std::string> Evaluator::partsOf(const Env& env, hir::ExprId condition) {
  const auto& module = *env.scope->module;
  std::vector<hir::ExprId> parts;
  collectParts(*module.hir, condition, parts);
  std::vector<std::string> found;
  for (const auto part : parts) {
    const auto value = eval(env, part, Missing::Tolerate);
    if (value.isError() || (value.is(ValueKind::Record) && fold(value.asRecord()).nominal != nullptr)) continue;
    auto words = fmt::format("`{}` is {}", sourceText(locationOf(env.scope, (*module.hir)[part].span)), describe(value, module.exprTypes[base::index(part)]));
    if (std::find(found.begin(), found.end(), words) == found.end()) found.push_back(std::move(words));
  }
  return found;
}

std::string Evaluator::sourceText(Location at) const { return inputs_.sourceText(at.file, at.span); }

/// `waive NAME` lifts checks at and below the place of the body that it stands in.
bool Evaluator::waived(const Place* place, Symbol name) {
  for (; place != nullptr; place = place->parent) {
    if (place->record == nullptr) continue;
    for (std::uint32_t i = 0; i < place->record->layers.size(); ++i) {
      const auto layer = place->record->layers[i];
      if ((layer.kind == Layer::Kind::Body || layer.kind == Layer::Kind::Declared) && base::valid(layer.bodyId) && waivedIn(layer.bodyId, layer.scope, layer.guard, name)) return true;
    }
  }
  return false;
}

bool Evaluator::waivedIn(hir::BodyId body, const Scope* scope, const Guard* guard, Symbol name) {
  const auto& hir = *scope->module->hir;
  for (const auto& entry : hir.entriesOf(hir[body])) {
    if (entry.kind == hir::EntryKind::Waive && entry.name == name && held(guard)) return true;
    if (entry.kind != hir::EntryKind::If) continue;
    if (base::valid(entry.then) && waivedIn(entry.then, bodyScope(scope, entry.then), addGuard(guard, entry.value, false, scope), name)) return true;
    if (base::valid(entry.otherwise) && waivedIn(entry.otherwise, bodyScope(scope, entry.otherwise), addGuard(guard, entry.value, true, scope), name)) return true;
  }
  return false;
}

}  // namespace kdsl::eval
