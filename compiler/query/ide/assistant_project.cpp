// The questions that look through all loaded files.
#include "query/ide/assistant.hpp"

#include <algorithm>
#include <filesystem>

#include "query/ide/refactor.hpp"
#include "query/paths.hpp"

namespace kdsl::query {

std::vector<source::Location> Assistant::implementations(FileId file, std::uint32_t offset) {
  std::vector<source::Location> places;
  const auto facts = session_.facts(file);
  const auto target = targetAt(index(file, facts), offset);
  if (!target) return places;
  for (const auto other : naming(*target, file)) {
    if (isStopped()) break;
    const auto otherFacts = session_.facts(other, file);
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
    if (isStopped()) break;
    const auto facts = session_.facts(other, item.file);
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
  for (const auto other : modules()) {
    if (isStopped()) break;
    addSubTypes(session_.facts(other, type.file), type, found);
  }
  return found;
}

Rename Assistant::move(const Moves& moves) {
  Rename result;
  for (const auto other : modules()) {
    if (isStopped()) break;
    if (!session_.files()[other].builtIn) addMoveEdits(session_.facts(other), moves, result);
  }
  return result;
}

std::vector<Refactoring> Assistant::refactorings(FileId file, Span selection) {
  std::vector<Refactoring> found;
  const auto facts = session_.facts(file);
  const auto& own = index(file, facts);
  if (!selection.empty()) addExtractions(facts, own, selection, found);
  bool isUsedElsewhere = false;
  // Looking through all files is for what could be inlined or moved.
  if (const auto target = targetAt(own, selection.begin); target && target->kind == TargetKind::Item && target->file == file) {
    for (const auto& place : references(file, selection.begin, /*withDeclaration=*/false)) isUsedElsewhere = isUsedElsewhere || place.file != file;
  }
  addInlining(facts, index(file, facts), selection.begin, isUsedElsewhere, found);
  addRequiredFields(facts, index(file, facts), selection.begin, found);
  addImportOrder(facts, found);
  if (const auto resource = extractableResource(facts, selection.begin)) addComponentExtraction(facts, *resource, usesOf(*resource, file), found);
  if (const auto movable = movableDeclaration(facts, selection.begin)) addMove(facts, *movable, isUsedElsewhere, found);
  return found;
}

/// To a file of its own, with the imports of all loaded files in step; nothing if one of them could not be.
void Assistant::addMove(const Facts& facts, const Target& declaration, bool isUsedElsewhere, std::vector<Refactoring>& out) {
  const auto path = freePath(facts.file, facts.hir()[declaration.item]);
  std::vector<Refactoring> made;
  if (!path.empty()) addModuleExtraction(facts, index(facts.file, facts), declaration, path, made);
  if (made.empty()) return;
  if (isUsedElsewhere) {
    for (const auto other : naming(declaration, facts.file)) {
      if (isStopped()) return;
      if (other == facts.file || session_.files()[other].builtIn) continue;
      const auto otherFacts = session_.facts(other, facts.file);
      if (!addMovedImports(otherFacts, index(other, otherFacts), declaration, path, made[0])) return;
    }
  }
  out.push_back(std::move(made[0]));
}

/// The places that name a declaration, but for the declaration itself. In all loaded files.
std::vector<NamedUse> Assistant::usesOf(const Target& target, FileId asked) {
  std::vector<NamedUse> uses;
  for (const auto other : naming(target, asked)) {
    if (isStopped()) break;
    const auto facts = session_.facts(other, asked);
    for (const auto& use : index(other, facts).occurrences) {
      if (!(use.target == target) || use.declares) continue;
      const auto known = std::find_if(uses.begin(), uses.end(), [&](const NamedUse& one) { return one.at.file == other && one.at.span == use.span; });
      if (known == uses.end()) {
        uses.push_back({{other, use.span}, std::string(facts.text().substr(use.span.begin, use.span.size())), use.shorthand});
      } else {
        known->shorthand = true;
      }
    }
  }
  return uses;
}

/// A file beside this one that is not there yet, named after a declaration; empty for files that are not on disk.
std::string Assistant::freePath(FileId file, const hir::Item& item) const {
  const auto& path = session_.files()[file].path;
  if (!path.starts_with('/')) return {};
  std::string stem;
  for (const char c : base::text(item.name)) {
    const bool isUpper = c >= 'A' && c <= 'Z';
    if (isUpper && !stem.empty()) stem += '-';
    stem += isUpper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const auto wanted = joinPath(folderOf(path), stem + ".kdsl");
  std::error_code ignored;
  const bool isTaken = base::valid(session_.find(wanted)) || std::filesystem::exists(wanted, ignored);
  return isTaken ? std::string() : wanted;
}

void Assistant::built(FileId root, BuildResult result) {
  auto& known = builds_[base::index(root)];
  if (!result.ok) {
    // What an error keeps from being made now was there before.
    const auto isMade = [&](const Rendered& old) {
      return std::ranges::any_of(result.objects, [&](const Rendered& one) { return one.kind == old.kind && one.apiVersion == old.apiVersion && one.name == old.name && one.namespace_ == old.namespace_; });
    };
    for (auto& old : known.result.objects) {
      if (!isMade(old)) result.objects.push_back(std::move(old));
    }
  }
  known = Built{std::move(result), std::nullopt};
}

const BuildNames& Assistant::names(FileId root) {
  auto& built = builds_[base::index(root)];
  if (!built.names) built.names = BuildNames::of(built.result);
  return *built.names;
}

std::vector<std::pair<FileId, TextLink>> Assistant::linkedTexts(FileId file, std::uint32_t offset) {
  std::vector<std::pair<FileId, TextLink>> found;
  const auto facts = session_.facts(file);
  const auto asked = textLinkAt(facts, index(file, facts), offset);
  if (!asked) return found;
  // Of the builds that this file is part of: equal texts elsewhere are other objects.
  const auto read = session_.closure(file);
  for (const auto other : modules()) {
    if (isStopped()) break;
    if (session_.files()[other].builtIn || session_.files()[other].text.find(asked->text) == std::string::npos) continue;
    if (std::find(read.begin(), read.end(), other) == read.end()) {
      const auto readByOther = session_.closure(other);
      if (std::find(readByOther.begin(), readByOther.end(), file) == readByOther.end()) continue;
    }
    const auto otherFacts = session_.facts(other, file);
    for (auto& link : textLinks(otherFacts, index(other, otherFacts))) {
      if (link.isLinkedTo(*asked)) found.emplace_back(other, std::move(link));
    }
  }
  return found;
}

Rename Assistant::renameTexts(FileId file, std::uint32_t offset, std::string_view name, Rename result) {
  const auto links = linkedTexts(file, offset);
  if (links.empty()) return result;
  result.refusal.clear();
  if (name.empty() || name.find_first_of("\"\\$\r\n") != std::string_view::npos) {
    result.refusal = "this cannot stand in a text as it is";
    return result;
  }
  for (const auto& [other, link] : links) result.edits.push_back({{other, link.span}, std::string(name)});
  return result;
}

std::vector<Span> Assistant::linkedRanges(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  return query::linkedRanges(facts, index(file, facts), offset);
}

}  // namespace kdsl::query
