#include "base/symbol.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

namespace kdsl::base {
namespace {

TEST(Symbol, IsTheSameForTheSameText) {
  const auto symbol = intern("some name");
  EXPECT_EQ(intern(std::string("some ") + "name"), symbol);
  EXPECT_EQ(findSymbol("some name"), symbol);
  EXPECT_EQ(text(symbol), "some name");
  EXPECT_EQ(intern(""), emptySymbol);
  EXPECT_EQ(findSymbol("a name that nobody interned"), emptySymbol);
}

/// More names than the first table holds, made by several threads at once in different orders.
TEST(Symbol, IsTheSameInAllThreads) {
  constexpr std::size_t threads = 4, names = 20'000;
  std::array<std::vector<Symbol>, threads> made;
  {
    std::vector<std::jthread> running;
    running.reserve(threads);
    for (std::size_t thread = 0; thread < threads; ++thread) {
      running.emplace_back([&, thread] {
        made[thread].resize(names);
        for (std::size_t i = 0; i < names; ++i) {
          const auto number = thread % 2 == 0 ? i : names - 1 - i;
          made[thread][number] = intern("shared " + std::to_string(number));
        }
      });
    }
  }
  for (std::size_t number = 0; number < names; ++number) {
    EXPECT_EQ(text(made[0][number]), "shared " + std::to_string(number));
    for (const auto& others : made) EXPECT_EQ(others[number], made[0][number]);
  }
}

}  // namespace
}  // namespace kdsl::base
