#pragma once
#include <cstddef>
#include <functional>

namespace kdsl::driver {

/// How many workers serve `count` items, at most `wanted` (0: one for each processor).
std::size_t workersFor(std::size_t count, unsigned wanted);

/// Calls `work(item, worker)` for each item below `count`, in order, spread over workers; returns when all are done. With one worker
/// everything runs on the calling thread. The threads have stacks for evaluation: questions to a session need no other one. `work` must not throw.
void runInParallel(std::size_t count, std::size_t workers, const std::function<void(std::size_t item, std::size_t worker)>& work);

}  // namespace kdsl::driver
