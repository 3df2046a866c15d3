#include "lsp/server/request_queue.hpp"

#include <algorithm>

namespace kdsl::lsp {

void RequestQueue::push(Message message) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return items_.size() < capacity || closed_; });
  if (closed_) return;
  items_.push_back({std::move(message), false});
  if (onItsOwn_) cancelled_ = true;
  changed_.notify_all();
}

void RequestQueue::cancel(const Json& id) {
  if (id.is_null()) return;
  const std::lock_guard lock(mutex_);
  if (running_ == id) cancelled_ = true;
  for (auto& item : items_) {
    if (item.message.kind == MessageKind::Request && item.message.id == id) item.cancelled = true;
  }
  unpark(id, /*isCancelled=*/true);
}

void RequestQueue::park(const Message& request) {
  const std::lock_guard lock(mutex_);
  if (running_ != request.id) return;
  running_ = nullptr;
  parked_.push_back(request);
}

bool RequestQueue::resume(const Json& id) {
  const std::lock_guard lock(mutex_);
  return unpark(id, /*isCancelled=*/false);
}

bool RequestQueue::unpark(const Json& id, bool isCancelled) {
  const auto found = std::find_if(parked_.begin(), parked_.end(), [&](const Message& request) { return request.id == id; });
  if (found == parked_.end()) return false;
  items_.push_front({std::move(*found), isCancelled});
  parked_.erase(found);
  if (onItsOwn_) cancelled_ = true;
  changed_.notify_all();
  return true;
}

void RequestQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  if (onItsOwn_) cancelled_ = true;
  changed_.notify_all();
}

std::optional<Message> RequestQueue::pop(std::optional<std::chrono::milliseconds> wait) {
  std::unique_lock lock(mutex_);
  running_ = nullptr;
  cancelled_ = false;
  onItsOwn_ = false;
  const auto ready = [&] { return !items_.empty() || closed_; };
  if (wait) {
    changed_.wait_for(lock, *wait, ready);
  } else {
    changed_.wait(lock, ready);
  }
  if (items_.empty()) {
    onItsOwn_ = true;
    return std::nullopt;
  }
  Item item = std::move(items_.front());
  items_.pop_front();
  if (item.message.kind == MessageKind::Request) running_ = item.message.id;
  cancelled_ = item.cancelled;
  changed_.notify_all();
  return std::move(item.message);
}

bool RequestQueue::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

}  // namespace kdsl::lsp
