// The settings of a place, strongest first.
#include "eval/provenance_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace kdsl::eval {

Provenance ProvenanceReader::of(Place* place, std::string path) {
  seen_.clear();
  depth_ = settings_ = 0;
  return follow(place, std::move(path), false);
}

Provenance ProvenanceReader::follow(Place* place, std::string path, bool hidden) {
  Provenance out;
  out.path = path.empty() ? e_.pathOf(place) : std::move(path);
  out.type = e_.types().print(place->type);
  out.isHidden = hidden || isHiddenPlace(place);
  const auto value = e_.force(place);
  out.isHidden = out.isHidden || value.isHidden();
  out.isPresent = !value.isAbsent();
  if (!out.isPresent) {
    out.value = "absent";
  } else {
    out.value = out.isHidden ? "a hidden value" : e_.describe(value, place->type);
  }
  if (depth_ >= maxDepth || !seen_.insert(place).second) return out;
  ++depth_;
  addSettings(place, out);
  if (place->elementOfList && followsInputs_ && !out.settings.empty() && !out.isHidden) {
    std::size_t position = 0;
    const auto key = base::text(place->key);
    if (std::from_chars(key.data(), key.data() + key.size(), position).ec == std::errc{}) readsOfItem(place->parent, position, hidden, out.settings.front().inputs);
  }
  addDropped(place, out);
  if (!out.isPresent) addServerDefault(place, out);
  --depth_;
  return out;
}

bool ProvenanceReader::isHiddenPlace(const Place* place) {
  for (; place != nullptr; place = place->parent) {
    if (e_.isSensitive(place->type)) return true;
    if (place->member == nullptr || place->parent == nullptr || place->parent->record == nullptr || place->parent->record->nominal == nullptr) continue;
    const auto* nominal = place->parent->record->nominal;
    if (nominal->kind != types::NominalKind::KubernetesKind || base::text(nominal->name) != "Secret") continue;
    if (const auto key = base::text(place->key); key == "data" || key == "stringData") return true;
  }
  return false;
}

/// Whether weaker settings stay beside stronger ones.
bool ProvenanceReader::mergesAt(Place* place, Value value) {
  switch (e_.form(place->type)) {
    case Form::Record:
    case Form::Keyed:
    case Form::Set: return true;
    case Form::Dynamic: return value.is(ValueKind::Record);
    default: return false;
  }
}

void ProvenanceReader::addSettings(Place* place, Provenance& out) {
  const bool merges = mergesAt(place, e_.force(place));
  bool decided = false, below = false;
  for (auto i = place->contributions.size(); i-- > 0 && settings_ < maxSettings;) {
    const auto contribution = place->contributions[i];
    if (contribution.verb == Verb::Each && (!merges || !e_.eachMatches(place, contribution)) && base::valid(contribution.entry->then)) continue;
    if (contribution.verb == Verb::Each && !base::valid(contribution.entry->then) && !e_.eachMatches(place, contribution)) continue;
    auto effect = effectOf(place, i, merges, decided);
    if (below && (effect == Effect::Sets || effect == Effect::Deletes)) effect = Effect::Below;
    const bool inForce = effect == Effect::Sets || effect == Effect::Below;
    if (inForce && !merges && readsSuper(contribution)) {
      decided = false;
      below = true;
    }
    out.settings.push_back(settingOf(place, i, effect, merges, out.isHidden));
    ++settings_;
  }
  // What the others merge with is the one that sets the value.
  const auto weakest = std::find_if(out.settings.rbegin(), out.settings.rend(), [](const Setting& setting) { return setting.effect != Effect::Idle && setting.effect != Effect::Overridden; });
  if (weakest != out.settings.rend() && weakest->effect == Effect::Merges) weakest->effect = Effect::Sets;
}

bool ProvenanceReader::eachActs(Place* place, const Contribution& clause) { return e_.eachMatches(place, clause) && e_.held(e_.eachGuard(place, clause)); }

