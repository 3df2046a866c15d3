#include "eval/source_index.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace kdsl::eval {

SourceIndex::SourceIndex(std::span<Place* const> roots) {
  // In the order of depth: a place is told by its shortest way.
  std::vector<Place*> found;
  std::unordered_set<const Place*> seen;
  const auto add = [&](Place* place) {
    if (place != nullptr && seen.insert(place).second) found.push_back(place);
  };
  const auto addValue = [&](Value value) {
    if (value.is(ValueKind::Record)) add(value.asRecord());
    if (!value.is(ValueKind::List)) return;
    for (const auto item : value.asList().items) {
      if (item.is(ValueKind::Record)) add(item.asRecord());
    }
  };
  for (auto* root : roots) add(root);
  for (std::size_t i = 0; i < found.size(); ++i) {
    auto* place = found[i];
    note(place);
    for (const auto& contribution : place->contributions) {
      if (contribution.scope == nullptr) continue;
      for (const auto* local = contribution.scope->locals; local != nullptr; local = local->up) add(local->place);
    }
    if (place->record != nullptr) {
      if (place->record->nominal != nullptr) instances_.push_back(place);
      for (const auto& child : place->record->children.list) add(child.place);
    }
    if (place->forced == Place::State::Done) addValue(place->value);
  }
  std::vector<std::size_t> order(written_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return written_[a] < written_[b]; });
  std::vector<Written> written;
  std::vector<Use> uses;
  written.reserve(order.size());
  uses.reserve(order.size());
  for (const auto i : order) {
    written.push_back(written_[i]);
    uses.push_back(uses_[i]);
  }
  written_.swap(written);
  uses_.swap(uses);
}

void SourceIndex::note(Place* place) {
  const auto add = [&](const Written& written, std::uint32_t contribution) {
    written_.push_back(written);
    uses_.push_back({place, contribution});
  };
  for (std::uint32_t i = 0; i < place->contributions.size(); ++i) {
    const auto& contribution = place->contributions[i];
    if (contribution.scope == nullptr) continue;
    if (contribution.verb == Verb::Each) {
      add({contribution.entry, clauseId}, i);
      continue;
    }
    const auto& module = *contribution.scope->module->hir;
    const auto* entry = contribution.entry;
    if (entry != nullptr && entry->kind == hir::EntryKind::Set) {
      const auto end = entry->firstSegment + entry->segmentCount;
      add({entry, (contribution.source == Contribution::Source::Path ? contribution.segment : end) - 1}, i);
    }
    // What was evaluated is ready and keeps its expression.
    const bool isExpr = contribution.source == Contribution::Source::Expr || contribution.source == Contribution::Source::Ready;
    if (isExpr && base::valid(contribution.expr)) add({&module, base::index(contribution.expr)}, i);
  }
}

std::span<const SourceIndex::Use> SourceIndex::of(const Written& written) const {
  const auto [first, last] = std::equal_range(written_.begin(), written_.end(), written);
  return {uses_.data() + (first - written_.begin()), static_cast<std::size_t>(last - first)};
}

}  // namespace kdsl::eval
