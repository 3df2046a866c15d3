#include "base/hash_index.hpp"

#include <gtest/gtest.h>

#include "base/hash.hpp"

namespace kdsl::base {
namespace {

TEST(HashIndex, FindsNothingWhereNothingIs) {
  const HashIndex index;
  EXPECT_FALSE(index.find(1, [](std::uint32_t) { return true; }));
}

TEST(HashIndex, FindsEachOfManyAsItGrows) {
  HashIndex index;
  constexpr std::uint32_t many = 10'000;
  for (std::uint32_t i = 0; i < many; ++i) {
    index.add(mix(i), i);
    ASSERT_EQ(index.find(mix(i / 2), [&](std::uint32_t at) { return at == i / 2; }), i / 2);
  }
  for (std::uint32_t i = 0; i < many; ++i) ASSERT_EQ(index.find(mix(i), [&](std::uint32_t at) { return at == i; }), i);
  EXPECT_FALSE(index.find(mix(many), [&](std::uint32_t at) { return at == many; }));
}

TEST(HashIndex, EqualHashesAreToldApart) {
  HashIndex index;
  for (std::uint32_t i = 0; i < 40; ++i) index.add(7, i);
  EXPECT_EQ(index.find(7, [](std::uint32_t at) { return at == 33; }), 33u);
  EXPECT_FALSE(index.find(8, [](std::uint32_t) { return true; }));
}

}  // namespace
}  // namespace kdsl::base
