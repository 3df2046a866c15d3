#include "query/ide/hierarchy.hpp"

#include <algorithm>

#include "query/ide/describe.hpp"
#include "query/ide/questions.hpp"

namespace kdsl::query {

using hir::ItemKind;

namespace {

const hir::Item& itemOf(const Facts& facts, ItemRef ref) { return (*facts.program->module(ref.file).hir)[ref.item]; }

std::optional<ItemRef> itemAt(const FileIndex& index, std::uint32_t offset) {
  const auto target = targetAt(index, offset);
  if (!target || target->kind != TargetKind::Item) return std::nullopt;
  return ItemRef{target->file, target->item};
}

bool isType(ItemKind kind) { return kind == ItemKind::Schema || kind == ItemKind::Component; }
bool isUsable(ItemKind kind) { return isType(kind) || kind == ItemKind::Fn || kind == ItemKind::TypeAlias || hir::isMember(kind); }

/// The innermost declaration of the file around the span.
hir::ItemId enclosing(const hir::Module& module, Span span) {
  auto best = hir::moduleItem;
  for (std::uint32_t i = 1; i < module.items.size(); ++i) {
    const auto& item = module.items[i];
    if (item.kind == ItemKind::Import || !item.span.contains(span.begin) || span.end > item.span.end) continue;
    if (best == hir::moduleItem || item.span.size() <= module[best].span.size()) best = hir::ItemId{i};
  }
  return best;
}

void addPlace(std::vector<HierarchyCall>& calls, ItemRef other, Span place) {
  const auto known = std::find_if(calls.begin(), calls.end(), [&](const HierarchyCall& call) { return call.other == other; });
  if (known != calls.end()) {
    known->places.push_back(place);
  } else {
    calls.push_back({other, {place}});
  }
}

types::NominalId nominalOf(const Facts& facts, ItemRef type) { return facts.program->module(type.file).nominals[base::index(type.item)]; }

}  // namespace

std::optional<ItemRef> usableAt(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  const auto item = itemAt(index, offset);
  if (!item || !isUsable(itemOf(facts, *item).kind)) return std::nullopt;
  return item;
}

std::optional<ItemRef> typeAt(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  const auto item = itemAt(index, offset);
  if (!item || !isType(itemOf(facts, *item).kind)) return std::nullopt;
  return item;
}

HierarchyItem describeItem(const Facts& facts, ItemRef ref) {
  const auto& item = itemOf(facts, ref);
  HierarchyItem made;
  made.item = ref;
  made.kind = symbolKindOf(item.kind);
  made.detail = (*facts.files)[ref.file].displayPath;
  if (item.kind == ItemKind::Module) {
    const auto slash = made.detail.rfind('/');
    made.name = slash == std::string::npos ? made.detail : made.detail.substr(slash + 1);
    made.span = {0, static_cast<std::uint32_t>((*facts.files)[ref.file].text.size())};
    return made;
  }
  made.name = base::text(item.name);
  made.nameSpan = item.nameSpan;
  made.span = source::join(item.span, item.nameSpan);
  return made;
}

void addCallers(const Facts& facts, const FileIndex& index, ItemRef target, std::vector<HierarchyCall>& out) {
  for (const auto& use : index.occurrences) {
    if (use.target.kind != TargetKind::Item || use.declares || ItemRef{use.target.file, use.target.item} != target) continue;
    const auto caller = enclosing(facts.hir(), use.span);
    // `import { x }` is no use.
    const auto& imports = facts.hir().items;
    const bool isImport = std::any_of(imports.begin(), imports.end(), [&](const hir::Item& item) {
      return item.kind == ItemKind::Import && (item.importedNameSpan == use.span || item.nameSpan == use.span);
    });
    if (!isImport) addPlace(out, {facts.file, caller}, use.span);
  }
}

std::vector<HierarchyCall> callees(const Facts& facts, const FileIndex& index, ItemRef caller) {
  std::vector<HierarchyCall> calls;
  const auto& module = facts.hir();
  for (const auto& use : index.occurrences) {
    if (use.target.kind != TargetKind::Item || use.declares) continue;
    const ItemRef other{use.target.file, use.target.item};
    const auto kind = itemOf(facts, other).kind;
    const bool isCalled = isType(kind) || kind == ItemKind::Fn;
    if (isCalled && enclosing(module, use.span) == caller.item && other != caller) addPlace(calls, other, use.span);
  }
  return calls;
}

std::optional<ItemRef> superType(const Facts& facts, ItemRef type) {
  const auto id = nominalOf(facts, type);
  if (!base::valid(id)) return std::nullopt;
  const auto base = facts.program->nominal(id).base;
  if (!base::valid(base)) return std::nullopt;
  const auto& declared = facts.program->nominal(base).declaration;
  if (!base::valid(declared.item) || !base::valid(declared.file)) return std::nullopt;
  return ItemRef{declared.file, declared.item};
}

void addSubTypes(const Facts& facts, ItemRef type, std::vector<ItemRef>& out) {
  const auto& module = facts.hir();
  for (std::uint32_t i = 0; i < module.items.size(); ++i) {
    const ItemRef own{facts.file, hir::ItemId{i}};
    if (isType(module.items[i].kind) && superType(facts, own) == type) out.push_back(own);
  }
}

void addImplementations(const Facts& facts, const FileIndex& index, const Target& target, std::vector<source::Location>& out) {
  const bool isMade = target.kind == TargetKind::Kubernetes || (target.kind == TargetKind::Item && isType(itemOf(facts, {target.file, target.item}).kind));
  for (const auto& use : index.occurrences) {
    if (!(use.target == target) || use.declares) continue;
    if (!isMade) {
      if (use.writes) out.push_back({facts.file, use.span});
      continue;
    }
    const auto& exprs = facts.hir().exprs;
    const bool makes = std::any_of(exprs.begin(), exprs.end(), [&](const hir::Expr& expr) {
      return expr.kind == hir::ExprKind::Refine && facts.hir()[hir::ExprId{expr.a}].span.end == use.span.end;
    });
    if (makes) out.push_back({facts.file, use.span});
  }
}

}  // namespace kdsl::query
