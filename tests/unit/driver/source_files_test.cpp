#include "driver/source_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace kdsl::driver {
namespace {

namespace fs = std::filesystem;

class SourceFilesTest : public ::testing::Test {
 protected:
  SourceFilesTest() {
    for (const auto* path : {"b.kdsl", "a.kdsl", "sub/c.kdsl", "sub/values.yaml", ".git/d.kdsl", "node_modules/e.kdsl"}) {
      fs::create_directories((folder / path).parent_path());
      std::ofstream(folder / path) << "x";
    }
    fs::create_directory_symlink(folder, folder / "sub" / "again");
  }
  ~SourceFilesTest() override { fs::remove_all(folder); }

  std::string at(const char* path) const { return (folder / path).string(); }

  const fs::path folder = fs::temp_directory_path() / ("kdsl_source_files_" + std::to_string(::getpid()));
};

TEST_F(SourceFilesTest, FoldersBecomeTheirFiles) {
  EXPECT_EQ(expandFolders({folder.string()}).paths, (std::vector<std::string>{at("a.kdsl"), at("b.kdsl"), at("sub/c.kdsl")}));
}

TEST_F(SourceFilesTest, FilesAreKeptAsGivenAndOnce) {
  const auto found = expandFolders({at("sub/values.yaml"), "-", at("b.kdsl"), folder.string(), at("missing.kdsl")});
  EXPECT_EQ(found.paths,
            (std::vector<std::string>{at("sub/values.yaml"), "-", at("b.kdsl"), at("a.kdsl"), at("sub/c.kdsl"), at("missing.kdsl")}));
  EXPECT_TRUE(found.problems.empty());
}

}  // namespace
}  // namespace kdsl::driver
