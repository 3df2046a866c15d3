#include "emit/atomic_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace kdsl::emit {
namespace {

namespace fs = std::filesystem;

class AtomicFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "kdsl-atomic-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  std::string path(std::string_view name) const { return (folder_ / name).string(); }
  static std::string read(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::size_t filesInFolder() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {})); }

  fs::path folder_;
};

TEST_F(AtomicFile, WritesAndReplaces) {
  const auto file = path("out.yaml");
  ASSERT_TRUE(writeFileAtomically(file, "first\n"));
  EXPECT_EQ(read(file), "first\n");
  ASSERT_TRUE(writeFileAtomically(file, "second\n", {.sync = true}));
  EXPECT_EQ(read(file), "second\n");
  ASSERT_TRUE(writeFileAtomically(file, ""));
  EXPECT_EQ(read(file), "");
  EXPECT_EQ(filesInFolder(), 1u);
}

TEST_F(AtomicFile, NewFilesFollowTheMaskAndOldOnesKeepTheirMode) {
  const auto file = path("mode.yaml");
  const mode_t before = ::umask(027);
  ASSERT_TRUE(writeFileAtomically(file, "a"));
  ::umask(before);
  struct stat status;
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640u);
  ASSERT_EQ(::chmod(file.c_str(), 0604), 0);
  ASSERT_TRUE(writeFileAtomically(file, "b"));
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0604u);
}

TEST_F(AtomicFile, FollowsSymbolicLinks) {
  const auto file = path("real.yaml");
  ASSERT_TRUE(writeFileAtomically(file, "old"));
  fs::create_symlink(file, path("link.yaml"));
  ASSERT_TRUE(writeFileAtomically(path("link.yaml"), "new"));
  EXPECT_TRUE(fs::is_symlink(path("link.yaml")));
  EXPECT_EQ(read(file), "new");
}

TEST_F(AtomicFile, KeepsEqualFilesUntouched) {
  const auto file = path("same.yaml");
  const std::string text(200'000, 'x');
  ASSERT_TRUE(writeFileAtomically(file, text));
  const auto time = fs::last_write_time(file) - std::chrono::hours(1);
  fs::last_write_time(file, time);
  const auto same = writeFileAtomically(file, text, {.keepIfEqual = true});
  EXPECT_TRUE(same);
  EXPECT_FALSE(same.changed);
  EXPECT_EQ(fs::last_write_time(file), time);
  const auto changed = writeFileAtomically(file, text.substr(1) + "y", {.keepIfEqual = true});
  EXPECT_TRUE(changed);
  EXPECT_TRUE(changed.changed);
  EXPECT_EQ(read(file).back(), 'y');
}

TEST_F(AtomicFile, FailuresAreValues) {
  EXPECT_EQ(writeFileAtomically(path("no/such/folder.yaml"), "x").code, ENOENT);
  EXPECT_EQ(writeFileAtomically(folder_.string(), "x").code, EISDIR);
  ASSERT_TRUE(writeFileAtomically(path("file"), "x"));
  EXPECT_EQ(writeFileAtomically(path("file/below.yaml"), "x").code, ENOTDIR);
  EXPECT_EQ(writeFileAtomically(path("file/below.yaml"), "x", {.createFolders = true}).code, ENOTDIR);
  EXPECT_EQ(writeFileAtomically("", "x").code, ENOENT);
  const auto result = writeFileAtomically(folder_.string(), "x");
  EXPECT_EQ(result.message, "cannot write `" + folder_.string() + "`: Is a directory");
  EXPECT_FALSE(result.changed);
}

TEST_F(AtomicFile, MakesFolders) {
  ASSERT_TRUE(writeFileAtomically(path("a/b/c.yaml"), "x", {.createFolders = true}));
  EXPECT_EQ(read(path("a/b/c.yaml")), "x");
}

TEST_F(AtomicFile, AFullDiskLeavesTheOldFile) {
  const auto file = path("kept.yaml");
  ASSERT_TRUE(writeFileAtomically(file, "old"));
  // A limit on the size of files stands in for the full disk.
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 1000;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto result = writeFileAtomically(file, std::string(5000, 'x'));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(result.code, EFBIG);
  EXPECT_EQ(read(file), "old");
  EXPECT_EQ(filesInFolder(), 1u);
}

TEST_F(AtomicFile, FullDevicesAndForbiddenFoldersAreErrors) {
  if (fs::exists("/dev/full")) {
    EXPECT_EQ(writeFileAtomically("/dev/full", "x").code, ENOSPC);
    EXPECT_TRUE(fs::is_character_file("/dev/full"));
  }
  if (::geteuid() != 0) {
    fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_EQ(writeFileAtomically(path("x"), "x").code, EACCES);
    fs::permissions(folder_, fs::perms::owner_all);
  }
}

TEST_F(AtomicFile, AClosedPipeIsAnError) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const auto handler = std::signal(SIGPIPE, SIG_IGN);
  ::close(ends[0]);
  const auto result = writeToDescriptor(ends[1], "x", "standard output");
  std::signal(SIGPIPE, handler);
  ::close(ends[1]);
  EXPECT_EQ(result.code, EPIPE);
  EXPECT_EQ(result.message, "cannot write `standard output`: Broken pipe");
}

}  // namespace
}  // namespace kdsl::emit
