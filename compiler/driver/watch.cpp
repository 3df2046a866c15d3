#include "driver/watch.hpp"

#include <chrono>
#include <filesystem>
#include <thread>

namespace kdsl::driver {
namespace {

using Time = std::filesystem::file_time_type;

std::vector<Time> timesOf(const std::vector<std::string>& paths) {
  std::vector<Time> times;
  for (const auto& path : paths) {
    std::error_code error;
    const auto time = std::filesystem::last_write_time(path, error);
    times.push_back(error ? Time::min() : time);
  }
  return times;
}

}  // namespace

void waitForChange(const std::vector<std::string>& paths) {
  const auto before = timesOf(paths);
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
  } while (timesOf(paths) == before);
}

}  // namespace kdsl::driver
