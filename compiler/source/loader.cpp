#include "source/loader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "source/utf8.hpp"

namespace kdsl::source {
namespace {

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

LoadResult failure(LoadError error, std::uint64_t detail = 0) { return {error, {}, detail}; }

}  // namespace

LoadResult checkText(std::string text) {
  if (text.size() > maxFileBytes) return failure(LoadError::TooLarge, text.size());
  if (const auto bad = firstInvalidUtf8(text); bad != std::string_view::npos) return {LoadError::NotUtf8, std::move(text), bad};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return {LoadError::None, std::move(text), 0};
}

LoadResult loadFile(const std::string& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return failure(LoadError::NotFound);
    return failure(LoadError::NotReadable, static_cast<std::uint64_t>(errno));
  }
  struct stat info {};
  if (::fstat(file.fd, &info) != 0) return failure(LoadError::NotReadable, static_cast<std::uint64_t>(errno));
  if (S_ISDIR(info.st_mode)) return failure(LoadError::IsFolder);
  if (S_ISREG(info.st_mode) && static_cast<std::uint64_t>(info.st_size) > maxFileBytes) return failure(LoadError::TooLarge, static_cast<std::uint64_t>(info.st_size));

  std::string text;
  std::size_t used = 0;
  text.resize(S_ISREG(info.st_mode) ? static_cast<std::size_t>(info.st_size) + 1 : 64 * 1024);
  while (true) {
    if (used == text.size()) text.resize(text.size() * 2);
    const auto got = ::read(file.fd, text.data() + used, text.size() - used);
    if (got < 0) {
      if (errno == EINTR) continue;
      return failure(LoadError::NotReadable, static_cast<std::uint64_t>(errno));
    }
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > maxFileBytes) return failure(LoadError::TooLarge, used);
  }
  text.resize(used);
  return checkText(std::move(text));
}

}  // namespace kdsl::source
