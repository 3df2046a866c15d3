#include "driver/stopwatch.hpp"

#include <fmt/format.h>

#include <iterator>

namespace kdsl::driver {

void Stopwatch::lap(std::string_view phase) {
  const auto now = Clock::now();
  laps_.emplace_back(phase, now - last_);
  last_ = now;
}

std::string Stopwatch::text() const {
  std::string out;
  const auto line = [&](std::string_view name, Clock::duration time) {
    fmt::format_to(std::back_inserter(out), "{:<8}{:>10.2f} ms\n", name, std::chrono::duration<double, std::milli>(time).count());
  };
  for (const auto& [phase, time] : laps_) line(phase, time);
  line("total", last_ - begin_);
  return out;
}

}  // namespace kdsl::driver