bool ProvenanceReader::readsSuper(const Contribution& contribution) const {
  if (!base::valid(contribution.expr) || contribution.scope == nullptr) return false;
  const auto& hir = *contribution.scope->module->hir;
  const auto within = hir[contribution.expr].span;
  return std::any_of(hir.exprs.begin(), hir.exprs.end(), [&](const hir::Expr& expr) { return expr.kind == hir::ExprKind::Super && within.begin <= expr.span.begin && expr.span.end <= within.end; });
}

Effect ProvenanceReader::effectOf(Place* place, std::uint32_t index, bool merges, bool& decided) {
  const auto contribution = place->contributions[index];
  const auto* guard = contribution.verb == Verb::Each ? e_.eachGuard(place, contribution) : contribution.guard;
  if (!e_.held(guard)) return Effect::Idle;
  if (contribution.quiet && !e_.decideExistence(place, index)) return Effect::Idle;
  if (decided) return Effect::Overridden;
  switch (contribution.verb) {
    case Verb::Each:
      if (base::valid(contribution.entry->then)) return Effect::Merges;
      decided = true;
      return Effect::Deletes;
    case Verb::Absent: decided = true; return Effect::Deletes;
    case Verb::External: return Effect::External;
    case Verb::Append: return Effect::Appends;
    case Verb::Prepend: return Effect::Prepends;
    case Verb::Replace: decided = true; return Effect::Sets;
    case Verb::Set: break;
  }
  if (contribution.source == Contribution::Source::Path) return Effect::Merges;
  if (e_.mayBeAbsent(contribution) && e_.isAbsentValue(place, index)) {
    decided = true;
    return Effect::Deletes;
  }
  if (merges) return Effect::Merges;
  decided = true;
  return Effect::Sets;
}

Setting ProvenanceReader::settingOf(Place* place, std::uint32_t index, Effect effect, bool merges, bool hidden) {
  const auto contribution = place->contributions[index];
  Setting setting;
  setting.effect = effect;
  setting.isFinal = contribution.isFinal;
  setting.at = contribution.at;
  const bool hasDefault = place->member == nullptr || place->member->kind == types::MemberKind::Param || place->member->kind == types::MemberKind::Field;
  if (contribution.declared && hasDefault) setting.origin = Setting::Origin::Default;
  const bool ofRoot = place->parent != nullptr && place->parent->parent == nullptr && place->member != nullptr && place->member->kind == types::MemberKind::Param;
  const bool ofCommandLine = ofRoot && base::valid(contribution.at.file) && contribution.at.file == e_.inputs().commandLine();
  if (!base::valid(contribution.at.file) || ofCommandLine) {
    if (ofRoot) {
      setting.origin = Setting::Origin::CommandLine;
      setting.at = {};
    } else {
      setting.at = place->made;
    }
  }
  setting.text = textOf(place, contribution, hidden);
  setting.within = contextOf(contribution);
  const auto kindOf = [](Via::Kind kind) {
    switch (kind) {
      case Via::Kind::Each: return Detour::Kind::Each;
      case Via::Kind::Spread: return Detour::Kind::Spread;
      case Via::Kind::Copy: break;
    }
    return Detour::Kind::Copy;
  };
  for (const auto* via = contribution.via; via != nullptr; via = via->next) {
    setting.detours.push_back({kindOf(via->kind), via->at, hidden ? std::string() : textOf(*e_.program().module(via->at.file).hir, via->at.span)});
  }
  if (effect == Effect::Idle) {
    for (const auto* guard = contribution.guard; guard != nullptr; guard = guard->up) {
      if (guard->state != Guard::State::NotHeld || guard->existing != nullptr) continue;
      setting.condition = (guard->negated ? "!" : "") + textOfExpr(*guard->scope->module->hir, guard->condition);
    }
    return setting;
  }
  if (effect == Effect::Dropped) return setting;
  const bool isExpr = base::valid(contribution.expr) && contribution.scope != nullptr && contribution.verb != Verb::Each;
  if (!merges && contribution.verb != Verb::Each && contribution.source != Contribution::Source::Path && !hidden) {
    const auto value = effect == Effect::Deletes ? Value::absent() : e_.evalContribution(place, index);
    if (!value.isError() && !value.is(ValueKind::Record)) setting.value = e_.describe(value, place->type);
  }
  if (effect == Effect::Overridden || !isExpr || contribution.source == Contribution::Source::Path || contribution.source == Contribution::Source::Body) return setting;
  if (followsInputs_) reads(Env{contribution.scope, place, index}, contribution.expr, hidden, setting.inputs);
  return setting;
}

