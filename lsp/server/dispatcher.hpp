#pragma once
// From a message to the function that handles it, with the protocol's rules about when which message is allowed.
#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "lsp/protocol/message.hpp"
#include "lsp/server/client.hpp"

namespace kdsl::lsp {

/// Why a request gets no result.
struct RequestError {
  ErrorCode code = ErrorCode::RequestFailed;
  std::string text;
};
/// A result that was written as text: for large ones, whose values would take longer to make than the answer.
struct SerializedResult {
  std::string text;
};
using RequestResult = std::variant<Json, RequestError, SerializedResult>;

using RequestHandler = std::function<RequestResult(const Json& params)>;
using NotificationHandler = std::function<void(const Json& params)>;

/// Keeps the life cycle (initialize … shutdown, exit), finds handlers and answers. A handler that fails, by an exception of a library or
/// of the system, costs its own request only: the error is answered, the next message is handled as if nothing was.
class Dispatcher {
 public:
  /// `cancelled` says whether the request that is being handled was cancelled meanwhile.
  Dispatcher(Client& client, const std::atomic<bool>& cancelled) : client_(client), cancelled_(cancelled) {}

  void onRequest(std::string method, RequestHandler handler) { requests_.emplace(std::move(method), std::move(handler)); }
  void onNotification(std::string method, NotificationHandler handler) { notifications_.emplace(std::move(method), std::move(handler)); }

  /// Whether the message is done with: not if its handler called await().
  bool handle(const Message& message);
  /// For a handler that lacks something which takes long to come by: its result is dropped, and `work` is done on another thread. Then the request is
  /// handled anew.
  void await(std::function<void()> work) { awaited_ = std::move(work); }
  /// The id of the request that is being handled.
  const Json& request() const { return request_; }
  /// How requests are made to wait: `park` is given the request and the work.
  void parkWith(std::function<void(const Message&, std::function<void()>)> park) { park_ = std::move(park); }

  /// `exit` was received: nothing more is to be handled.
  bool exited() const { return exited_; }
  /// What the process returns: 0 if `shutdown` came before the end, as the protocol says.
  int exitCode() const { return state_ == State::ShutDown ? 0 : 1; }

 private:
  enum class State : std::uint8_t { New, Running, ShutDown };

  bool handleRequest(const Message& message);
  void handleNotification(const Message& message);
  /// The error that the life cycle gives to a request now; null text if it may run.
  const RequestError* refusal(std::string_view method) const;

  Client& client_;
  const std::atomic<bool>& cancelled_;
  Json request_;
  std::function<void()> awaited_;
  std::function<void(const Message&, std::function<void()>)> park_;
  State state_ = State::New;
  bool exited_ = false;
  std::unordered_map<std::string, RequestHandler> requests_;
  std::unordered_map<std::string, NotificationHandler> notifications_;
};

}  // namespace kdsl::lsp
