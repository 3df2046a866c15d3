// What the API server asks of the parts of an object beyond their types: fields that exclude each other, and whole bytes.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "diag/codes/evaluation.hpp"
#include "diag/codes/kubernetes.hpp"
#include "eval/evaluator.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using source::Location;

namespace {

bool countsBytes(std::string_view resource) { return resource == "memory" || resource == "ephemeral-storage" || resource == "storage" || resource.starts_with("hugepages-"); }

}  // namespace

bool Evaluator::checkKubernetesRules(Place* place, Record& record) {
  const auto& nominal = *record.nominal;
  if (nominal.kind != types::NominalKind::KubernetesPart) return true;
  const auto definition = program_.schema().definition(nominal.definition);
  bool good = true;
  for (const auto& group : definition.exclusions()) good &= checkExclusion(place, group);
  if (definition.shortName() == "ResourceRequirements" || definition.shortName() == "VolumeResourceRequirements") good &= checkWholeBytes(place);
  return good;
}

/// Alternatives of several fields: the first of each that is set stands for it. An empty list is not written, so it sets nothing.
bool Evaluator::checkExclusion(Place* place, const kubernetes::OneOfGroup& group) {
  Place* chosen = nullptr;
  std::size_t alternative = 0;
  std::string names;
  for (std::size_t i = 0; i < group.memberCount(); ++i) {
    const auto name = group.member(i).name();
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", name);
    auto* field = child(place, base::intern(name));
    const auto value = force(field);
    if (value.isError()) return false;
    if (value.isAbsent() || (value.is(ValueKind::List) && value.asList().items.empty())) continue;
    if (chosen != nullptr && group.alternative(i) != alternative) {
      report(code::several_of_one, whereSet(field), {std::string(base::text(chosen->key)), std::string(name), pathOf(place)}).label("and here").also(whereSet(chosen), "set here");
      return false;
    }
    chosen = field;
    alternative = group.alternative(i);
  }
  if (chosen != nullptr || !group.isRequired()) return true;
  report(code::one_of_missing, madeAt(place), {pathOf(place), names}).label("needs one of them");
  return false;
}

/// Memory and storage are counted in bytes: a fraction is a slip of the suffix, and the server rounds it to nearly nothing.
bool Evaluator::checkWholeBytes(Place* place) {
  bool good = true;
  static const std::array lists = {base::intern("requests"), base::intern("limits")};
  for (const auto list : lists) {
    const auto amounts = force(child(place, list));
    if (!amounts.is(ValueKind::Record)) continue;
    for (const auto key : keys(amounts.asRecord())) {
      if (!countsBytes(base::text(key))) continue;
      auto* amount = child(amounts.asRecord(), key);
      const auto value = force(amount);
      if (!value.is(ValueKind::Quantity) || value.asQuantity().toInteger()) continue;
      good = false;
      const auto at = writtenAt(amount);
      if (!isNews(code::fraction_of_byte, at)) continue;
      const auto text = value.asQuantity().text();
      const bool less = std::abs(value.asQuantity().toDouble()) < 1;
      auto& diagnostic = report(code::fraction_of_byte, at, {text, std::string(base::text(key)), less ? "less than a byte" : "no whole number of bytes"});
      if (value.asQuantity().suffix() != units::Suffix::Milli) continue;
      const auto meant = text.substr(0, text.size() - 1) + "Mi";
      diagnostic.label(fmt::format("did you mean `{}`?", meant)).note("`m` is a thousandth, `Mi` is 1024 × 1024");
      if (sourceText(at) == text) diagnostic.fixReplace(fmt::format("write `{}`", meant), at, meant);
    }
  }
  return good;
}

Location Evaluator::writtenAt(Place* place) {
  constexpr int furthest = 16;
  for (int step = 0; step < furthest; ++step) {
    const Contribution* winner = nullptr;
    for (auto i = place->contributions.size(); winner == nullptr && i-- > 0;) {
      const auto& contribution = place->contributions[i];
      if ((contribution.verb == Verb::Set || contribution.verb == Verb::Replace) && !contribution.quiet && held(contribution.guard)) winner = &contribution;
    }
    if (winner == nullptr || winner->scope == nullptr || !base::valid(winner->expr)) break;
    auto* next = named(Env{winner->scope, nullptr, 0}, winner->expr);
    if (next == nullptr || next == place) return winner->at;
    place = next;
  }
  return whereSet(place);
}

/// The place that an expression names; nullptr if it is no plain name.
Place* Evaluator::named(const Env& env, hir::ExprId id) {
  const auto& module = *env.scope->module;
  const auto& expr = (*module.hir)[id];
  switch (expr.kind) {
    case hir::ExprKind::Name:
      if (module.resolutions[base::index(id)].kind != sema::ResolutionKind::Member || env.scope->members == nullptr) return nullptr;
      return child(env.scope->members, Symbol{expr.a});
    case hir::ExprKind::Local:
      for (const auto* bound = env.scope->locals; bound != nullptr; bound = bound->up) {
        if (bound->id == hir::LocalId{expr.a}) return bound->place;
      }
      return nullptr;
    case hir::ExprKind::Field: {
      if (module.resolutions[base::index(id)].kind != sema::ResolutionKind::None) return nullptr;
      const auto base = eval(env, hir::ExprId{expr.a}, Missing::Tolerate);
      return base.is(ValueKind::Record) ? child(base.asRecord(), Symbol{expr.b}) : nullptr;
    }
    default: return nullptr;
  }
}

}  // namespace kdsl::eval
