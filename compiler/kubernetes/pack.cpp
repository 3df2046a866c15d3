// Packs and the look-ups by name. A SchemaPack has no members of its own: it is a blob::PackRecord seen from outside.
#include <algorithm>
#include <ranges>
#include <tuple>

#include "kubernetes/bytes.hpp"
#include "kubernetes/embedded.hpp"
#include "kubernetes/schema.hpp"

namespace kdsl::kubernetes {

using blob::records;
using blob::text;

namespace {

const blob::PackRecord& recordOf(const SchemaPack* pack) { return *reinterpret_cast<const blob::PackRecord*>(pack); }

const blob::Header* dataOf(const SchemaPack* pack) {
  return reinterpret_cast<const blob::Header*>(reinterpret_cast<const char*>(pack) - recordOf(pack).self);
}

const blob::DefinitionRecord& definitionOf(const SchemaPack* pack, uint32_t id) {
  const auto* data = dataOf(pack);
  return *records<blob::DefinitionRecord>(data, records<blob::Offset>(data, recordOf(pack).definitions)[id]);
}

/// The definition with this short name in a list of ids that is ordered by short names.
std::optional<DefId> findByShortName(const SchemaPack* pack, std::span<const uint32_t> ids, std::string_view name) {
  const auto nameOf = [pack](uint32_t id) { return text(dataOf(pack), definitionOf(pack, id).shortName); };
  const auto found = std::ranges::lower_bound(ids, name, {}, nameOf);
  if (found == ids.end() || nameOf(*found) != name) return std::nullopt;
  return static_cast<DefId>(*found);
}

struct GroupAndVersion {
  std::string_view group;
  std::string_view version;
};

/// Splits `apps/v1` and `v1`.
GroupAndVersion splitApiVersion(std::string_view apiVersion) {
  const size_t slash = apiVersion.find('/');
  if (slash == std::string_view::npos) return {{}, apiVersion};
  return {apiVersion.substr(0, slash), apiVersion.substr(slash + 1)};
}

}  // namespace

// --- GroupVersion ---------------------------------------------------------------------------------------------------------------------

std::string_view GroupVersion::package() const { return text(dataOf(pack_), record_->package); }
std::string_view GroupVersion::group() const { return text(dataOf(pack_), record_->group); }
std::string_view GroupVersion::version() const { return text(dataOf(pack_), record_->version); }
std::string_view GroupVersion::apiVersion() const { return text(dataOf(pack_), record_->apiVersion); }

DefinitionList GroupVersion::definitions() const {
  return DefinitionList({records<uint32_t>(dataOf(pack_), record_->definitions), record_->definitionCount});
}

std::optional<DefId> GroupVersion::find(std::string_view shortName) const {
  return findByShortName(pack_, {records<uint32_t>(dataOf(pack_), record_->definitions), record_->definitionCount}, shortName);
}

size_t detail::GroupVersionReader::size() const { return recordOf(pack).groupVersionCount; }
GroupVersion detail::GroupVersionReader::at(size_t index) const {
  return {pack, blob::records<blob::GroupVersionRecord>(dataOf(pack), recordOf(pack).groupVersions) + index};
}

// --- SchemaPack -----------------------------------------------------------------------------------------------------------------------

std::span<const int32_t> SchemaPack::minors() {
  const auto* data = embeddedHeader();
  return {records<int32_t>(data, data->minors), data->packCount};
}

const SchemaPack* SchemaPack::forMinor(int minor) {
  const auto* data = embeddedHeader();
  const auto known = minors();
  const auto found = std::ranges::find(known, minor);
  if (found == known.end()) return nullptr;
  return reinterpret_cast<const SchemaPack*>(records<blob::PackRecord>(data, data->packs) + (found - known.begin()));
}

const SchemaPack& SchemaPack::newest() { return *forMinor(minors().back()); }
size_t SchemaPack::idLimit() { return embeddedHeader()->idLimit; }

int SchemaPack::minor() const { return recordOf(this).minor; }

bool SchemaPack::has(DefId id) const {
  const auto* data = dataOf(this);
  const auto index = static_cast<uint32_t>(id);
  return index < data->idLimit && records<blob::Offset>(data, recordOf(this).definitions)[index] != 0;
}

Definition SchemaPack::definition(DefId id) const { return {dataOf(this), &definitionOf(this, static_cast<uint32_t>(id)), id}; }

std::optional<DefId> SchemaPack::find(std::string_view fullName) const {
  const auto* data = dataOf(this);
  const std::span names(records<blob::Offset>(data, data->names), data->idLimit);
  const auto nameOf = [data](blob::Offset name) { return text(data, name); };
  const auto found = std::ranges::lower_bound(names, fullName, {}, nameOf);
  if (found == names.end() || nameOf(*found) != fullName) return std::nullopt;
  const auto id = static_cast<DefId>(found - names.begin());
  if (!has(id)) return std::nullopt;
  return id;
}

std::optional<DefId> SchemaPack::prelude(std::string_view shortName) const {
  const auto& record = recordOf(this);
  return findByShortName(this, {records<uint32_t>(dataOf(this), record.prelude), record.preludeCount}, shortName);
}

DefinitionList SchemaPack::preludeDefinitions() const {
  const auto& record = recordOf(this);
  return DefinitionList({records<uint32_t>(dataOf(this), record.prelude), record.preludeCount});
}

DefinitionList SchemaPack::preferredKinds() const {
  const auto& record = recordOf(this);
  return DefinitionList({records<uint32_t>(dataOf(this), record.preferredKinds), record.preferredKindCount});
}

std::optional<DefId> SchemaPack::kind(std::string_view group, std::string_view version, std::string_view kind) const {
  const auto* data = dataOf(this);
  const auto& record = recordOf(this);
  const std::span ids(records<uint32_t>(data, record.kinds), record.kindCount);
  const auto keyOf = [&](uint32_t id) {
    const auto& definition = definitionOf(this, id);
    return std::tuple(text(data, definition.group), text(data, definition.version), text(data, definition.shortName));
  };
  const auto wanted = std::tuple(group, version, kind);
  const auto found = std::ranges::lower_bound(ids, wanted, {}, keyOf);
  if (found == ids.end() || keyOf(*found) != wanted) return std::nullopt;
  return static_cast<DefId>(*found);
}

std::optional<DefId> SchemaPack::kind(std::string_view apiVersion, std::string_view kind) const {
  const auto [group, version] = splitApiVersion(apiVersion);
  return this->kind(group, version, kind);
}

GroupVersionList SchemaPack::groupVersions() const { return GroupVersionList({this}); }

std::optional<GroupVersion> SchemaPack::groupVersion(std::string_view path) const {
  const size_t slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view group = path.substr(0, slash);
  const std::string_view version = path.substr(slash + 1);
  for (const GroupVersion candidate : groupVersions()) {
    if (candidate.version() == version && (candidate.package() == group || (!group.empty() && candidate.group() == group))) return candidate;
  }
  return std::nullopt;
}

std::optional<MinorRange> servedIn(std::string_view apiVersion, std::string_view kind) {
  std::optional<MinorRange> range;
  for (const int32_t minor : SchemaPack::minors()) {
    if (!SchemaPack::forMinor(minor)->kind(apiVersion, kind)) continue;
    if (!range) range = MinorRange{minor, minor};
    range->last = minor;
  }
  return range;
}

// --- Lifecycle ------------------------------------------------------------------------------------------------------------------------

std::optional<ApiLifecycle> lifecycle(std::string_view group, std::string_view version, std::string_view kind) {
  const auto* data = embeddedHeader();
  const std::span records(records<blob::LifecycleRecord>(data, data->lifecycle), data->lifecycleCount);
  const auto keyOf = [data](const blob::LifecycleRecord& record) {
    return std::tuple(text(data, record.group), text(data, record.version), text(data, record.kind));
  };
  const auto wanted = std::tuple(group, version, kind);
  const auto found = std::ranges::lower_bound(records, wanted, {}, keyOf);
  if (found == records.end() || keyOf(*found) != wanted) return std::nullopt;
  return ApiLifecycle{static_cast<int>(found->deprecatedIn), static_cast<int>(found->removedIn), text(data, found->replacement),
                      text(data, found->replacementKind)};
}

std::optional<ApiLifecycle> lifecycle(std::string_view apiVersion, std::string_view kind) {
  const auto [group, version] = splitApiVersion(apiVersion);
  return lifecycle(group, version, kind);
}

}  // namespace kdsl::kubernetes
