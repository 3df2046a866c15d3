#include "query/ide/values.hpp"

#include <algorithm>

namespace kdsl::query {

using hir::ExprKind;

namespace {

/// The entry that a segment belongs to.
std::optional<std::uint32_t> entryOfSegment(const hir::Module& module, std::uint32_t segment) {
  for (std::uint32_t i = 0; i < module.entries.size(); ++i) {
    const auto& entry = module.entries[i];
    if (entry.kind == hir::EntryKind::Set && entry.firstSegment <= segment && segment < entry.firstSegment + entry.segmentCount) return i;
  }
  return std::nullopt;
}

/// The step whose name or key is at the offset.
std::optional<SourcePiece> stepAt(const Facts& facts, std::uint32_t offset) {
  const auto& module = facts.hir();
  for (std::uint32_t i = 0; i < module.segments.size(); ++i) {
    const auto& segment = module.segments[i];
    if (!segment.span.touches(offset)) continue;
    // Within `[…]` the expressions have values of their own.
    const bool isPlain = segment.kind == hir::SegmentKind::Name || (segment.count == 1 && module[module.exprList(segment.first, 1)[0]].kind == ExprKind::String);
    const auto entry = isPlain ? entryOfSegment(module, i) : std::nullopt;
    if (!entry) continue;
    SourcePiece piece;
    piece.kind = SourcePiece::Kind::Step;
    piece.file = facts.file;
    piece.entry = *entry;
    piece.segment = i;
    return piece;
  }
  return std::nullopt;
}

bool isRead(const hir::Expr& expr) { return expr.kind == ExprKind::Name || expr.kind == ExprKind::Local || expr.kind == ExprKind::Field; }

Span nameSpan(const hir::Expr& expr) { return expr.kind == ExprKind::Field ? hir::fieldNameSpan(expr) : expr.span; }

/// A value that its text does not say.
bool isComputed(const hir::Module& module, hir::ExprId id) {
  switch (module[id].kind) {
    case ExprKind::Interpolation:
    case ExprKind::Local:
    case ExprKind::Name:
    case ExprKind::Field:
    case ExprKind::Index:
    case ExprKind::Call:
    case ExprKind::Present:
    case ExprKind::Not:
    case ExprKind::Binary:
    case ExprKind::Is:
    case ExprKind::If:
    case ExprKind::Match:
    case ExprKind::Let: return true;
    default: return false;
  }
}

}  // namespace

std::vector<SourcePiece> piecesAt(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  std::vector<SourcePiece> pieces;
  const auto& module = facts.hir();
  if (const auto step = stepAt(facts, offset)) pieces.push_back(*step);
  for (const auto* occurrence : occurrencesAt(index, offset)) {
    SourcePiece piece;
    piece.file = facts.file;
    if (occurrence->declares) {
      const auto declared = declarationOf(*facts.program, occurrence->target);
      if (!base::valid(declared.file)) continue;
      piece.kind = SourcePiece::Kind::Member;
      piece.declared = declared;
      piece.name = base::intern(nameOf(facts, occurrence->target));
      pieces.push_back(piece);
      continue;
    }
    if (occurrence->writes) continue;  // the step
    const auto found = std::find_if(module.exprs.begin(), module.exprs.end(), [&](const hir::Expr& expr) { return isRead(expr) && nameSpan(expr) == occurrence->span; });
    if (found == module.exprs.end()) continue;
    piece.kind = SourcePiece::Kind::Read;
    piece.expr = hir::ExprId{static_cast<std::uint32_t>(found - module.exprs.begin())};
    pieces.push_back(piece);
  }
  return pieces;
}

std::optional<Span> spanOfPiece(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  if (const auto found = occurrencesAt(index, offset); !found.empty()) return found.front()->span;
  if (const auto step = stepAt(facts, offset)) return facts.hir().segments[step->segment].span;
  return std::nullopt;
}

std::vector<ComputedValue> computedValues(const Facts& facts, Span range) {
  std::vector<ComputedValue> found;
  const auto& module = facts.hir();
  const auto add = [&](hir::ExprId id, const SourcePiece& piece) {
    if (!base::valid(id) || !isComputed(module, id)) return;
    const auto span = module[id].span;
    if (range.begin <= span.end && span.end <= range.end) found.push_back({id, span, piece});
  };
  SourcePiece piece;
  piece.file = facts.file;
  for (std::uint32_t i = 0; i < module.entries.size(); ++i) {
    const auto& entry = module.entries[i];
    if (entry.kind != hir::EntryKind::Set || entry.shorthand || entry.segmentCount == 0) continue;
    piece.kind = SourcePiece::Kind::Step;
    piece.entry = i;
    piece.segment = entry.firstSegment + entry.segmentCount - 1;
    add(entry.value, piece);
  }
  for (const auto& item : module.items) {
    if (!hir::isMember(item.kind)) continue;
    piece.kind = SourcePiece::Kind::Member;
    piece.declared = {facts.file, item.nameSpan};
    piece.name = item.name;
    add(item.value, piece);
  }
  return found;
}

std::vector<Clause> clauses(const Facts& facts) {
  std::vector<Clause> found;
  const auto& module = facts.hir();
  for (std::uint32_t i = 0; i < module.entries.size(); ++i) {
    const auto& entry = module.entries[i];
    if (entry.kind != hir::EntryKind::Each || entry.typeCount == 0) continue;
    // Those of a policy look at what was built; they set nothing.
    const bool isElsewhere = std::any_of(module.items.begin(), module.items.end(), [&](const hir::Item& item) {
      return (item.kind == hir::ItemKind::Policy || item.kind == hir::ItemKind::Test) && item.span.begin <= entry.span.begin && entry.span.end <= item.span.end;
    });
    if (!isElsewhere) found.push_back({i, module[module.typeLists[entry.firstType]].span});
  }
  return found;
}

}  // namespace kdsl::query
