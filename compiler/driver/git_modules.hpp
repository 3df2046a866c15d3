#pragma once
// Fetching git dependencies into the cache.
#include <string>
#include <vector>

#include "query/dependencies.hpp"

namespace kdsl::driver {

class GitModules {
 public:
  /// A git that has not answered after `seconds` is ended.
  explicit GitModules(unsigned seconds) : seconds_(seconds) {}

  /// Finds the commit of a dependency's tag and gets its files, unless the cache has them; what those depend on as well. Paths of repositories are relative
  /// to `projectFolder`. Empty, or what went wrong.
  std::string resolve(const query::Dependency& dependency, const std::string& projectFolder, query::LockedDependency& locked);
  /// Gets the files of a pinned dependency, unless the cache has them, and holds them against the lock. Empty, or what went wrong.
  std::string fetch(const query::LockedDependency& locked, const std::string& projectFolder);

 private:
  std::string getTree(const std::string& address, const std::string& reference, std::string& commit, const std::string& projectFolder);
  std::string fetchNested(const std::string& folder);

  unsigned seconds_;
  std::vector<std::string> seen_;  // trees whose own dependencies were fetched
};

}  // namespace kdsl::driver
