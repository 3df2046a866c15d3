#include "sema/workspace.hpp"

#include "sema/checker.hpp"
#include "sema/core.hpp"

namespace kdsl::sema {

Workspace::Workspace(Loader& loader, const kubernetes::SchemaPack& schema) : core_(std::make_unique<Core>(loader, schema)) {}

Workspace::~Workspace() = default;

const CheckedModule& Workspace::module(FileId file) const {
  if (const auto* known = core_->publishedModules.get(base::index(file))) return *known;
  return *modulePtr(file);
}

CheckedModulePtr Workspace::modulePtr(FileId file) const {
  const std::lock_guard lock(core_->mutex);
  auto& checker = core_->checker(file);
  auto product = checker.isOnDemand() ? checker.product() : checker.check();
  core_->checkWanted();
  core_->publishedModules.set(base::index(file), product.get());
  return product;
}

const CheckedModule& Workspace::wholeModule(FileId file) const {
  const std::lock_guard lock(core_->mutex);
  const auto& product = core_->checker(file).check();
  core_->checkWanted();
  return *product;
}

bool Workspace::isCheckedOnDemand(FileId file) const { return core_->loader.isCheckedOnDemand(file); }

const types::TypeTable& Workspace::types() const { return core_->types; }
types::TypeTable& Workspace::types() { return core_->types; }

const types::Nominal& Workspace::nominal(NominalId id) const {
  if (const auto* known = core_->publishedNominals.get(base::index(id))) return *known;
  const std::lock_guard lock(core_->mutex);
  return core_->complete(id);
}

const kubernetes::SchemaPack& Workspace::schema() const { return core_->pack; }

bool Workspace::invalidate(FileId file) {
  const std::lock_guard lock(core_->mutex);
  auto* old = core_->existing(file);
  if (old == nullptr) return false;
  const bool wasChecked = old->isChecked();
  const auto before = wasChecked ? old->signatureHash() : 0;
  const auto importers = core_->importersOf(file);
  core_->drop(file);
  core_->publishedModules.set(base::index(file), core_->checker(file).check().get());
  if (wasChecked && core_->checker(file).signatureHash() == before) {
    core_->refreshInherited(file);
    return false;
  }
  for (const auto importer : importers) core_->drop(importer);
  return !importers.empty();
}

std::uint64_t Workspace::signatureHash(FileId file) const {
  const std::lock_guard lock(core_->mutex);
  core_->checker(file).check();
  return core_->checker(file).signatureHash();
}

NominalId Workspace::kubernetesNominal(std::string_view shortName) const {
  const std::lock_guard lock(core_->mutex);
  return core_->kubernetesByName(base::intern(shortName));
}

std::unique_lock<std::recursive_mutex> Workspace::lockCore() const { return std::unique_lock(core_->mutex); }

WorkspaceCounters Workspace::counters() const {
  const std::lock_guard lock(core_->mutex);
  return core_->counters;
}

std::uint64_t Workspace::checksOf(FileId file) const {
  const std::lock_guard lock(core_->mutex);
  const auto known = core_->checks.find(file);
  return known == core_->checks.end() ? 0 : known->second;
}

}  // namespace kdsl::sema
