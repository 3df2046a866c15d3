// The table of built-ins: every signature can be read, every name can be found.
#include "types/builtins.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace kdsl::types {
namespace {

TEST(Builtins, EverySignatureIsOne) {
  TypeTable table;
  for (const auto& info : builtins()) {
    bool ok = true;
    parseSignature(table, info.receiver, info.signature, ok);
    EXPECT_TRUE(ok) << info.name << info.signature;
    EXPECT_FALSE(info.doc.empty()) << info.name;
  }
}

TEST(Builtins, AreFoundByReceiverAndName) {
  for (const auto& info : builtins()) {
    const auto found = findBuiltin(info.receiver, info.name);
    EXPECT_NE(std::find(found.begin(), found.end(), info.id), found.end()) << info.name;
  }
  EXPECT_TRUE(findBuiltin(Receiver::String, "nope").empty());
  EXPECT_TRUE(findBuiltin(Receiver::Function, "").empty());
}

TEST(Builtins, SignaturesHaveTheirParts) {
  TypeTable table;
  bool ok = true;
  const auto join = parseSignature(table, Receiver::List, "(self: [string], separator: string = \", (\"): string", ok);
  ASSERT_TRUE(ok);
  EXPECT_EQ(table.print(join.receiver), "[string]");
  ASSERT_EQ(join.parameters.size(), 1u);
  EXPECT_TRUE(join.parameters[0].optional);
  const auto fold = parseSignature(table, Receiver::Map, "(f: (K, V) => U?, ...rest: {[K]: [V] set}): { a: U, b: \"x\" | int }", ok);
  ASSERT_TRUE(ok);
  EXPECT_EQ(table.print(fold.parameters[0].type), "(K, V) => U?");
  EXPECT_TRUE(fold.parameters[1].variadic);
  EXPECT_EQ(table.print(fold.parameters[1].type), "{[K]: [V] set}");
  EXPECT_EQ(table.print(fold.result), "{ a: U, b: \"x\" | int }");
  const auto all = parseSignature(table, Receiver::Function, "(type T, within: any = build): [T]", ok);
  ASSERT_TRUE(ok);
  EXPECT_TRUE(all.parameters[0].isType);
  EXPECT_EQ(table.print(all.result), "[T]");
}

TEST(Builtins, BadSignaturesAreRefused) {
  TypeTable table;
  for (const auto* text : {"", "(", "(a): int", "(a: int)", "(a: nope): int", "(a: int): int extra", "(a: [int): int", "(a: {[int: b}): int"}) {
    bool ok = true;
    parseSignature(table, Receiver::Function, text, ok);
    EXPECT_FALSE(ok) << text;
  }
}

}  // namespace
}  // namespace kdsl::types
