// The standard library has no errors of its own, in any version of Kubernetes: what Options::Library::Reached relies on.
#include "query/library.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "hir/lower.hpp"
#include "hir/stored.hpp"
#include "query/session.hpp"
#include "sema/foreign_words.hpp"

namespace kdsl::query {
namespace {

/// Imports all modules but the one that every file sees.
std::string importsOfAll() {
  std::string text;
  int number = 0;
  for (const auto& module : libraryModules()) {
    if (module.path == "std/prelude.kdsl") continue;
    text += "import \"" + std::string(module.path.substr(0, module.path.size() - 5)) + "\" as m" + std::to_string(number++) + "\n";
  }
  return text;
}

Options optionsOf(Options::Library library) {
  Options options{"/nowhere", 0};
  options.library = library;
  return options;
}

TEST(Library, HasNoErrorsInAnyVersion) {
  for (const auto minor : Session::kubernetesMinors()) {
    Session session{Options{"/nowhere", minor}};
    const auto root = session.openText("<root>", importsOfAll());
    const auto result = session.build(root);
    EXPECT_TRUE(result.ok) << minor;
    for (const auto& found : result.diagnostics) EXPECT_EQ(found.primary.at.file, root) << minor << ": " << diag::message(found);
  }
}

TEST(Library, CarriesTheLoweredFormOfEachText) {
  for (const auto& module : libraryModules()) {
    const std::string text(module.text);
    const auto parsed = syntax::parse(source::FileId{0}, text);
    const auto restored = hir::restore(module.lowered, source::FileId{0});
    const auto lowered = hir::lower(source::FileId{0}, text, parsed);
    EXPECT_EQ(hir::dumpItems(*restored), hir::dumpItems(*lowered)) << module.path;
    EXPECT_EQ(hir::dumpHir(*restored), hir::dumpHir(*lowered)) << module.path;
  }
}

TEST(Library, HasWhatOtherWordsStandFor) {
  const auto declares = [](const LibraryModule& module, std::string_view name) {
    return module.text.find("\ncomponent " + std::string(name) + " ") != std::string::npos || module.text.find("\nschema " + std::string(name) + " ") != std::string::npos;
  };
  for (const auto& [word, name] : sema::libraryWords()) {
    EXPECT_EQ(sema::libraryNameFor(word), name);
    EXPECT_TRUE(std::ranges::any_of(libraryModules(), [&](const LibraryModule& module) { return declares(module, name); })) << word << " stands for " << name;
  }
  EXPECT_EQ(sema::libraryNameFor("ReDiS"), "Valkey");
  EXPECT_EQ(sema::libraryNameFor("Deployment"), "");
}

TEST(Library, HasTheParamsThatOtherWordsStandFor) {
  for (const auto& [word, param, advice] : sema::paramWords()) {
    EXPECT_EQ(sema::paramFor(word)->param, param);
    const auto declared = "  param " + std::string(param) + ":";
    EXPECT_TRUE(std::ranges::any_of(libraryModules(), [&](const LibraryModule& module) { return module.text.find(declared) != std::string::npos; })) << word << " stands for " << param;
  }
  EXPECT_EQ(sema::paramFor("livenessPROBE")->param, "live");
  EXPECT_EQ(sema::paramFor("image"), nullptr);
}

TEST(Library, IsCheckedAsFarAsItIsReached) {
  constexpr auto* text = R"(import { WebService } from "std/app"
resource web = WebService { name: "web", image: "acme/web:1.4.2", ready: { http: "/ready" } }
)";
  const auto build = [&](Options::Library library, std::uint64_t& checked) {
    Session session{optionsOf(library)};
    std::string objects;
    for (const auto& object : session.build(session.openText("<root>", text)).objects) objects += object.text;
    checked = session.counters().filesChecked;
    return objects;
  };
  std::uint64_t whole = 0, reached = 0;
  EXPECT_EQ(build(Options::Library::Whole, whole), build(Options::Library::Reached, reached));
  EXPECT_GT(whole, 1u);
  EXPECT_EQ(reached, 1u);  // of files that are checked whole: the user's
}

/// `settles` is a check of std/scale, which std/app imports.
TEST(Library, AWaiverMayNameACheckOfAModuleThatTheLibraryImports) {
  constexpr auto* text = R"(import { WebService } from "std/app"
resource web = WebService {
  name: "web", image: "acme/web:1.4.2", ready: { http: "/ready" }
  waive settles because "its load changes slowly"
}
)";
  for (const auto library : {Options::Library::Whole, Options::Library::Reached}) {
    Session session{optionsOf(library)};
    EXPECT_TRUE(session.build(session.openText("<root>", text)).ok);
  }
}

}  // namespace
}  // namespace kdsl::query
