#include "lsp/server/client.hpp"

#include <nlohmann/json.hpp>

namespace kdsl::lsp {

void Client::request(std::string_view method, Json params) { send(lsp::request(nextId_++, method, std::move(params))); }

void Client::log(MessageType type, std::string_view text) {
  notify("window/logMessage", {{"type", static_cast<int>(type)}, {"message", text}});
}

void Client::sendText(std::string_view message) {
  if (gone_) return;
  const auto bytes = framed(message);
  const std::lock_guard lock(mutex_);
  if (!sink_(bytes)) gone_ = true;
}

}  // namespace kdsl::lsp
