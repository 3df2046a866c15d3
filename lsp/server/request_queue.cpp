#include "lsp/server/request_queue.hpp"

namespace kdsl::lsp {

void RequestQueue::push(Message message) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return items_.size() < capacity || closed_; });
  if (closed_) return;
  items_.push_back({std::move(message), false});
  changed_.notify_all();
}

void RequestQueue::cancel(const Json& id) {
  if (id.is_null()) return;
  const std::lock_guard lock(mutex_);
  if (running_ == id) runningCancelled_ = true;
  for (auto& item : items_) {
    if (item.message.kind == MessageKind::Request && item.message.id == id) item.cancelled = true;
  }
}

void RequestQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

std::optional<RequestQueue::Item> RequestQueue::pop(std::optional<std::chrono::milliseconds> wait) {
  std::unique_lock lock(mutex_);
  running_ = nullptr;
  runningCancelled_ = false;
  const auto ready = [&] { return !items_.empty() || closed_; };
  if (wait) {
    changed_.wait_for(lock, *wait, ready);
  } else {
    changed_.wait(lock, ready);
  }
  if (items_.empty()) return std::nullopt;
  Item item = std::move(items_.front());
  items_.pop_front();
  if (item.message.kind == MessageKind::Request) running_ = item.message.id;
  changed_.notify_all();
  return item;
}

bool RequestQueue::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

bool RequestQueue::empty() const {
  const std::lock_guard lock(mutex_);
  return items_.empty();
}

}  // namespace kdsl::lsp
