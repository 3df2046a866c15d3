#include "lsp/protocol/message.hpp"

#include <algorithm>

namespace kdsl::lsp {
namespace {

Message invalid(ErrorCode error, std::string problem, Json id = nullptr) {
  Message message;
  message.id = std::move(id);
  message.error = error;
  message.problem = std::move(problem);
  return message;
}

Json take(Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? Json() : std::move(*found);
}

}  // namespace

Message parseMessage(std::string_view body) {
  auto json = Json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return invalid(ErrorCode::ParseError, "the message is not JSON");
  if (json.is_array()) return invalid(ErrorCode::InvalidRequest, "batches are not part of this protocol");
  if (!json.is_object()) return invalid(ErrorCode::InvalidRequest, "a message is an object");

  const bool hasId = json.contains("id");
  auto id = take(json, "id");
  const bool goodId = id.is_string() || id.is_number_integer();
  if (take(json, "jsonrpc") != "2.0")
    return invalid(ErrorCode::InvalidRequest, "`jsonrpc` is not \"2.0\"", goodId ? std::move(id) : Json());

  const auto method = json.find("method");
  if (method == json.end()) {
    if (!json.contains("result") && !json.contains("error"))
      return invalid(ErrorCode::InvalidRequest, "no `method`", goodId ? std::move(id) : Json());
    Message answer;
    answer.kind = MessageKind::Response;
    answer.id = std::move(id);
    answer.params = take(json, "result");
    return answer;
  }
  if (!method->is_string()) return invalid(ErrorCode::InvalidRequest, "`method` is not a text", goodId ? std::move(id) : Json());
  if (hasId && !goodId) return invalid(ErrorCode::InvalidRequest, "`id` is neither an integer nor a text");
  Message message;
  message.kind = hasId ? MessageKind::Request : MessageKind::Notification;
  message.id = std::move(id);
  message.method = method->get<std::string>();
  message.params = take(json, "params");
  if (!message.params.is_null() && !message.params.is_structured()) {
    auto answer = invalid(ErrorCode::InvalidRequest, "`params` is neither an object nor an array", std::move(message.id));
    // A notification gets no answer, not even this one.
    if (!hasId) answer.kind = MessageKind::Response;
    return answer;
  }
  return message;
}

Json response(const Json& id, Json result) { return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}}; }

Json errorResponse(const Json& id, ErrorCode code, std::string_view text) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", static_cast<std::int32_t>(code)}, {"message", text}}}};
}

Json notification(std::string_view method, Json params) {
  Json message = {{"jsonrpc", "2.0"}, {"method", method}};
  if (!params.is_null()) message["params"] = std::move(params);
  return message;
}

Json request(std::int64_t id, std::string_view method, Json params) {
  auto message = notification(method, std::move(params));
  message["id"] = id;
  return message;
}

std::string serialized(const Json& message) { return message.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string serializedResponse(const Json& id, std::string_view result) {
  std::string text = "{\"id\":" + serialized(id) + ",\"jsonrpc\":\"2.0\",\"result\":";
  text.reserve(text.size() + result.size() + 1);
  text += result;
  text += '}';
  return text;
}

void appendString(std::string& out, std::string_view text) {
  const auto isPlain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
  if (!std::all_of(text.begin(), text.end(), isPlain)) {
    out += serialized(text);
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

}  // namespace kdsl::lsp
