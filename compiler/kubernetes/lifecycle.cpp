#include "kubernetes/lifecycle.hpp"

#include <algorithm>
#include <span>

#include "kubernetes/bytes.hpp"
#include "kubernetes/embedded.hpp"

namespace kdsl::kubernetes {

std::optional<ApiLifecycle> versionLifecycle(std::string_view group, std::string_view version) {
  const auto* data = embeddedHeader();
  std::optional<ApiLifecycle> whole;
  for (const auto& record : std::span(blob::records<blob::LifecycleRecord>(data, data->lifecycle), data->lifecycleCount)) {
    if (blob::text(data, record.group) != group || blob::text(data, record.version) != version) continue;
    const ApiLifecycle one{static_cast<int>(record.deprecatedIn), static_cast<int>(record.removedIn), blob::text(data, record.replacement), {}};
    if (!whole) {
      whole = one;
      continue;
    }
    whole->deprecatedIn = std::max(whole->deprecatedIn, one.deprecatedIn);
    whole->removedIn = std::max(whole->removedIn, one.removedIn);
    if (whole->replacement != one.replacement) whole->replacement = {};
  }
  return whole;
}

std::string_view groupOfPackage(const SchemaPack& pack, std::string_view package) {
  for (const auto known : pack.groupVersions()) {
    if (known.package() == package) return known.group();
  }
  return package;
}

std::string importPathOf(const SchemaPack& pack, std::string_view apiVersion) {
  const auto path = apiVersion.find('/') == std::string_view::npos ? "core/" + std::string(apiVersion) : std::string(apiVersion);
  if (const auto known = pack.groupVersion(path)) return "k8s/" + std::string(known->package()) + "/" + std::string(known->version());
  return "k8s/" + path;
}

}  // namespace kdsl::kubernetes
