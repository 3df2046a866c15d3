#include "query/ide/file_index.hpp"

#include <algorithm>

#include "query/ide/index_builder.hpp"
#include "types/builtins.hpp"

namespace kdsl::query {

using types::TypeKind;

IndexBuilder::IndexBuilder(const Facts& facts) : facts_(facts), program_(*facts.program), checked_(*facts.checked), hir_(facts.hir()) {
  index_.bodyPlaces.assign(hir_.bodies.size(), types::errorType);
  index_.bodySelves.assign(hir_.bodies.size(), types::errorType);
  index_.bodyOwners.assign(hir_.bodies.size(), hir::moduleItem);
  index_.wants.assign(hir_.exprs.size(), types::errorType);
  index_.segmentPlaces.assign(hir_.segments.size(), types::errorType);
  index_.segmentOrigins.assign(hir_.segments.size(), types::errorType);
  index_.occurrences.reserve(hir_.exprs.size() / 2 + hir_.segments.size());
}

FileIndex IndexBuilder::build() {
  walkItem(hir::moduleItem);
  std::stable_sort(index_.occurrences.begin(), index_.occurrences.end(),
                   [](const Occurrence& a, const Occurrence& b) { return a.span.begin < b.span.begin; });
  return std::move(index_);
}

void IndexBuilder::add(Span span, const Target& target, TypeId type, bool declares, bool writes, bool shorthand) {
  if (span.empty() || target.kind == TargetKind::None) return;
  index_.occurrences.push_back({span, target, base::valid(type) ? type : types::errorType, declares, writes, shorthand});
}

FileIndex indexFile(const Facts& facts) { return IndexBuilder(facts).build(); }

std::vector<const Occurrence*> occurrencesAt(const FileIndex& index, std::uint32_t offset) {
  std::vector<const Occurrence*> found;
  const auto& all = index.occurrences;
  const auto end = std::upper_bound(all.begin(), all.end(), offset,
                                    [](std::uint32_t at, const Occurrence& occurrence) { return at < occurrence.span.begin; });
  // Names do not nest: the candidates are the last ones that begin at or before the offset.
  for (auto it = end; it != all.begin();) {
    --it;
    if (!found.empty() && it->span.begin != found.front()->span.begin) {
      // A name that the offset only ends, before one that it contains.
      break;
    }
    if (it->span.contains(offset) || (it->span.end == offset)) {
      found.insert(found.begin(), &*it);
    } else {
      break;
    }
  }
  return found;
}

Target targetOfMember(const types::Member& member) {
  Target target;
  if (base::valid(member.item) && base::valid(member.declared.file)) {
    target.kind = TargetKind::Item;
    target.file = member.declared.file;
    target.item = member.item;
    return target;
  }
  target.kind = TargetKind::Member;
  target.nominal = member.owner;
  target.name = member.name;
  return target;
}

Target targetOfType(const sema::Program& program, TypeId type) {
  Target target;
  if (!base::valid(type)) return target;
  const auto& table = program.types();
  const auto* node = &table[type];
  if (node->kind == TypeKind::Optional && !base::valid(node->alias.item)) node = &table[node->element];
  if (node->kind == TypeKind::Ref) node = &table[node->element];
  if (base::valid(node->alias.item) && base::valid(node->alias.file)) {
    target.kind = TargetKind::Item;
    target.file = node->alias.file;
    target.item = node->alias.item;
    return target;
  }
  if (node->kind != TypeKind::Nominal) return target;
  const auto& nominal = program.nominal(node->nominal);
  if (base::valid(nominal.declaration.item)) {
    target.kind = TargetKind::Item;
    target.file = nominal.declaration.file;
    target.item = nominal.declaration.item;
  } else {
    target.kind = TargetKind::Kubernetes;
    target.nominal = nominal.id;
  }
  return target;
}

std::string_view nameOf(const Facts& facts, const Target& target) {
  switch (target.kind) {
    case TargetKind::Item: {
      const auto& item = (*facts.program->module(target.file).hir)[target.item];
      return item.kind == hir::ItemKind::Module ? std::string_view{} : base::text(item.name);
    }
    case TargetKind::Local: return base::text((*facts.program->module(target.file).hir)[target.local].name);
    case TargetKind::Kubernetes: return base::text(facts.program->nominal(target.nominal).name);
    case TargetKind::Builtin: return types::builtinInfo(static_cast<types::Builtin>(target.builtin)).name;
    case TargetKind::Member:
    case TargetKind::BuiltinType:
    case TargetKind::Constant:
    case TargetKind::Key: return base::text(target.name);
    case TargetKind::File:
    case TargetKind::None: return {};
  }
  return {};
}

source::Location declarationOf(const sema::Program& program, const Target& target) {
  switch (target.kind) {
    case TargetKind::Item: {
      const auto& item = (*program.module(target.file).hir)[target.item];
      if (item.kind == hir::ItemKind::Module) return {target.file, {0, 0}};
      return {target.file, item.nameSpan};
    }
    case TargetKind::Local: return {target.file, (*program.module(target.file).hir)[target.local].nameSpan};
    case TargetKind::Member: {
      const auto* member = program.nominal(target.nominal).find(target.name);
      return member != nullptr ? member->declared : source::Location{};
    }
    case TargetKind::File: return {target.file, {0, 0}};
    default: return {};
  }
}

}  // namespace kdsl::query
