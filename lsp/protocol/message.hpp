#pragma once
// JSON-RPC 2.0 messages.
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "lsp/protocol/json.hpp"

namespace kdsl::lsp {

enum class ErrorCode : std::int32_t {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  InternalError = -32603,
  ServerNotInitialized = -32002,
  RequestFailed = -32803,
  ContentModified = -32801,
  RequestCancelled = -32800,
};

enum class MessageKind : std::uint8_t {
  Request,
  Notification,
  Response,  ///< to a request of ours; `params` is the result, null for an error
  Invalid,   ///< answer it with `error` and `problem`, under `id`
};

struct Message {
  MessageKind kind = MessageKind::Invalid;
  /// A number or text; null where there is none.
  Json id;
  std::string method;
  Json params;
  ErrorCode error = ErrorCode::InvalidRequest;
  std::string problem;
};

/// Reads one body. Total: what is no message is Invalid. Batches are refused, as the protocol has none. O(size).
Message parseMessage(std::string_view body);

Json response(const Json& id, Json result);
Json errorResponse(const Json& id, ErrorCode code, std::string_view text);
/// Null params are left out.
Json notification(std::string_view method, Json params);
Json request(std::int64_t id, std::string_view method, Json params);

/// The text of a message; bytes that are no UTF-8 (of a file name, say) are replaced, not refused.
std::string serialized(const Json& message);
/// The text of response(id, result), for a result that is text already.
std::string serializedResponse(const Json& id, std::string_view result);
/// Appends a text as a JSON string, as serialized() writes it.
void appendString(std::string& out, std::string_view text);

}  // namespace kdsl::lsp
