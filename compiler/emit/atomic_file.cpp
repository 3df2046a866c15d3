#include "emit/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace kdsl::emit {
namespace {

/// Owns a descriptor.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int value() const { return value_; }
  bool isOpen() const { return value_ >= 0; }
  /// 0 or errno. Some file systems report a full disk only here.
  int close() {
    if (value_ < 0) return 0;
    const int result = ::close(value_);
    value_ = -1;
    return result == 0 ? 0 : errno;
  }

 private:
  int value_;
};

/// Removes a temporary file unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  const std::string& path() const { return path_; }
  void release() { path_.clear(); }

 private:
  std::string path_;
};

WriteFileResult failure(int code, std::string_view path) {
  WriteFileResult result;
  result.code = code;
  result.changed = false;
  result.message = "cannot write `";
  result.message += path;
  result.message += "`: ";
  result.message += std::generic_category().message(code);
  return result;
}

/// 0 or errno.
int writeAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// `path` is a file of this size.
bool holdsExactly(const std::string& path, std::string_view bytes) {
  Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file.isOpen()) return false;
  char buffer[1 << 14];
  while (!bytes.empty()) {
    const ssize_t count = ::read(file.value(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    const auto size = static_cast<std::size_t>(count);
    if (count <= 0 || size > bytes.size() || bytes.substr(0, size) != std::string_view{buffer, size}) return false;
    bytes.remove_prefix(size);
  }
  return true;
}

/// The file that a chain of symbolic links leads to; `path` itself if it is no link, or one that leads nowhere.
std::string followLinks(const std::string& path) {
  struct ::stat status;
  if (::lstat(path.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return path;
  const std::unique_ptr<char, void (*)(void*)> target{::realpath(path.c_str(), nullptr), &std::free};
  return target ? target.get() : path;
}

struct Created {
  int descriptor;
  std::string path;
};

/// A new file in `folder`, with the mode that the process's mask gives a new file. On failure `descriptor` is -1 and errno is set.
Created createTemporary(const std::string& folder) {
  static std::atomic<unsigned> counter{0};
  constexpr int attempts = 100;  // a killed process may have left some names behind
  Created result{-1, {}};
  for (int i = 0; i < attempts; ++i) {
    result.path = folder + "/.kdsl-" + std::to_string(::getpid()) + '-' + std::to_string(counter++);
    result.descriptor = ::open(result.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (result.descriptor >= 0 || errno != EEXIST) break;
  }
  return result;
}

std::string folderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

bool fileHolds(const std::string& path, std::string_view bytes) {
  struct ::stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) == bytes.size() && holdsExactly(path, bytes);
}

WriteFileResult writeToDescriptor(int descriptor, std::string_view bytes, std::string_view name) {
  const int code = writeAll(descriptor, bytes);
  return code == 0 ? WriteFileResult{} : failure(code, name);
}

WriteFileResult writeFileAtomically(const std::string& path, std::string_view bytes, const WriteFileOptions& options) {
  if (options.createFolders) {
    std::error_code error;
    std::filesystem::create_directories(folderOf(path), error);
    if (error) return failure(error.value(), path);
  }
  const std::string target = followLinks(path);
  struct ::stat status;
  const bool exists = ::stat(target.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return failure(EISDIR, path);
  if (exists && !S_ISREG(status.st_mode)) {
    Descriptor file{::open(target.c_str(), O_WRONLY | O_CLOEXEC)};
    if (!file.isOpen()) return failure(errno, path);
    return writeToDescriptor(file.value(), bytes, path);
  }
  if (exists && ::access(target.c_str(), W_OK) != 0) return failure(errno, path);  // a rename would not ask
  if (exists && options.keepIfEqual && static_cast<std::size_t>(status.st_size) == bytes.size() && holdsExactly(target, bytes)) {
    WriteFileResult result;
    result.changed = false;
    return result;
  }

  const std::string folder = folderOf(target);
  Created created = createTemporary(folder);
  Descriptor file{created.descriptor};
  if (!file.isOpen()) return failure(errno, path);
  TemporaryFile temporary{std::move(created.path)};
  if (const int code = writeAll(file.value(), bytes); code != 0) return failure(code, path);
  if (exists && ::fchmod(file.value(), status.st_mode & 07777) != 0) return failure(errno, path);
  if (options.sync && ::fsync(file.value()) != 0) return failure(errno, path);
  if (const int code = file.close(); code != 0) return failure(code, path);
  if (::rename(temporary.path().c_str(), target.c_str()) != 0) return failure(errno, path);
  temporary.release();
  if (options.sync) {
    const Descriptor parent{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (parent.isOpen()) ::fsync(parent.value());  // the rename; not every file system can
  }
  return {};
}

}  // namespace kdsl::emit
