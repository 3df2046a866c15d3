// A stored module says what the module said: its dumps are equal, with the texts behind its symbols.
#include "hir/stored.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <filesystem>

#include "hir/lower.hpp"
#include "source/loader.hpp"

namespace kdsl::hir {
namespace {

ModulePtr lowered(FileId file, const std::string& text) { return lower(file, text, syntax::parse(file, text)); }

/// Stored forms live as long as the process: restored modules have views into them.
const std::string& kept(std::string bytes) {
  static std::deque<std::string> all;
  return all.emplace_back(std::move(bytes));
}

std::string dump(const Module& module) { return dumpItems(module) + dumpHir(module); }

TEST(Stored, RestoresEveryModuleOfTheLibraryAndEveryExample) {
  int modules = 0;
  for (const auto* folder : {"/stdlib", "/examples", "/tests/cases"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(KDSL_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".kdsl") continue;
      const auto loaded = source::loadFile(entry.path().string());
      if (loaded.error != source::LoadError::None) continue;  // a case about bytes that are no text
      const auto module = lowered(FileId{7}, loaded.text);
      const auto& bytes = kept(store(*module));
      const auto restored = restore(bytes, FileId{7});
      EXPECT_EQ(dump(*restored), dump(*module)) << entry.path();
      EXPECT_EQ(store(*restored), bytes) << entry.path();
      EXPECT_EQ(restored->file, FileId{7});
      ++modules;
    }
  }
  EXPECT_GT(modules, 300);
}

TEST(Stored, NumbersTextsByTheModuleNotByTheProcess) {
  const std::string text = "let b = \"two\"\nlet a = \"one\"\n";
  const auto first = store(*lowered(FileId{0}, text));
  base::intern("a text that moves the numbers of those after it");
  EXPECT_EQ(store(*lowered(FileId{3}, text)), first);
}

}  // namespace
}  // namespace kdsl::hir
