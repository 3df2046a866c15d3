// `check` and `warn` of an instance, with the values that made them fail.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "eval/evaluator.hpp"
#include "diag/codes/evaluation.hpp"
#include "eval/provenance_reader.hpp"

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

bool Evaluator::checkHolds(const hir::Entry& entry, const Scope* scope) {
  ++checksRun_;
  const auto outcome = eval(Env{scope, nullptr, 0}, entry.value);
  const bool holds = outcome.isError() || (outcome.is(ValueKind::Bool) && outcome.asBool());  // an error is reported already
  if (coverage_ != nullptr) {
    const Coverage::Place at{scope->module->hir->file, (*scope->module->hir)[entry.value].span.begin};
    coverage_->ran.insert(at);
    if (!holds) coverage_->failed.insert(at);
  }
  return holds;
}

/// For coverage: somebody other than the declaration sets this param or field.
void Evaluator::noteSet(const Place* place) {
  if (place->member == nullptr || !base::valid(place->member->declared.file)) return;
  for (std::uint32_t i = 0; i < place->contributions.size(); ++i) {
    if (!place->contributions[i].declared && place->contributions[i].verb != Verb::Each) coverage_->set.insert({place->member->declared.file, place->member->declared.span.begin});
  }
}

void Evaluator::noteBranch(const Env& env, hir::ExprId branch) {
  const auto& hir = *env.scope->module->hir;
  coverage_->branches.insert({hir.file, hir[branch].span.begin});
}

std::string Evaluator::messageOf(const hir::Entry& entry, const Scope* scope) {
  if (!base::valid(entry.extra)) return fmt::format("`{}` does not hold", sourceText(locationOf(scope, (*scope->module->hir)[entry.value].span)));
  const auto text = eval(Env{scope, nullptr, 0}, entry.extra);
  return text.is(ValueKind::String) && !text.isHidden() ? std::string(text.asString()) : describe(text);
}

void Evaluator::runCheck(Place* place, const hir::Entry& entry, const Scope* scope) {
  failsFound_.clear();
  if (checkHolds(entry, scope)) return;
  const auto failsFound = std::exchange(failsFound_, {});
  const bool isNamed = entry.name != base::emptySymbol;
  if (isNamed && !entry.isFinal && waived(place, {entry.name})) return;
  const Env env{scope, nullptr, 0};
  auto message = messageOf(entry, scope);
  const auto condition = locationOf(scope, (*scope->module->hir)[entry.value].span);
  auto parts = partsOf(env, entry.value);  // before the report: computing them may report
  const auto settings = settingsToMend(place, entry, scope);
  auto& diagnostic = report(entry.isWarning ? code::warn_failed : code::check_failed, settings.empty() ? condition : settings[0], {std::move(message)});
  if (isNamed) diagnostic.displayCode = std::string(base::text(entry.name));
  for (auto& words : parts) diagnostic.note(std::move(words));
  if (!failsFound.empty()) diagnostic.note(fmt::format("making it reports {}", failsFound));
  const bool hasPath = place->parent != nullptr || place->key != base::emptySymbol;
  if (!settings.empty()) {
    if (hasPath) diagnostic.label(fmt::format("in `{}`", pathOf(place)));
    for (std::size_t i = 1; i < settings.size(); ++i) diagnostic.also(settings[i], "and this");
    diagnostic.also(condition, isNamed ? fmt::format("the check `{}`", base::text(entry.name)) : "the check");
  } else if (const auto made = madeAt(place); hasPath && base::valid(made.file) && !(made == condition)) {
    diagnostic.also(made, fmt::format("in `{}`", pathOf(place)));
  }
  if (isNamed && entry.isFinal) diagnostic.note("the check is final: nobody can waive it");
  if (isNamed && !entry.isFinal) diagnostic.note(fmt::format("where it is meant: `waive {} because \"…\"`", base::text(entry.name)));
}

/// Where whoever builds can mend a failed check: of a component or schema at the settings that decided it, else where the value is made. A check of a file
/// is mended there only if the settings stand in another file; a check in a body stands beside what it is about. Empty: at the check itself.
std::vector<Location> Evaluator::settingsToMend(const Place* place, const hir::Entry& entry, const Scope* scope) {
  const auto* nominal = place->record->nominal;
  if (nominal == nullptr || scope->members != place) return {};
  const bool isFile = nominal->kind == types::NominalKind::Module;
  if (!isFile && nominal->kind != types::NominalKind::Component && nominal->kind != types::NominalKind::Schema) return {};
  auto found = causesOf(Env{scope, nullptr, 0}, entry.value);
  if (isFile) {
    std::erase_if(found, [&](const Location& at) { return at.file == scope->module->hir->file; });
  } else if (found.empty()) {
    if (const auto made = madeByUserAt(place); base::valid(made.file)) found.push_back(made);
  }
  return found;
}

/// Evaluates only what the condition did; should that report something nevertheless, it was reported then.
std::vector<Location> Evaluator::causesOf(const Env& env, hir::ExprId condition, Defaults defaults) {
  diag::Sink dropped;
  auto* const sink = std::exchange(sink_, &dropped);
  auto found = ProvenanceReader(*this).causes(env, condition, defaults);
  sink_ = sink;
  return found;
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
bool Evaluator::waived(const Place* place, std::initializer_list<Symbol> names) {
  for (const auto* at = place; at != nullptr; at = at->parent) {
    if (at->record == nullptr) continue;
    for (std::uint32_t i = 0; i < at->record->layers.size(); ++i) {
      const auto layer = at->record->layers[i];
      if ((layer.kind == Layer::Kind::Body || layer.kind == Layer::Kind::Declared) && base::valid(layer.bodyId) && waivedIn(place, layer.bodyId, layer.scope, layer.guard, names)) return true;
    }
  }
  return false;
}

bool Evaluator::waivedIn(const Place* lifted, hir::BodyId body, const Scope* scope, const Guard* guard, std::initializer_list<Symbol> names) {
  const auto& hir = *scope->module->hir;
  for (const auto& entry : hir.entriesOf(hir[body])) {
    if (entry.kind == hir::EntryKind::Waive && std::find(names.begin(), names.end(), entry.name) != names.end() && held(guard)) return takeWaiver(lifted, entry, scope);
    if (entry.kind != hir::EntryKind::If) continue;
    if (base::valid(entry.then) && waivedIn(lifted, entry.then, bodyScope(scope, entry.then), addGuard(guard, entry.value, false, scope), names)) return true;
    if (base::valid(entry.otherwise) && waivedIn(lifted, entry.otherwise, bodyScope(scope, entry.otherwise), addGuard(guard, entry.value, true, scope), names)) return true;
  }
  return false;
}

/// Notes for the report that a waiver lifted a check of `lifted`.
bool Evaluator::takeWaiver(const Place* lifted, const hir::Entry& entry, const Scope* scope) {
  const auto at = locationOf(scope, entry.span);
  auto known = std::find_if(waivers_.begin(), waivers_.end(), [&](const Waiver& waiver) { return waiver.at == at; });
  if (known == waivers_.end()) {
    Waiver waiver{at, std::string(base::text(entry.name)), {}, {}};
    if (base::valid(entry.value)) {
      const auto reason = eval(Env{scope, nullptr, 0}, entry.value);
      if (reason.is(ValueKind::String)) waiver.reason = std::string(reason.asString());
    }
    known = waivers_.insert(waivers_.end(), std::move(waiver));
  }
  known->lifted.push_back(pathOf(lifted));
  return true;
}

}  // namespace kdsl::eval
