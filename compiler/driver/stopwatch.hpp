#pragma once
// Phase timings for --time.
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kdsl::driver {

class Stopwatch {
 public:
  /// Ends a phase, which began where the last one ended.
  void lap(std::string_view phase);
  /// One line a phase, then their sum.
  std::string text() const;

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_ = begin_;
  std::vector<std::pair<std::string_view, Clock::duration>> laps_;
};

}  // namespace kdsl::driver
