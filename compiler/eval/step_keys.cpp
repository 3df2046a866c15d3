// The keys that the layers of a record give it.
#include <algorithm>
#include <unordered_set>

#include "eval/evaluator.hpp"
#include "eval/scratch.hpp"

namespace kdsl::eval {

using types::TypeKind;

namespace {

/// Keeps first appearances, in order.
void removeRepeated(std::vector<Symbol>& keys) {
  constexpr std::size_t few = 16;  // fewer are found faster by walking
  std::unordered_set<Symbol> seen;
  auto kept = keys.begin();
  for (auto at = keys.begin(); at != keys.end(); ++at) {
    const auto count = static_cast<std::size_t>(kept - keys.begin());
    if (count < few) {
      if (std::find(keys.begin(), kept, *at) != kept) continue;
    } else {
      if (seen.empty()) seen.insert(keys.begin(), kept);
      if (!seen.insert(*at).second) continue;
    }
    *kept++ = *at;
  }
  keys.erase(kept, keys.end());
}

}  // namespace

void Evaluator::collectKeys(const Layer& layer, hir::BodyId body, const Scope* scope, std::vector<Symbol>& out) {
  const auto& hir = *scope->module->hir;
  for (const auto& entry : hir.entriesOf(hir[body])) {
    switch (entry.kind) {
      case hir::EntryKind::Set: {
        Symbol key;
        if (segmentKey(scope, hir.segmentsOf(entry)[0], key)) out.push_back(key);
        break;
      }
      case hir::EntryKind::If:
        if (base::valid(entry.then)) collectKeys(layer, entry.then, bodyScope(scope, entry.then), out);
        if (base::valid(entry.otherwise)) collectKeys(layer, entry.otherwise, bodyScope(scope, entry.otherwise), out);
        break;
      case hir::EntryKind::For:
        for (const auto* iteration : iterations(scope, entry.then, entry)) collectKeys(layer, entry.then, iteration, out);
        break;
      default: break;
    }
  }
}

std::span<const Symbol> Evaluator::keys(Place* place) {
  auto& record = fold(place);
  if (record.keysBuilt) return record.keys;
  auto found = takeScratch(keyScratch_);
  if (record.keyed) {
    for (const auto& row : rows(place)) found.push_back(row.key);
  } else {
    for (std::uint32_t i = 0; i < record.layers.size(); ++i) {
      const auto layer = record.layers[i];
      switch (layer.kind) {
        case Layer::Kind::Declared:
          if (!layer.isOwnEntries) {
            for (const auto& member : program_.nominal(layer.nominal).members) {
              if (member.owner == layer.nominal) found.push_back(member.name);
            }
          }
          if (base::valid(layer.bodyId)) collectKeys(layer, layer.bodyId, layer.scope, found);
          break;
        case Layer::Kind::Body: collectKeys(layer, layer.bodyId, layer.scope, found); break;
        case Layer::Kind::Path: {
          Symbol key;
          if (segmentKey(layer.scope, layer.scope->module->hir->segments[layer.segment], key)) found.push_back(key);
          break;
        }
        case Layer::Kind::Table:
          for (const auto& entry : layer.table()) found.push_back(entry.key);
          break;
        case Layer::Kind::Each: break;
      }
    }
    if (const auto& node = types()[record.type]; record.nominal == nullptr && node.kind == TypeKind::Record) {
      for (const auto& field : node.fields) {
        if (field.hasDefault()) found.push_back(field.name);
      }
    }
  }
  removeRepeated(found);
  record.keys = arena_.copy(std::span<const Symbol>(found));
  record.keysBuilt = true;
  giveBack(keyScratch_, std::move(found));
  return record.keys;
}

}  // namespace kdsl::eval
