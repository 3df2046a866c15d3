#include "query/library.hpp"

#include <algorithm>

namespace kdsl::query {

const LibraryModule* findLibraryModule(std::string_view path) {
  const auto modules = libraryModules();
  const auto found = std::lower_bound(modules.begin(), modules.end(), path, [](const LibraryModule& module, std::string_view wanted) { return module.path < wanted; });
  return found == modules.end() || found->path != path ? nullptr : &*found;
}

}  // namespace kdsl::query
