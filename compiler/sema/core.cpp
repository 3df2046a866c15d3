#include "sema/core.hpp"

#include <algorithm>
#include <set>

#include "sema/checker.hpp"

namespace kdsl::sema {

using types::Member;
using types::Nominal;

Core::Core(Loader& files, const kubernetes::SchemaPack& schema) : loader(files), pack(schema), relation(types, *this), signatures(types) {}

Core::~Core() = default;

Checker* Core::existing(FileId file) const {
  const auto found = checkers_.find(base::index(file));
  return found == checkers_.end() ? nullptr : found->second.get();
}

Checker& Core::checker(FileId file) {
  if (auto* known = existing(file)) return *known;
  auto& made = *checkers_.emplace(base::index(file), std::make_unique<Checker>(*this, file)).first->second;
  if (made.isOnDemand()) {
    onDemand_.push_back(&made);
    made.resolveImports([](FileId, std::string&) { return true; });
    made.itemType(hir::moduleItem);
    return made;
  }
  loading_.push_back(file);
  const bool isReloaded = reloaded_.contains(base::index(file));
  made.resolveImports([&](FileId target, std::string& chain) {
    // The files from `target` to `file`, if it imports this one: those being loaded, or after an edit any path.
    std::vector<FileId> path;
    if (const auto cycle = std::find(loading_.begin(), loading_.end(), target); cycle != loading_.end()) {
      path.assign(cycle, loading_.end());
    } else if (isReloaded) {
      path = importPath(target, file);
    }
    if (path.empty()) {
      checker(target);
      return true;
    }
    for (const auto step : path) chain += loader.fileName(step) + " → ";
    chain += loader.fileName(target);
    return false;
  });
  loading_.pop_back();
  return made;
}

/// The files on the way from one loaded file to another along imports, both included; empty if there is none.
std::vector<FileId> Core::importPath(FileId from, FileId to) const {
  std::unordered_map<std::uint32_t, FileId> cameFrom{{base::index(from), from}};
  std::vector<FileId> work{from};
  while (!work.empty()) {
    const auto at = work.back();
    work.pop_back();
    if (at == to) {
      std::vector<FileId> path{at};
      while (path.back() != from) path.push_back(cameFrom.at(base::index(path.back())));
      std::reverse(path.begin(), path.end());
      return path;
    }
    const auto* checker = existing(at);
    if (checker == nullptr) continue;
    for (const auto& import : checker->imports()) {
      if (base::valid(import.file) && !import.isData && cameFrom.try_emplace(base::index(import.file), at).second) work.push_back(import.file);
    }
  }
  return {};
}

Core::NominalSlot& Core::slot(NominalId id) {
  while (nominals_.size() <= base::index(id)) nominals_.emplace_back();
  return nominals_[base::index(id)];
}

const Nominal& Core::declared(NominalId id) {
  auto& entry = slot(id);
  if (!entry.value) {
    entry.value = std::make_unique<Nominal>();
    entry.value->id = id;
    entry.isBuilding = true;
    const auto origin = types.nominalOrigin(id);
    if (origin.isKubernetes) {
      materialise(origin.definition, *entry.value);
    } else {
      checker(origin.file).declareNominal(origin.path, *entry.value);
    }
    entry.isBuilding = false;
  }
  return *entry.value;
}

TypeId Core::memberType(const Nominal& nominal, const Member& member) {
  if (member.type != pendingType) return member.type;
  const auto origin = types.nominalOrigin(member.owner);
  const auto type = checker(origin.file).itemType(member.item);
  for (const auto id : {nominal.id, member.owner}) {
    auto* value = slot(id).value.get();
    if (value == nullptr) continue;
    if (const auto* found = value->find(member.name); found != nullptr) value->members[static_cast<std::size_t>(found - value->members.data())].type = type;
  }
  return type;
}

const Nominal& Core::complete(NominalId id) {
  const auto& nominal = declared(id);
  auto& entry = slot(id);
  if (!entry.isComplete) {
    for (const auto& member : nominal.members) memberType(nominal, member);
    entry.isComplete = true;
    publishedNominals.set(base::index(id), &nominal);
    const auto& declaration = nominal.declaration;
    if (auto* owner = base::valid(declaration.file) ? existing(declaration.file) : nullptr; owner != nullptr && owner->isOnDemand()) owner->wantInstance(declaration.item);
    checkWanted();
  }
  return nominal;
}

void Core::checkWanted() {
  for (bool any = true; any;) {
    any = false;
    for (std::size_t i = 0; i < onDemand_.size(); ++i) any = onDemand_[i]->checkWanted() || any;  // it may open others
  }
}

void Core::drop(FileId file) {
  checkers_.erase(base::index(file));
  reloaded_.insert(base::index(file));
  publishedModules.set(base::index(file), nullptr);
  for (std::uint32_t i = 0; i < nominals_.size(); ++i) {
    const auto origin = types.nominalOrigin(NominalId{i});
    if (origin.isKubernetes || origin.file != file) continue;
    publishedNominals.set(i, nullptr);
    nominals_[i] = NominalSlot{};
  }
  relation.clear();
}

std::vector<FileId> Core::importersOf(FileId file) const {
  std::set<std::uint32_t> reached{base::index(file)};
  std::vector<FileId> result;
  const bool isPrelude = file == loader.prelude();
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& [id, checker] : checkers_) {
      if (reached.contains(id)) continue;
      const auto& imports = checker->imports();
      const bool importsOne = isPrelude || std::any_of(imports.begin(), imports.end(), [&](const ImportTarget& target) { return base::valid(target.file) && !target.isData && reached.contains(base::index(target.file)); });
      if (!importsOne) continue;
      reached.insert(id);
      result.push_back(FileId{id});
      grew = true;
    }
  }
  return result;
}

void Core::refreshInherited(FileId file) {
  for (auto& entry : nominals_) {
    if (!entry.value || types.nominalOrigin(entry.value->id).isKubernetes) continue;
    for (auto& member : entry.value->members) {
      if (member.owner == entry.value->id) continue;
      const auto origin = types.nominalOrigin(member.owner);
      if (origin.isKubernetes || origin.file != file) continue;
      const auto* original = declared(member.owner).find(member.name);
      if (original == nullptr) continue;
      const auto type = member.type;
      const auto oneof = member.oneof;
      member = *original;
      member.type = type;
      member.oneof = oneof;
    }
  }
}

}  // namespace kdsl::sema
