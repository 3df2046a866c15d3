#include "driver/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "query/session.hpp"

namespace kdsl::driver {

std::size_t workersFor(std::size_t count, unsigned wanted) {
  const std::size_t most = wanted != 0 ? wanted : std::max(1u, std::thread::hardware_concurrency());
  return std::max<std::size_t>(1, std::min(count, most));
}

void runInParallel(std::size_t count, std::size_t workers, const std::function<void(std::size_t item, std::size_t worker)>& work) {
  std::atomic<std::size_t> next{0};
  const auto serve = [&](std::size_t worker) {
    for (auto item = next.fetch_add(1); item < count; item = next.fetch_add(1)) work(item, worker);
  };
  std::vector<std::jthread> threads;
  for (std::size_t worker = 1; worker < workers; ++worker) threads.emplace_back([&serve, worker] { query::onLargeStack([&] { serve(worker); }); });
  serve(0);
}

}  // namespace kdsl::driver
