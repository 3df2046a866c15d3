// The library as a C++ program sees it: kdsl/kdsl.hpp alone.
#include "kdsl/kdsl.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

namespace fs = std::filesystem;

/// A folder that goes with the test.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("kdsl-api-" + std::to_string(::getpid()) + "-" + ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

constexpr auto settings = "param mode: string = \"slow\"\nresource settings = ConfigMap {\n  metadata.name: \"settings\"\n  data: { mode }\n}\n";

/// Takes hours.
constexpr auto endless =
    "let ids = range(10000)\nlet all = [for (a in ids) for (b in ids) for (c in ids) if (a + b + c < 0) a].len()\n"
    "resource m = ConfigMap { metadata.name: \"m\", data: { n: \"${all}\" } }\n";

std::vector<std::string> codesOf(const kdsl::Result& result) {
  std::vector<std::string> codes;
  for (const auto& found : result.diagnostics()) codes.emplace_back(found.code);
  return codes;
}

TEST(Api, BuildsAFileWithParams) {
  const Folder folder;
  const auto file = folder.write("settings.kdsl", settings);
  auto session = kdsl::Session::create();
  ASSERT_TRUE(session);
  const auto result = session->build(file, {{"mode", "fast"}});
  ASSERT_TRUE(result.ok()) << result.report();
  const auto objects = result.objects();
  ASSERT_EQ(objects.size(), 1u);
  EXPECT_EQ(objects[0].apiVersion, "v1");
  EXPECT_EQ(objects[0].kind, "ConfigMap");
  EXPECT_EQ(objects[0].name, "settings");
  EXPECT_EQ(objects[0].namespaceName, "");
  EXPECT_NE(result.yaml().find("mode: fast"), std::string::npos) << result.yaml();
}

TEST(Api, TellsWhereAMistakeIs) {
  auto session = kdsl::Session::create();
  session->setText("/memory/a.kdsl", "let café = 1\nresource m = ConfigMap { metadata.name: \"m\", dta: {} }\n");
  const auto result = session->check("/memory/a.kdsl");
  EXPECT_FALSE(result);
  const auto found = result.diagnostics();
  ASSERT_EQ(found.size(), 2u) << result.report();
  EXPECT_EQ(found[1].severity, kdsl::Severity::Error);
  EXPECT_EQ(found[1].code, "KD4107");
  EXPECT_EQ(found[1].path, "/memory/a.kdsl");
  EXPECT_EQ(found[1].begin.line, 2u);
  EXPECT_EQ(found[1].begin.column, 46u);
  EXPECT_EQ(found[1].end.column, 49u);
  EXPECT_NE(found[1].label.find("data"), std::string::npos);
  EXPECT_NE(result.report().find("error[KD4107]"), std::string::npos);
  EXPECT_NE(result.reportJson().find("\"KD4107\""), std::string::npos);
}

TEST(Api, SeesEditsOfWhatAFileImports) {
  auto session = kdsl::Session::create();
  session->setText("/memory/names.kdsl", "let name = \"one\"\n");
  session->setText("/memory/a.kdsl", "import \"./names\"\nresource m = ConfigMap { metadata.name: names.name }\n");
  EXPECT_EQ(session->build("/memory/a.kdsl").objects().at(0).name, "one");
  session->setText("/memory/names.kdsl", "let name = \"two\"\n");
  EXPECT_EQ(session->build("/memory/a.kdsl").objects().at(0).name, "two");
}

TEST(Api, ReadsTheDiskAgainWhenTold) {
  const Folder folder;
  const auto file = folder.write("settings.kdsl", settings);
  auto session = kdsl::Session::create();
  session->setText(file, "resource m = ConfigMap { metadata.name: \"held\" }\n");
  EXPECT_EQ(session->build(file).objects().at(0).name, "held");
  session->reload(file);
  EXPECT_EQ(session->build(file).objects().at(0).name, "settings");
  folder.write("settings.kdsl", "resource m = ConfigMap { metadata.name: \"changed\" }\n");
  session->reload(file);
  EXPECT_EQ(session->build(file).objects().at(0).name, "changed");
}

TEST(Api, AResultOutlivesItsSession) {
  auto session = kdsl::Session::create();
  session->setText("/memory/a.kdsl", settings);
  const auto result = session->build("/memory/a.kdsl");
  session.reset();
  EXPECT_EQ(result.objects().at(0).name, "settings");
}

TEST(Api, BuildsATargetOfAProject) {
  const Folder folder;
  folder.write("settings.kdsl", settings);
  folder.write("project.kdsl", "name: \"shop\"\ntargets: {\n  prod: { file: \"./settings\", namespace: \"shop\", params: { mode: \"fast\" }, kubernetes: \"1.34\" }\n}\n");
  auto session = kdsl::Session::create();
  const auto built = session->buildTarget(folder.path(), "prod");
  ASSERT_TRUE(built.ok()) << built.report();
  EXPECT_EQ(built.objects().at(0).namespaceName, "shop");
  EXPECT_NE(built.yaml().find("mode: fast"), std::string::npos);

  const auto unknown = session->buildTarget(folder.path(), "prd");
  EXPECT_FALSE(unknown.ok());
  EXPECT_EQ(codesOf(unknown), std::vector<std::string>{"KD8016"});
  EXPECT_NE(unknown.report().find("did you mean `prod`?"), std::string::npos) << unknown.report();

  EXPECT_FALSE(session->buildTarget(folder.path() + "/nowhere", "prod").ok());
}

TEST(Api, AMissingFileIsADiagnostic) {
  auto session = kdsl::Session::create();
  const auto result = session->build("/nowhere/at/all.kdsl");
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.diagnostics().size(), 1u);
  EXPECT_EQ(result.diagnostics()[0].begin.line, 0u);
}

TEST(Api, UnknownVersionsOfKubernetesAreRefused) {
  EXPECT_FALSE(kdsl::Session::create({}, 3));
  EXPECT_TRUE(kdsl::Session::create({}, 34));
}

TEST(Api, LimitsEndWhatRunsAway) {
  auto session = kdsl::Session::create();
  session->setText("/memory/a.kdsl", endless);
  session->setLimits(100'000, 0);
  const auto result = session->build("/memory/a.kdsl");
  EXPECT_EQ(codesOf(result), std::vector<std::string>{"KD9101"}) << result.report();
}

TEST(Api, AnotherThreadStopsWhatRuns) {
  auto session = kdsl::Session::create();
  session->setText("/memory/a.kdsl", endless);
  session->setLimits(~std::uint64_t{0}, 0);
  std::atomic<bool> done = false;
  std::thread stopper([&] {
    while (!done) {
      session->stop();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  const auto built = session->build("/memory/a.kdsl");
  const auto checked = session->check("/memory/a.kdsl");
  done = true;
  stopper.join();
  for (const auto* result : {&built, &checked}) {
    EXPECT_TRUE(result->stopped());
    EXPECT_FALSE(result->ok());
  }
}

TEST(Api, FormatsText) {
  EXPECT_EQ(kdsl::format("let   a=1"), "let a = 1\n");
  EXPECT_FALSE(kdsl::format("let = ="));
}

TEST(Api, ANullResultIsEmpty) {
  EXPECT_EQ(kdsl_result_ok(nullptr), 0);
  EXPECT_EQ(kdsl_result_object_count(nullptr), 0u);
  EXPECT_EQ(kdsl_result_diagnostic(nullptr, 3).path.size, 0u);
  kdsl_result_destroy(nullptr);
  kdsl_session_destroy(nullptr);
  kdsl_string_destroy(nullptr);
}

}  // namespace
