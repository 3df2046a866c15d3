#pragma once
// Dependencies of a project: what project.kdsl names, what kdsl.lock pins, and where their files are. Nothing here touches the network.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "hir/module.hpp"
#include "query/project.hpp"

namespace kdsl::query {

inline constexpr std::string_view lockFileName = "kdsl.lock";
inline constexpr std::string_view vendorFolderName = "vendor";

/// A git dependency as kdsl.lock pins it.
struct LockedDependency {
  std::string name;
  std::string git;
  std::string tag;     // that the commit was found by; may be empty
  std::string commit;  // 40 hexadecimal digits
  std::string hash;    // contentHash() of its files
};

/// Reads the `dependencies` of a project file without evaluating it: files have to be known before anything runs, so they are written as
/// literals. What is not is reported.
std::vector<Dependency> writtenDependencies(const hir::Module& project, std::vector<diag::Diagnostic>& out);

/// The text of a project file without what it says of a dependency; lines that nothing else stands on go with it.
std::string withoutDependency(std::string text, const Dependency& dependency);

/// The entries of a lock; nothing, and what is wrong with it, if the text is no lock.
std::optional<std::vector<LockedDependency>> readLock(std::string_view text, std::string& problem);
/// Those of a project's lock; empty if it has none. Nothing, and why, if the file cannot be read or is no lock.
std::optional<std::vector<LockedDependency>> lockOf(const std::string& projectFolder, std::string& problem);
/// Whether the entry is what the project file wants: of the same repository and tag, and at the commit if one is written.
bool pins(const LockedDependency& locked, const Dependency& wanted);
/// By name, so that equal locks are equal text.
std::string lockText(std::vector<LockedDependency> entries);

/// Where fetched repositories are kept: $KDSL_CACHE, else `kdsl` below $XDG_CACHE_HOME or ~/.cache. Empty if none of these is set.
std::string cacheFolder();
/// The folder of a fetched commit in the cache. Made from digests: no name or address can lead out of the cache.
std::string cachedTree(const LockedDependency& dependency);
/// `sha256-…` of the names and bytes of all files below a folder, `.git` left out; empty, and why, if one cannot be read.
std::string contentHash(const std::string& folder, std::string& problem);

}  // namespace kdsl::query
