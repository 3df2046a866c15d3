#pragma once
// The standard library's modules, which are part of the binary.
#include <span>
#include <string_view>

namespace kdsl::query {

struct LibraryModule {
  std::string_view path;  // `std/app.kdsl`
  std::string_view text;
  std::string_view lowered;  // of `text`, as hir::store() writes it
};

/// Sorted by path.
std::span<const LibraryModule> libraryModules();
/// nullptr if there is none.
const LibraryModule* findLibraryModule(std::string_view path);

}  // namespace kdsl::query
