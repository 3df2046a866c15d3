// What a build reads stays inside the root, also through links.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "query/session.hpp"

namespace kdsl::query {
namespace {

namespace fs = std::filesystem;

class RootTest : public testing::Test {
 protected:
  RootTest() : folder_(fs::temp_directory_path() / ("kdsl-root-" + std::to_string(::getpid()))) {
    write("outside.kdsl", "let secret = 1\n");
    write("root/inside.kdsl", "let secret = 1\n");
    write("root/files/a.txt", "a");
    fs::create_symlink("../outside.kdsl", folder_ / "root/link.kdsl");
    fs::create_symlink("inside.kdsl", folder_ / "root/own.kdsl");
  }
  ~RootTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  /// The codes of what a root with this text is told, as numbers.
  std::vector<int> codesOf(std::string_view text) {
    write("root/main.kdsl", text);
    Session session{Options{(folder_ / "root").string(), 0}};
    std::vector<diag::Diagnostic> diagnostics;
    const auto file = session.open((folder_ / "root/main.kdsl").string(), diagnostics);
    std::vector<int> codes;
    for (const auto& diagnostic : session.check(file)) codes.push_back(static_cast<int>(diagnostic.code));
    return codes;
  }

  fs::path folder_;
};

using Codes = std::vector<int>;

TEST_F(RootTest, AnImportThroughALinkOutOfIt) {
  EXPECT_EQ(codesOf("import \"./link\" as link\ncheck link.secret == 1\n"), Codes{1007});
  EXPECT_EQ(codesOf("import \"./link.kdsl\" as link\ncheck link.secret == 1\n"), Codes{1007});
  EXPECT_EQ(codesOf("import \"../outside\" as link\ncheck link.secret == 1\n"), Codes{1007});
}

TEST_F(RootTest, AnImportThroughALinkInsideIt) { EXPECT_EQ(codesOf("import \"./own\" as own\ncheck own.secret == 1\n"), Codes{}); }

TEST_F(RootTest, AFolderOfFilesWithALinkOutOfIt) {
  EXPECT_EQ(codesOf("check embedDir(\"./files/*.txt\").len() == 1\n"), Codes{});
  fs::create_symlink("../../outside.kdsl", folder_ / "root/files/b.txt");
  EXPECT_EQ(codesOf("check embedDir(\"./files/*.txt\").len() == 1\n"), Codes{1007});
  EXPECT_EQ(codesOf("check embed(\"./files/b.txt\") == \"\"\n"), Codes{1007});
}

}  // namespace
}  // namespace kdsl::query
