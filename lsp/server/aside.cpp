#include "lsp/server/aside.hpp"

namespace kdsl::lsp {

Aside::~Aside() {
  {
    const std::lock_guard lock(mutex_);
    isEnding_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Aside::run(std::function<void()> work) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(work));
  if (!thread_.joinable()) thread_ = std::thread([this] { serve(); });
  changed_.notify_all();
}

void Aside::serve() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return isEnding_ || !waiting_.empty(); });
    if (isEnding_) return;
    const auto work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work();
    lock.lock();
  }
}

}  // namespace kdsl::lsp
