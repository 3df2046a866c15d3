#include "base/arena.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace kdsl::base {
namespace {

TEST(Arena, GivesAlignedMemoryOfItsOwn) {
  Arena arena;
  auto* first = arena.make<char>('a');
  auto* number = arena.make<std::uint64_t>(7u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(number) % alignof(std::uint64_t), 0u);
  const auto text = arena.copy(std::string_view("abc"));
  EXPECT_EQ(*first, 'a');
  EXPECT_EQ(*number, 7u);
  EXPECT_EQ(text, "abc");
}

TEST(Arena, TakesWhatIsLargerThanABlock) {
  Arena arena;
  for (const std::size_t count : {std::size_t{100}, std::size_t{1} << 20, std::size_t{3} << 20}) {
    const auto bytes = arena.makeArray<unsigned char>(count);
    ASSERT_EQ(bytes.size(), count);
    bytes.front() = bytes.back() = 1;
  }
  EXPECT_GE(arena.bytes(), std::size_t{4} << 20);
}

TEST(Arena, ExtendsOnlyWhatIsLast) {
  Arena arena;
  auto* first = arena.make<std::uint64_t>(1u);
  EXPECT_TRUE(arena.extend(first + 1, sizeof(std::uint64_t)));
  auto* second = arena.make<std::uint64_t>(2u);
  EXPECT_EQ(second, first + 2);
  EXPECT_FALSE(arena.extend(first + 1, sizeof(std::uint64_t)));
  EXPECT_FALSE(arena.extend(second + 1, std::size_t{1} << 30)) << "beyond its block";
}

TEST(ArenaVector, GrowsWhereItIsWhileNothingElseIsAllocated) {
  Arena arena;
  ArenaVector<int> list;
  list.push(arena, 1);
  const auto* where = list.begin();
  for (int i = 2; i <= 100; ++i) list.push(arena, i);
  EXPECT_EQ(list.begin(), where);
}

TEST(ArenaVector, KeepsItsElementsWhenItMoves) {
  Arena arena;
  ArenaVector<int> list;
  for (int i = 0; i < 100; ++i) {
    list.push(arena, i);
    (void)arena.make<int>(-i);
  }
  list.insert(arena, 0, -1);
  list.erase(1);
  ASSERT_EQ(list.size(), 100u);
  EXPECT_EQ(list[0], -1);
  for (int i = 1; i < 100; ++i) EXPECT_EQ(list[static_cast<std::size_t>(i)], i);
}

}  // namespace
}  // namespace kdsl::base
