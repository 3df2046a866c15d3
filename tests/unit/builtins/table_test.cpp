// The table against its implementations, the signature parser and the reference for users.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "eval/builtins/tables.hpp"
#include "types/builtins.hpp"

namespace kdsl::eval {
namespace {

using types::Builtin;

/// The functions that evaluation implements itself.
const std::set<Builtin> kSpecial = {
#define KD_FUNCTION(id, name, signature, doc)
#define KD_METHOD(receiver, id, name, signature, doc)
#define KD_SPECIAL(id, name, signature, doc) Builtin::id,
#include "types/builtins.def"
#undef KD_FUNCTION
#undef KD_METHOD
};

TEST(BuiltinTable, EachIsImplementedOnce) {
  std::map<Builtin, int> implementations;
  for (const auto& table : builtins::allImplementations()) {
    for (const auto& entry : table) {
      ++implementations[entry.id];
      EXPECT_NE(entry.function, nullptr);
    }
  }
  for (const auto& info : types::builtins()) {
    EXPECT_EQ(implementations[info.id], kSpecial.contains(info.id) ? 0 : 1) << info.name << info.signature;
    EXPECT_EQ(implementation(info.id) == nullptr, kSpecial.contains(info.id)) << info.name;
  }
}

TEST(BuiltinTable, SignaturesParse) {
  types::TypeTable table;
  for (const auto& info : types::builtins()) {
    bool ok = false;
    types::parseSignature(table, info.receiver, info.signature, ok);
    EXPECT_TRUE(ok) << info.name << info.signature;
  }
}

TEST(BuiltinTable, OverloadsAreFound) {
  EXPECT_EQ(types::findBuiltin(types::Receiver::List, "sum").size(), 4u);
  EXPECT_EQ(types::findBuiltin(types::Receiver::Function, "range").size(), 2u);
  ASSERT_EQ(types::findBuiltin(types::Receiver::String, "upper").size(), 1u);
  EXPECT_EQ(types::findBuiltin(types::Receiver::String, "upper")[0], Builtin::string_upper);
  EXPECT_TRUE(types::findBuiltin(types::Receiver::Int, "upper").empty());
}

/// Headings `### \`name(…): T\`` of the reference with the sentence below, in order.
std::vector<std::pair<std::string, std::string>> documented() {
  std::ifstream file(KDSL_SOURCE_DIR "/docs/language/builtins.md");
  std::vector<std::pair<std::string, std::string>> found;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("### `")) continue;
    const std::string heading = line.substr(5, line.size() - 6);
    std::getline(file, line);
    std::getline(file, line);
    found.emplace_back(heading, line);
  }
  return found;
}

TEST(BuiltinTable, ReferenceSaysTheSame) {
  const auto pages = documented();
  const auto table = types::builtins();
  for (std::size_t i = 0; i < std::max(pages.size(), table.size()); ++i) {
    ASSERT_LT(i, pages.size()) << "docs/language/builtins.md lacks " << table[i].name;
    ASSERT_LT(i, table.size()) << "docs/language/builtins.md has too much: " << pages[i].first;
    EXPECT_EQ(pages[i].first, std::string(table[i].name) + std::string(table[i].signature));
    EXPECT_EQ(pages[i].second, table[i].doc) << table[i].name;
  }
}

}  // namespace
}  // namespace kdsl::eval
