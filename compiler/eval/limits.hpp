#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace kdsl::eval {

/// Budgets of one evaluation. Each that runs out is an error of its own (KD91xx) that names the value that was being computed.
struct Limits {
  std::uint64_t steps = 100'000'000;            // places forced, entries run, elements made
  std::uint32_t depth = 3'000;                  // values being computed, one inside the other
  std::size_t memoryBytes = std::size_t{1} << 30;
  std::size_t outputBytes = std::size_t{512} << 20;
  /// Set by another thread: the evaluation ends soon, without a message; its result means nothing. Must outlive it.
  const std::atomic<bool>* stop = nullptr;
};

/// Stack that a thread needs to use all of Limits::depth.
inline constexpr std::size_t evaluationStackBytes = std::size_t{512} << 20;

}  // namespace kdsl::eval
