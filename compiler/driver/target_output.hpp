#pragma once
// The folder that a target's objects are written to: a file for each object, and a list of them, so that a later build takes away what is no longer
// made without touching what is not kdsl's.
#include <string>
#include <string_view>
#include <vector>

#include "driver/manifest_files.hpp"

namespace kdsl::driver {

inline constexpr std::string_view outputListName = ".kdsl-files";

/// What a target's folder holds and what it should hold.
struct FolderChange {
  std::vector<ManifestFile> written;   // new or different, with their paths
  std::vector<std::string> removed;    // of an earlier build; absolute or as `folder` is
  std::vector<ManifestFile> unchanged;
};

/// Compares; reads only.
FolderChange compareFolder(const std::string& folder, const std::vector<query::Rendered>& objects, bool isYaml);

/// Writes, then removes. False: something could not be written, which was told on standard error.
[[nodiscard]] bool applyChange(const std::string& folder, const FolderChange& change);

}  // namespace kdsl::driver
