#pragma once
// Files are replaced whole or not at all.
#include <string>
#include <string_view>

namespace kdsl::emit {

struct WriteFileOptions {
  bool sync = false;            ///< wait until the bytes are on the disk
  bool createFolders = false;   ///< make the folders above the file
  bool keepIfEqual = false;     ///< leave a file alone that has these bytes already, with its time
};

/// `code` is errno, 0 on success; `message` says what failed, for which path, and errno's text: "cannot write `out/web.yaml`: No space left on device".
struct [[nodiscard]] WriteFileResult {
  int code = 0;
  std::string message;
  bool changed = true;  ///< false if keepIfEqual found the same bytes
  explicit operator bool() const { return code == 0; }
};

/// Writes `bytes` to a temporary file beside `path` and renames it, so that a reader sees the old file or the new one. Keeps the mode of a file that it
/// replaces; a symbolic link is followed. On failure the old file is untouched and no temporary file is left. What is no regular file (/dev/stdout, a pipe) is
/// written directly.
WriteFileResult writeFileAtomically(const std::string& path, std::string_view bytes, const WriteFileOptions& options = {});

/// A regular file is there that has these bytes. Reads no file of another size.
bool fileHolds(const std::string& path, std::string_view bytes);

/// Writes all of `bytes` to an open descriptor, for standard output. EPIPE is a result, not a signal, if SIGPIPE is ignored. `name` is for the message.
WriteFileResult writeToDescriptor(int descriptor, std::string_view bytes, std::string_view name);

}  // namespace kdsl::emit
