// Bodies, their entries and paths.
#include "query/ide/index_builder.hpp"
#include "query/ide/type_lookup.hpp"

namespace kdsl::query {

using hir::EntryKind;

void IndexBuilder::walkBody(hir::BodyId id, TypeId place, const Scope& scope) {
  if (!base::valid(id)) return;
  const auto at = base::index(id);
  index_.bodyPlaces[at] = place;
  index_.bodySelves[at] = scope.self;
  index_.bodyOwners[at] = scope.owner;
  for (const auto& entry : hir_.entriesOf(hir_[id])) walkEntry(entry, place, scope);
}

void IndexBuilder::walkEntry(const hir::Entry& entry, TypeId place, const Scope& scope) {
  switch (entry.kind) {
    case EntryKind::Set: return walkSet(entry, place, scope);
    case EntryKind::Each: return walkEach(entry, scope);
    case EntryKind::Spread: return walkExpr(entry.value, place, scope);
    case EntryKind::If:
      walkExpr(entry.value, types::boolType, scope);
      walkBody(entry.then, place, scope);
      walkBody(entry.otherwise, place, scope);
      return;
    case EntryKind::For:
      walkExpr(entry.value, types::errorType, scope);
      declareLocal(entry.first, scope);
      declareLocal(entry.second, scope);
      walkExpr(entry.extra, types::boolType, scope);
      walkBody(entry.then, place, scope);
      return;
    case EntryKind::Let:
      declareLocal(entry.first, scope);
      walkExpr(hir_[entry.first].value, typeOf(entry.first), scope);
      return;
    case EntryKind::Check:
      walkExpr(entry.value, types::boolType, scope);
      walkExpr(entry.extra, types::stringType, scope);
      return;
    case EntryKind::Waive: return walkExpr(entry.value, types::stringType, scope);
    case EntryKind::Golden: return walkExpr(entry.value, types::errorType, scope);
  }
}

void IndexBuilder::walkSet(const hir::Entry& entry, TypeId place, const Scope& scope) {
  for (std::uint32_t i = 0; i < entry.segmentCount; ++i) place = walkSegment(entry.firstSegment + i, place, entry.shorthand, scope);
  Scope inner = scope;
  inner.super = place;
  walkExpr(entry.value, place, inner);
}

TypeId IndexBuilder::walkSegment(std::uint32_t index, TypeId place, bool shorthand, const Scope& scope) {
  const auto& segment = hir_.segments[index];
  index_.segmentOrigins[index] = place;
  auto& reached = index_.segmentPlaces[index];
  if (segment.kind == hir::SegmentKind::Index) {
    for (const auto key : hir_.exprList(segment.first, segment.count))
      walkExpr(key, segment.count == 1 ? keyOf(program_, place) : types::errorType, scope);
    reached = elementOf(program_, place);
    return reached;
  }
  reached = placeOf(program_, place, segment.name);
  Target target;
  target.kind = TargetKind::Key;
  target.name = segment.name;
  if (const auto* member = memberOf(program_, place, segment.name)) target = targetOfMember(*member);
  add(segment.span, target, reached, /*declares=*/false, /*writes=*/true, shorthand);
  return reached;
}

void IndexBuilder::walkEach(const hir::Entry& entry, const Scope& scope) {
  Scope inner = scope;
  inner.super = types::errorType;
  for (std::uint32_t i = 0; i < entry.typeCount; ++i) {
    const auto type = hir_.typeLists[entry.firstType + i];
    walkType(type, scope);
    // Of several types the entries may name what all of them have; the first stands for them.
    if (i == 0) inner.self = typeOf(type);
  }
  walkExpr(entry.extra, types::boolType, inner);
  walkBody(entry.then, inner.self, inner);
}

void IndexBuilder::declareLocal(hir::LocalId id, const Scope& scope) {
  if (!base::valid(id)) return;
  const auto& local = hir_[id];
  Target target;
  target.kind = TargetKind::Local;
  target.file = facts_.file;
  target.local = id;
  add(local.nameSpan, target, typeOf(id), /*declares=*/true);
  if (base::valid(local.type)) walkType(local.type, scope);
}

}  // namespace kdsl::query
