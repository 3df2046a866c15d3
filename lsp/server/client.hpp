#pragma once
// The way out: everything that is sent to the client.
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "lsp/protocol/framing.hpp"
#include "lsp/protocol/message.hpp"
#include "lsp/protocol/types.hpp"

namespace kdsl::lsp {

/// Sends messages whole, from any thread. When the other side is gone, sending does nothing.
class Client {
 public:
  explicit Client(ByteSink sink) : sink_(std::move(sink)) {}

  void reply(const Json& id, Json result) { send(response(id, std::move(result))); }
  /// `result` is the text of a JSON value.
  void replySerialized(const Json& id, std::string_view result) { sendText(serializedResponse(id, result)); }
  void replyError(const Json& id, ErrorCode code, std::string_view text) { send(errorResponse(id, code, text)); }
  void notify(std::string_view method, Json params) { send(notification(method, std::move(params))); }
  /// A request whose answer is of no interest.
  void request(std::string_view method, Json params);
  /// A line in the client's log of this server.
  void log(MessageType type, std::string_view text);

  bool gone() const { return gone_; }

 private:
  void send(const Json& message) { sendText(serialized(message)); }
  void sendText(std::string_view message);

  ByteSink sink_;
  std::mutex mutex_;
  std::atomic<std::int64_t> nextId_ = 1;
  std::atomic<bool> gone_ = false;
};

}  // namespace kdsl::lsp