bool ProvenanceReader::isListed(const Provenance& out, const Contribution& contribution) const {
  return std::any_of(out.settings.begin(), out.settings.end(), [&](const Setting& setting) { return setting.at == contribution.at; });
}

/// What a `replace` or `absent` of a value around this one, or another choice in its one-of group, took away.
void ProvenanceReader::addDropped(Place* place, Provenance& out) {
  const auto add = [&](Place* below) {
    for (auto i = below->contributions.size(); i-- > 0 && settings_ < maxSettings;) {
      const auto& contribution = below->contributions[i];
      if (contribution.verb == Verb::Each || !base::valid(contribution.at.file) || isListed(out, contribution)) continue;
      out.settings.push_back(settingOf(below, i, Effect::Dropped, false, out.isHidden));
      ++settings_;
    }
  };
  if (place->parent != nullptr && place->parent->record != nullptr && place->member != nullptr && !place->parent->record->oneofs.empty()) {
    auto& record = *place->parent->record;
    auto* below = e_.makePlace(place->parent, place->key, place->type);
    below->member = place->member;
    for (std::uint32_t i = 0; i < e_.oneOfFloor(place->parent, record, *place->member); ++i) {
      const auto layer = record.layers[i];
      e_.stepLayer(record, layer, place->key, below);
    }
    add(below);
  }
  std::vector<Symbol> steps;
  for (auto* around = place; around->parent != nullptr && steps.size() < 64; around = around->parent) {
    steps.push_back(around->key);
    auto* outer = around->parent;
    for (auto i = outer->contributions.size(); i-- > 1;) {
      const auto contribution = outer->contributions[i];
      if ((contribution.verb != Verb::Replace && contribution.verb != Verb::Absent) || !e_.held(contribution.guard)) continue;
      auto* below = e_.makePlace(outer->parent, outer->key, outer->type);
      below->member = outer->member;
      for (std::uint32_t k = 0; k < i; ++k) below->contributions.push(e_.arena(), outer->contributions[k]);
      for (auto step = steps.size(); step-- > 0 && below != nullptr;) below = e_.child(below, steps[step]);
      if (below != nullptr) add(below);
      break;
    }
  }
}

void ProvenanceReader::addServerDefault(Place* place, Provenance& out) {
  const auto standard = e_.serverDefault(place);
  if (standard.isAbsent()) return;
  Setting setting;
  setting.origin = Setting::Origin::Server;
  if (place->member->isReadDefault) setting.at = place->member->declared;
  setting.value = e_.describe(standard, place->type);
  out.settings.push_back(std::move(setting));
}

/// The setting in force; the number of contributions if there is none.
std::uint32_t ProvenanceReader::strongest(Place* place) {
  for (auto i = place->contributions.size(); i-- > 0;) {
    const auto& contribution = place->contributions[i];
    if (contribution.verb == Verb::Each || contribution.verb == Verb::External || contribution.quiet) continue;
    if (contribution.guard == nullptr || contribution.guard->state == Guard::State::Held) return i;
  }
  return place->contributions.size();
}

source::Location ProvenanceReader::origin(Place* place) {
  auto found = e_.whereSet(place);
  for (std::uint32_t depth = 0; place != nullptr && depth < maxDepth; ++depth) {
    const auto index = strongest(place);
    if (index == place->contributions.size()) break;
    const auto contribution = place->contributions[index];
    if (!base::valid(contribution.at.file)) break;
    found = contribution.at;
    if (!base::valid(contribution.expr) || contribution.scope == nullptr || contribution.source == Contribution::Source::Path) break;
    const auto kind = (*contribution.scope->module->hir)[contribution.expr].kind;
    if (kind != hir::ExprKind::Name && kind != hir::ExprKind::Field && kind != hir::ExprKind::Local) break;
    place = placeOf(Env{contribution.scope, place, index}, contribution.expr);
  }
  return found;
}

}  // namespace kdsl::eval
