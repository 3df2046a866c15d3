// Definitions and references.
#include <algorithm>

#include "query/ide/questions.hpp"

namespace kdsl::query {

namespace {

/// What the offset names: of `{ name }` the value, for the key is declared elsewhere and rarely meant.
const Occurrence* occurrenceAt(const FileIndex& index, std::uint32_t offset) {
  const auto found = occurrencesAt(index, offset);
  return found.empty() ? nullptr : found.back();
}

bool isSharedTarget(const Target& target) { return target.kind != TargetKind::None && target.kind != TargetKind::Key; }

}  // namespace

std::vector<source::Location> definitions(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  std::vector<source::Location> places;
  const auto found = occurrencesAt(index, offset);
  for (auto it = found.rbegin(); it != found.rend(); ++it) {
    const auto place = declarationOf(*facts.program, (*it)->target);
    if (base::valid(place.file) && std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  }
  return places;
}

std::vector<source::Location> typeDefinitions(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  const auto* occurrence = occurrenceAt(index, offset);
  if (occurrence == nullptr || occurrence->type == types::errorType) return {};
  const auto place = declarationOf(*facts.program, targetOfType(*facts.program, occurrence->type));
  if (!base::valid(place.file)) return {};
  return {place};
}

std::optional<Target> targetAt(const FileIndex& index, std::uint32_t offset) {
  const auto* occurrence = occurrenceAt(index, offset);
  if (occurrence == nullptr || !isSharedTarget(occurrence->target)) return std::nullopt;
  return occurrence->target;
}

std::vector<source::Span> occurrencesOf(const FileIndex& index, const Target& target, bool withDeclaration) {
  std::vector<source::Span> spans;
  for (const auto& occurrence : index.occurrences) {
    if (occurrence.target == target && (withDeclaration || !occurrence.declares)) spans.push_back(occurrence.span);
  }
  return spans;
}

std::vector<Highlight> highlights(const FileIndex& index, std::uint32_t offset) {
  const auto target = targetAt(index, offset);
  std::vector<Highlight> found;
  if (!target) return found;
  for (const auto& occurrence : index.occurrences) {
    if (occurrence.target == *target) found.push_back({occurrence.span, occurrence.declares || occurrence.writes});
  }
  return found;
}

}  // namespace kdsl::query
