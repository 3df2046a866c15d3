#pragma once
// Reading files from disk, with errors as values.
#include <cstdint>
#include <string>
#include <string_view>

namespace kdsl::source {

enum class LoadError : std::uint8_t { None, NotFound, IsFolder, NotReadable, TooLarge, NotUtf8 };

struct LoadResult {
  LoadError error = LoadError::None;
  std::string text;
  /// For NotUtf8 the offset of the first bad byte; for NotReadable the errno; for TooLarge the size in bytes.
  std::uint64_t detail = 0;
};

/// Largest source or data file, in bytes: offsets are 32-bit and a tree takes a few times its text.
inline constexpr std::uint64_t maxFileBytes = 64ull * 1024 * 1024;

/// Reads a regular file (or a pipe) as UTF-8; a byte order mark at its begin is dropped.
LoadResult loadFile(const std::string& path);

/// Checks text that did not come from a file (standard input, an editor).
LoadResult checkText(std::string text);

}  // namespace kdsl::source
