// Definitions, references and renaming.
#include <algorithm>

#include "query/ide/questions.hpp"
#include "syntax/literal.hpp"
#include "syntax/token.hpp"

namespace kdsl::query {

namespace {

/// What the offset names: of `{ name }` the value, for the key is declared elsewhere and rarely meant.
const Occurrence* occurrenceAt(const FileIndex& index, std::uint32_t offset) {
  const auto found = occurrencesAt(index, offset);
  return found.empty() ? nullptr : found.back();
}

bool isSharedTarget(const Target& target) { return target.kind != TargetKind::None && target.kind != TargetKind::Key; }

/// Why a target's name cannot be changed from within one file; empty if it can.
std::string_view refusal(const Facts& facts, const Occurrence& occurrence) {
  const auto& target = occurrence.target;
  switch (target.kind) {
    case TargetKind::Local: return target.file == facts.file ? std::string_view{} : "this parameter is declared in another file";
    case TargetKind::Item: {
      if (target.file != facts.file) return "this is declared in another file";
      const auto& item = facts.hir()[target.item];
      if (item.kind == hir::ItemKind::Module) return "a module is called like its file";
      if (item.kind == hir::ItemKind::Import) {
        // Without `as` the name is the last part of the path, or the one that the other file gave.
        if (item.importedName != base::emptySymbol || item.nameSpan == facts.hir().imports[item.import].span)
          return "this name comes from another file";
        return {};
      }
      if (item.isPrivate) return {};
      return "other files may use this name: only locals, names of imports and `private` declarations can be renamed";
    }
    case TargetKind::Member: return "fields may be set in other files";
    case TargetKind::Key: return "this key is not declared anywhere";
    default: return "this is part of the language";
  }
}

/// Some declaration or local of the file has this name: another one could hide it, or be hidden.
bool isTaken(const hir::Module& module, std::string_view name) {
  const auto symbol = base::findSymbol(name);
  if (symbol == base::emptySymbol) return false;
  return std::any_of(module.items.begin(), module.items.end(), [&](const hir::Item& item) { return item.name == symbol; }) ||
         std::any_of(module.locals.begin(), module.locals.end(), [&](const hir::Local& local) { return local.name == symbol; });
}

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

std::optional<source::Span> renameable(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  const auto* occurrence = occurrenceAt(index, offset);
  if (occurrence == nullptr || !refusal(facts, *occurrence).empty()) return std::nullopt;
  return occurrence->span;
}

Rename rename(const Facts& facts, const FileIndex& index, std::uint32_t offset, std::string_view name) {
  Rename result;
  const auto* occurrence = occurrenceAt(index, offset);
  if (occurrence == nullptr) {
    result.refusal = "there is no name here";
    return result;
  }
  result.refusal = refusal(facts, *occurrence);
  if (result.refusal.empty() && (!syntax::isBareWord(name) || syntax::isReserved(syntax::wordKind(name)))) {
    result.refusal = "`" + std::string(name) + "` is not a name";
  }
  if (result.refusal.empty() && isTaken(facts.hir(), name)) result.refusal = "`" + std::string(name) + "` is a name in this file already";
  if (!result.refusal.empty()) return result;

  const auto target = occurrence->target;
  const auto old = facts.text().substr(occurrence->span.begin, occurrence->span.size());
  for (const auto& use : index.occurrences) {
    if (!(use.target == target)) continue;
    const source::Location at{facts.file, use.span};
    // The value of `{ name }` gets another name, its key stays.
    const bool isShorthand = std::any_of(index.occurrences.begin(), index.occurrences.end(),
                                         [&](const Occurrence& other) { return other.shorthand && other.span == use.span; });
    if (isShorthand && !use.writes) {
      result.edits.push_back({at, std::string(old) + ": " + std::string(name)});
    } else if (facts.text().substr(use.span.begin, use.span.size()) == old) {
      result.edits.push_back({at, std::string(name)});
    }
  }
  return result;
}

}  // namespace kdsl::query
