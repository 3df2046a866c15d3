#include "driver/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace kdsl::driver {
namespace {

TEST(Parallel, AsManyWorkersAsThereIsWork) {
  EXPECT_EQ(workersFor(0, 4), 1u);
  EXPECT_EQ(workersFor(1, 0), 1u);
  EXPECT_EQ(workersFor(9, 4), 4u);
  EXPECT_EQ(workersFor(3, 4), 3u);
}

TEST(Parallel, EachItemOnce) {
  std::vector<std::atomic<int>> calls(1000);
  std::atomic<bool> knownWorkers{true};
  runInParallel(calls.size(), 4, [&](std::size_t item, std::size_t worker) {
    ++calls[item];
    if (worker >= 4) knownWorkers = false;
  });
  EXPECT_TRUE(std::all_of(calls.begin(), calls.end(), [](const auto& count) { return count == 1; }));
  EXPECT_TRUE(knownWorkers);
}

TEST(Parallel, OneWorkerIsTheCaller) {
  std::vector<std::size_t> items;
  runInParallel(3, 1, [&, caller = std::this_thread::get_id()](std::size_t item, std::size_t) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    items.push_back(item);
  });
  EXPECT_EQ(items, (std::vector<std::size_t>{0, 1, 2}));
}

}  // namespace
}  // namespace kdsl::driver
