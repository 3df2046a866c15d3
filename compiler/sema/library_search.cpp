#include "sema/library_search.hpp"

#include <algorithm>

#include "sema/checker.hpp"

namespace kdsl::sema {
namespace {

bool isOfOperators(std::string_view path) { return path.starts_with("std/crd/"); }

/// The items of a module that others may import.
template <typename Visit>
void forExports(Core& core, const Visit& visit) {
  for (const auto& path : core.loader.libraryPaths()) {
    if (isOfOperators(path)) continue;
    const auto file = libraryFile(core, path);
    if (!base::valid(file)) continue;
    auto& checker = core.checker(file);
    const auto& hir = checker.hir();
    for (const auto item : hir.childrenOf(hir[hir::moduleItem])) {
      if (!hir[item].isPrivate && hir[item].kind != hir::ItemKind::Import && hir[item].name != base::emptySymbol) visit(checker, item);
    }
  }
}

template <typename Visit>
void forNominals(Core& core, const Visit& visit) {
  forExports(core, [&](Checker& checker, ItemId item) {
    const auto kind = checker.hir()[item].kind;
    if (kind == hir::ItemKind::Component || kind == hir::ItemKind::Schema) visit(core.complete(checker.nominalOf(item)));
  });
}

/// Whether the body of a component sets a member that it inherits.
bool changes(Core& core, const types::Nominal& nominal, Symbol member) {
  const auto& hir = core.checker(nominal.declaration.file).hir();
  const auto body = hir[nominal.declaration.item].body;
  if (!base::valid(body)) return false;
  return std::ranges::any_of(hir.entriesOf(hir[body]), [&](const hir::Entry& entry) {
    return entry.kind == hir::EntryKind::Set && entry.segmentCount == 1 && hir.segmentsOf(entry)[0].kind == hir::SegmentKind::Name && hir.segmentsOf(entry)[0].name == member;
  });
}

}  // namespace

FileId libraryFile(Core& core, std::string_view path) {
  hir::FilePath wanted;
  wanted.path = base::intern(path);
  std::vector<diag::Diagnostic> ignored;
  return core.loader.resolveImport(core.loader.prelude(), wanted, ignored).file;
}

std::vector<std::string_view> libraryNames(Core& core) {
  std::vector<std::string_view> names;
  forExports(core, [&](Checker& checker, ItemId item) { names.push_back(base::text(checker.hir()[item].name)); });
  return names;
}

std::vector<LibraryMember> membersNamed(Core& core, Symbol name) {
  std::vector<LibraryMember> found;
  forNominals(core, [&](const types::Nominal& nominal) {
    const auto* member = nominal.find(name);
    if (member == nullptr || member->isPrivate) return;
    // The nearest ancestor that declares or changes it.
    const auto* origin = &nominal;
    while (origin->id != member->owner && base::valid(origin->base) && !changes(core, *origin, name)) origin = &core.complete(origin->base);
    const auto known = std::ranges::find(found, origin->id, &LibraryMember::owner);
    auto& entry = known != found.end() ? *known : found.emplace_back(LibraryMember{origin->id, name, {}});
    if (origin->id != nominal.id) entry.heirs.push_back(base::text(nominal.name));
  });
  return found;
}

std::vector<std::string_view> memberNames(Core& core) {
  std::vector<std::string_view> names;
  forNominals(core, [&](const types::Nominal& nominal) {
    for (const auto& member : nominal.members) {
      if (!member.isPrivate) names.push_back(base::text(member.name));
    }
  });
  return names;
}

}  // namespace kdsl::sema
