// Runs every language case through the compiler; each file is one GoogleTest.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "case.hpp"
#include "codec/read.hpp"
#include "edit_script.hpp"
#include "edits.hpp"
#include "marks.hpp"
#include "query/ide/assistant.hpp"
#include "query/session.hpp"

namespace kdsl::cases {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string joined(const query::BuildResult& result) {
  std::string out;
  for (const auto& object : result.objects) {
    if (!out.empty()) out += "---\n";
    out += object.text;
  }
  return out;
}

/// Enough for every case that ends well; cases of limits end soon.
constexpr eval::Limits limits{.steps = 2'000'000, .memoryBytes = std::size_t{64} << 20, .outputBytes = std::size_t{4} << 20};

query::BuildOptions optionsOf(std::string_view text) {
  query::BuildOptions options;
  options.order = query::Order::Source;
  options.parameters = parametersOf(text);
  options.limits = limits;
  return options;
}

class LanguageCase : public testing::Test {
 public:
  explicit LanguageCase(fs::path path) : path_(std::move(path)) {}

  void TestBody() override {
    query::Session session{query::Options{KDSL_CASES_FOLDER, 36}};
    std::vector<diag::Diagnostic> diagnostics;
    const auto file = session.open(path_.string(), diagnostics);
    ASSERT_TRUE(base::valid(file));
    const auto text = session.files()[file].text;
    const auto result = session.build(file, optionsOf(text));
    EXPECT_EQ(compare(session.files(), file, result.diagnostics, expectationsOf(text)), "");
    EXPECT_EQ(compareMarks(session, file, marksOf(text), result.diagnostics), "");
    expectFixesHelp(session, file, optionsOf(text), result.diagnostics);
    const auto output = joined(result);
    compareOutput(output);
    EXPECT_TRUE(codec::readYaml(output).ok());
    expectSameOfReached(text, output);
    expectStable(session, file, output);
  }

 private:
  /// Each fix takes away what it is for.
  static void expectFixesHelp(query::Session& session, source::FileId file, const query::BuildOptions& options, const std::vector<diag::Diagnostic>& found) {
    query::Assistant assistant(session);
    for (const auto& diagnostic : found) {
      const auto isSame = [&](const diag::Diagnostic& other) { return other.code == diagnostic.code; };
      auto all = diagnostic.fixes;
      if (auto waiver = assistant.waiver(file, diagnostic)) all.push_back(std::move(*waiver));
      for (const auto& fix : all) {
        Edits edits(session);
        for (const auto& edit : fix.edits) edits.add(edit.at, edit.text);
        edits.apply();
        const auto left = session.build(file, options).diagnostics;
        edits.undo();
        EXPECT_LT(std::ranges::count_if(left, isSame), std::ranges::count_if(found, isSame)) << diag::codeText(diagnostic) << " " << diag::message(diagnostic) << ": " << fix.title;
      }
    }
  }

  void compareOutput(const std::string& output) const {
    auto golden = path_;
    golden.replace_extension(".yaml");
    if (!fs::exists(golden)) return;
    if (std::getenv("KDSL_UPDATE") != nullptr) {
      std::ofstream(golden, std::ios::binary) << output;
      return;
    }
    EXPECT_EQ(output, read(golden));
  }

  /// How much of the standard library is checked changes nothing.
  void expectSameOfReached(const std::string& text, const std::string& output) const {
    query::Options options{KDSL_CASES_FOLDER, 36};
    options.library = query::Options::Library::Reached;
    query::Session session{options};
    std::vector<diag::Diagnostic> diagnostics;
    const auto file = session.open(path_.string(), diagnostics);
    const auto result = session.build(file, optionsOf(text));
    EXPECT_EQ(compare(session.files(), file, result.diagnostics, expectationsOf(text)), "");
    EXPECT_EQ(joined(result), output);
  }

  /// Formatting changes nothing that matters, and a second time nothing at all; a build is the same in a session that has seen edits.
  void expectStable(query::Session& session, source::FileId file, const std::string& output) const {
    const auto formatted = session.format(file);
    if (!formatted) return;
    session.setText(file, *formatted);
    EXPECT_EQ(session.format(file).value_or("syntax errors after formatting"), *formatted);
    EXPECT_EQ(joined(session.build(file, optionsOf(*formatted))), output);
  }

  fs::path path_;
};

/// A script of edits, in a folder of its own.
class EditScript : public testing::Test {
 public:
  explicit EditScript(fs::path path) : path_(std::move(path)) {}

  void TestBody() override {
    const auto folder = fs::path(testing::TempDir()) / ("kdsl-edits-" + path_.stem().string());
    fs::remove_all(folder);
    fs::create_directories(folder / ".git");  // the root of what is imported
    const auto steps = scriptOf(read(path_));
    EXPECT_FALSE(steps.empty());
    EXPECT_EQ(runScript(steps, folder.string()), "");
    fs::remove_all(folder);
  }

 private:
  fs::path path_;
};

void registerCases() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(KDSL_CASES_FOLDER)) {
    if (entry.path().extension() == ".edits") {
      const auto path = entry.path();
      testing::RegisterTest("edits", path.stem().string().c_str(), nullptr, nullptr, path.string().c_str(), 1, [path]() -> EditScript* { return new EditScript(path); });
    }
    if (entry.path().extension() == ".kdsl" && entry.path().parent_path().filename() != "lib") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    const auto area = path.parent_path().filename().string();
    testing::RegisterTest(area.c_str(), path.stem().string().c_str(), nullptr, nullptr, path.string().c_str(), 1, [path]() -> LanguageCase* { return new LanguageCase(path); });
  }
}

}  // namespace
}  // namespace kdsl::cases

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  kdsl::cases::registerCases();
  return RUN_ALL_TESTS();
}
