#pragma once
// Between the thread that reads messages and the one that handles them.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

#include "lsp/protocol/message.hpp"

namespace kdsl::lsp {

/// A first-in first-out queue of messages with the cancellation of requests. The order of the client is kept: edits and requests see each
/// other as they were sent. All functions may be called from any thread.
class RequestQueue {
 public:
  /// Adds a message; waits while the queue is full, so that a flood stays in the pipe. Nothing happens once it is closed.
  void push(Message message);
  /// Marks the request of that id, waiting or running, as cancelled. Unknown ids mean nothing: the request was answered already.
  void cancel(const Json& id);
  /// The request that was handed out last waits for something: it is not running any more, and is handed out again after resume(), or when it is
  /// cancelled.
  void park(const Message& request);
  /// What the request of that id waited for is there. False, and nothing happens, if it was cancelled meanwhile.
  bool resume(const Json& id);
  /// No more messages will come; those that wait are still handed out.
  void close();

  /// The next message, or none when the time is over or the queue is closed and empty. The previous item counts as done. Without a message the
  /// caller works on its own until the next call, and is asked to stop when one comes.
  std::optional<Message> pop(std::optional<std::chrono::milliseconds> wait);
  bool closed() const;

  /// True while the request that was handed out last is cancelled, or while messages wait for a caller that works on its own; polled by long
  /// work.
  const std::atomic<bool>& cancelled() const { return cancelled_; }

 private:
  /// A parked request goes to the front of the queue. False if it is not parked.
  bool unpark(const Json& id, bool isCancelled);

  struct Item {
    Message message;
    bool cancelled = false;
  };
  static constexpr std::size_t capacity = 4096;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> items_;
  std::deque<Message> parked_;
  Json running_;
  std::atomic<bool> cancelled_ = false;
  bool onItsOwn_ = false;
  bool closed_ = false;
};

}  // namespace kdsl::lsp
