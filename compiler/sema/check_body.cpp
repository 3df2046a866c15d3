// Bodies: a deep-partial value of the type that they refine.
#include <fmt/format.h>

#include <algorithm>

#include "sema/checker.hpp"

namespace kdsl::sema {

using hir::EntryKind;
using hir::ExprKind;

void Checker::checkBody(BodyId body, TypeId target, const Scope& scope) {
  if (!base::valid(body)) return;
  bindLets(body, scope);
  for (const auto& entry : m_.entriesOf(m_[body])) checkEntry(entry, target, scope);
  checkOneOfs(body, target, scope);
}

void Checker::bindLets(BodyId body, const Scope& scope) {
  for (const auto& entry : m_.entriesOf(m_[body])) {
    if (entry.kind == EntryKind::Let) letScopes_[base::index(entry.first)] = scope;
  }
}

void Checker::checkEntry(const hir::Entry& entry, TypeId target, const Scope& scope) {
  switch (entry.kind) {
    case EntryKind::Set: return checkSet(entry, target, scope);
    case EntryKind::Spread: return checkSpread(entry.value, target, scope);
    case EntryKind::Each: return checkEach(entry, target, scope);
    case EntryKind::If: return checkIfEntry(entry, target, scope);
    case EntryKind::For: return checkBody(entry.then, target, bindLoop(entry.value, entry.first, entry.second, entry.extra, scope));
    case EntryKind::Let: localType(entry.first); return;
    case EntryKind::Check: return checkCheck(entry, scope);
    case EntryKind::Waive:
      if (base::valid(entry.value)) check(entry.value, {types::stringType, base::intern("because"), nullptr}, scope);
      return;
    case EntryKind::Golden: infer(entry.value, scope); return;
  }
}

void Checker::checkIfEntry(const hir::Entry& entry, TypeId target, const Scope& scope) {
  checkCondition(entry.value, scope);
  const auto constant = constantCondition(entry.value);
  auto inner = within(scope, assume(entry.value, true, scope));
  inner.dead = scope.dead || constant == false;
  checkBody(entry.then, target, inner);
  inner = within(scope, assume(entry.value, false, scope));
  inner.dead = scope.dead || constant == true;
  checkBody(entry.otherwise, target, inner);
}

void Checker::checkCheck(const hir::Entry& entry, const Scope& scope) {
  checkCondition(entry.value, scope);
  if (!base::valid(entry.extra)) return;
  // The message is made where the check does not hold.
  const auto inner = within(scope, assume(entry.value, false, scope));
  check(entry.extra, {types::stringType, base::intern("else"), nullptr}, inner);
}

void Checker::checkEach(const hir::Entry& entry, TypeId target, const Scope& scope) {
  std::vector<TypeId> all;
  for (std::uint32_t i = 0; i < entry.typeCount; ++i) {
    const auto written = m_.typeLists[entry.firstType + i];
    const auto type = resolveType(written, scope.owner);
    const auto kind = kindOf(type);
    const auto nominal = kind == TypeKind::Nominal ? core_.declared(node(type).nominal).kind : types::NominalKind::Schema;
    const bool allowed = kind == TypeKind::Error || kind == TypeKind::AnyResource || kind == TypeKind::AnyNamespaced ||
                         (kind == TypeKind::Nominal && nominal != types::NominalKind::Policy && nominal != types::NominalKind::Test);
    if (!allowed) {
      report(code::each_bad_type, m_[written].span, {print(type)}, &scope);
      all.push_back(types::errorType);
      continue;
    }
    if (kind != TypeKind::Error && !canOccurBelow(type, target)) {
      report(code::each_never, m_[written].span, {print(type)}, &scope).label(fmt::format("a `{}` makes none", print(target)));
    }
    all.push_back(type);
  }
  const auto type = core_.types.unite(all);
  auto inner = scope;
  inner.self = type;
  inner.selfId = nextSelfId_++;
  inner.super = base::none<TypeId>;
  inner.place = {};
  inner.placeMember = nullptr;
  if (base::valid(entry.extra)) {
    checkCondition(entry.extra, inner);
    inner.facts = assume(entry.extra, true, inner);
  }
  checkBody(entry.then, type, inner);
}

void Checker::checkSpread(ExprId value, TypeId target, const Scope& scope) {
  if (!base::valid(value)) return;
  if (m_[value].kind == ExprKind::Record) {
    check(value, {target, {}, nullptr}, scope);
    return;
  }
  const auto type = core_.types.required(infer(value, scope, target));
  const auto into = core_.types.underlying(target);
  const auto& wanted = node(into);
  const auto& given = node(core_.types.underlying(type));
  if (core_.relation.fits(type, into) || wanted.kind == TypeKind::Error || wanted.kind == TypeKind::Any) return;
  if (given.kind == TypeKind::Nominal || given.kind == TypeKind::Ref) {
    const auto id = given.kind == TypeKind::Ref ? node(given.element).nominal : given.nominal;
    if (wanted.kind == TypeKind::Nominal && (core_.relation.derivesFrom(wanted.nominal, id) || core_.relation.derivesFrom(id, wanted.nominal))) return;
    if (wanted.kind == TypeKind::Map) {  // a schema's entries become the map's
      const auto& nominal = core_.declared(id);
      const bool entriesFit = std::all_of(nominal.members.begin(), nominal.members.end(), [&](const Member& member) {
        return core_.relation.fits(core_.types.required(core_.memberType(nominal, member)), wanted.element);
      });
      if (entriesFit) return;
    }
  }
  auto& diagnostic = report(code::bad_spread, m_[value].span, {describeValue(value, type), fmt::format("`{}`", print(into))}, &scope);
  explainMismatch(diagnostic, type, into);
}

bool Checker::hasField(TypeId type, Symbol name) {
  const auto actual = core_.types.underlying(type);
  const auto& found = node(actual);
  switch (found.kind) {
    case TypeKind::Nominal: return memberOf(actual, name) != nullptr || core_.declared(found.nominal).isOpen;
    case TypeKind::Record:
      return found.open || std::any_of(found.fields.begin(), found.fields.end(), [&](const types::RecordField& field) { return field.name == name; });
    case TypeKind::Map:
    case TypeKind::Keyed:
    case TypeKind::Any: return true;
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced: return resourceField(name) != types::errorType;
    default: return false;
  }
}

/// The branch of a union that a record literal is most probably meant to be: the one that knows most of its keys and contradicts none of its literals.
TypeId Checker::recordBranch(BodyId body, TypeId type) {
  const auto actual = core_.types.underlying(type);
  if (kindOf(actual) != TypeKind::Union) return actual;
  auto best = base::none<TypeId>;
  int bestScore = -1'000'000;
  for (const auto member : node(actual).members) {
    const auto branch = core_.types.underlying(member);
    const auto kind = kindOf(branch);
    if (kind != TypeKind::Nominal && kind != TypeKind::Record && kind != TypeKind::Map && kind != TypeKind::Keyed) continue;
    int score = kind == TypeKind::Map || kind == TypeKind::Keyed ? -1 : 0;
    for (const auto& entry : m_.entriesOf(m_[body])) {
      if (entry.kind != EntryKind::Set || entry.segmentCount == 0) continue;
      const auto& segment = m_.segmentsOf(entry)[0];
      if (segment.kind == hir::SegmentKind::Index) {
        score += kind == TypeKind::Map || kind == TypeKind::Keyed ? 2 : -10;
        continue;
      }
      score += hasField(branch, segment.name) ? 2 : -10;
      const auto* field = memberOf(branch, segment.name);
      if (field == nullptr || !base::valid(entry.value) || m_[entry.value].kind != ExprKind::String) continue;
      const auto fieldType = core_.memberType(core_.declared(field->owner), *field);
      if (kindOf(core_.types.required(fieldType)) == TypeKind::StringLiteral && node(core_.types.required(fieldType)).symbol != Symbol{m_[entry.value].a}) score -= 100;
    }
    if (score > bestScore) {
      best = branch;
      bestScore = score;
    }
  }
  return base::valid(best) ? best : actual;
}

TypeId Checker::checkRecord(ExprId id, const hir::Expr& expr, const Want& want, const Scope& scope) {
  const BodyId body{expr.a};
  const auto branch = recordBranch(body, want.type);
  switch (kindOf(branch)) {
    case TypeKind::Nominal:
    case TypeKind::Record:
    case TypeKind::Map:
    case TypeKind::Keyed:
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced:
      checkBody(body, branch, scope);
      return branch;
    case TypeKind::Any: return inferRecord(body, scope);
    case TypeKind::Ref: {
      inferRecord(body, scope);
      auto& diagnostic = report(code::refines_ref, expr.span, {nameOfWant(want)}, &scope);
      diagnostic.label(fmt::format("name an instance of `{}`", print(node(branch).element)));
      return types::errorType;
    }
    default: {
      const auto type = inferRecord(body, scope);
      setType(id, type);
      reportMismatch(id, type, want, scope);
      return types::errorType;
    }
  }
}

}  // namespace kdsl::sema
