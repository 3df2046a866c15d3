// The questions that look through all loaded files.
#include "query/ide/assistant.hpp"

namespace kdsl::query {

std::vector<source::Location> Assistant::implementations(FileId file, std::uint32_t offset) {
  std::vector<source::Location> places;
  const auto facts = session_.facts(file);
  const auto target = targetAt(index(file, facts), offset);
  if (!target) return places;
  for (const auto other : naming(*target, file)) {
    const auto otherFacts = session_.facts(other);
    addImplementations(otherFacts, index(other, otherFacts), *target, places);
  }
  return places;
}

std::optional<HierarchyItem> Assistant::usable(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  const auto item = usableAt(facts, index(file, facts), offset);
  if (!item) return std::nullopt;
  return describeItem(facts, *item);
}

std::optional<HierarchyItem> Assistant::type(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  const auto item = typeAt(facts, index(file, facts), offset);
  if (!item) return std::nullopt;
  return describeItem(facts, *item);
}

HierarchyItem Assistant::describe(ItemRef item) { return describeItem(session_.facts(item.file), item); }

bool Assistant::exists(ItemRef item) {
  return base::index(item.file) < session_.files().size() && base::index(item.item) < session_.facts(item.file).hir().items.size();
}

std::vector<HierarchyCall> Assistant::callers(ItemRef item) {
  std::vector<HierarchyCall> calls;
  Target target;
  target.kind = TargetKind::Item;
  target.file = item.file;
  target.item = item.item;
  for (const auto other : naming(target, item.file)) {
    const auto facts = session_.facts(other);
    addCallers(facts, index(other, facts), item, calls);
  }
  return calls;
}

std::vector<HierarchyCall> Assistant::callees(ItemRef item) {
  const auto facts = session_.facts(item.file);
  return query::callees(facts, index(item.file, facts), item);
}

std::optional<ItemRef> Assistant::superType(ItemRef type) { return query::superType(session_.facts(type.file), type); }

std::vector<ItemRef> Assistant::subTypes(ItemRef type) {
  std::vector<ItemRef> found;
  for (const auto other : modules()) addSubTypes(session_.facts(other), type, found);
  return found;
}

Rename Assistant::move(const Moves& moves) {
  Rename result;
  for (const auto other : modules()) {
    if (!session_.files()[other].builtIn) addMoveEdits(session_.facts(other), moves, result);
  }
  return result;
}

std::vector<Span> Assistant::linkedRanges(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  return query::linkedRanges(facts, index(file, facts), offset);
}

}  // namespace kdsl::query
