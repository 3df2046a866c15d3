#include "lsp/server/dispatcher.hpp"

#include <exception>
#include <utility>

#include <nlohmann/json.hpp>

namespace kdsl::lsp {

const RequestError* Dispatcher::refusal(std::string_view method) const {
  static const RequestError notInitialized{ErrorCode::ServerNotInitialized, "the first request must be `initialize`"};
  static const RequestError twice{ErrorCode::InvalidRequest, "the server is initialized already"};
  static const RequestError shutDown{ErrorCode::InvalidRequest, "the server is shut down"};
  switch (state_) {
    case State::New: return method == "initialize" ? nullptr : &notInitialized;
    case State::Running: return method == "initialize" ? &twice : nullptr;
    case State::ShutDown: return &shutDown;
  }
  return nullptr;
}

bool Dispatcher::handle(const Message& message) {
  switch (message.kind) {
    case MessageKind::Invalid: client_.replyError(message.id, message.error, message.problem); break;
    case MessageKind::Response: break;
    case MessageKind::Notification: handleNotification(message); break;
    case MessageKind::Request: return handleRequest(message);
  }
  return true;
}

bool Dispatcher::handleRequest(const Message& message) {
  if (const auto* refused = refusal(message.method)) {
    client_.replyError(message.id, refused->code, refused->text);
    return true;
  }
  const auto found = requests_.find(message.method);
  if (found == requests_.end()) {
    client_.replyError(message.id, ErrorCode::MethodNotFound, "no method `" + message.method + "`");
    return true;
  }
  // The life cycle goes on whatever the client thinks of the answer.
  const bool mayCancel = message.method != "initialize" && message.method != "shutdown";
  const auto cancelled = [&] {
    if (!mayCancel || !cancelled_) return false;
    client_.replyError(message.id, ErrorCode::RequestCancelled, "cancelled");
    return true;
  };
  if (cancelled()) return true;
  awaited_ = nullptr;
  request_ = message.id;
  try {
    auto result = found->second(message.params);
    if (cancelled()) return true;
    if (awaited_ && park_) {
      park_(message, std::exchange(awaited_, nullptr));
      return false;
    }
    if (auto* error = std::get_if<RequestError>(&result)) {
      client_.replyError(message.id, error->code, error->text);
      return true;
    }
    if (const auto* written = std::get_if<SerializedResult>(&result)) {
      client_.replySerialized(message.id, written->text);
    } else {
      client_.reply(message.id, std::move(std::get<Json>(result)));
    }
    if (message.method == "initialize") state_ = State::Running;
    if (message.method == "shutdown") state_ = State::ShutDown;
  } catch (const Json::exception& error) {
    // The handlers read parameters with the checked functions of the JSON library: what it refuses, the client got wrong.
    client_.replyError(message.id, ErrorCode::InvalidParams, error.what());
  } catch (const std::exception& error) {
    client_.replyError(message.id, ErrorCode::InternalError, error.what());
  }
  return true;
}

void Dispatcher::handleNotification(const Message& message) {
  if (message.method == "exit") {
    exited_ = true;
    return;
  }
  if (state_ != State::Running) return;
  const auto found = notifications_.find(message.method);
  if (found == notifications_.end()) return;
  try {
    found->second(message.params);
  } catch (const std::exception& error) {
    client_.log(MessageType::Error, message.method + ": " + error.what());
  }
}

}  // namespace kdsl::lsp
