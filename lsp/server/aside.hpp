#pragma once
// Work that no message has to wait for.
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace kdsl::lsp {

/// One thread, started when first needed, that does pieces of work in the order in which they were given. Its end waits for the piece that is being
/// done; those that wait are dropped.
class Aside {
 public:
  Aside() = default;
  ~Aside();
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  void run(std::function<void()> work);

 private:
  void serve();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool isEnding_ = false;
  std::thread thread_;
};

}  // namespace kdsl::lsp
