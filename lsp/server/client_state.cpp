#include <nlohmann/json.hpp>

#include "lsp/server/capabilities.hpp"
#include "lsp/server/guard.hpp"

namespace kdsl::lsp {

void ClientState::sent(const Message& message) {
  if (message.kind == MessageKind::Request) {
    open_[serialized(message.id)] = {message.id, message.method};
    if (message.method == "initialize") {
      initialize_ = message.params;
      unit_ = ClientCapabilities::read(message.params).unit;
    }
    if (message.method == "shutdown") shutDown_ = true;
  }
  if (message.kind != MessageKind::Notification) return;
  if (message.method == "initialized") initialized_ = true;
  if (message.method == "workspace/didChangeWorkspaceFolders") folderChanges_.push_back(message.params);
  // Malformed parameters are the server's to refuse; here they change nothing.
  try {
    changeDocument(message.method, message.params);
  } catch (const Json::exception&) {
    return;
  }
}

void ClientState::changeDocument(const std::string& method, const Json& params) {
  const bool concerns = method == "textDocument/didOpen" || method == "textDocument/didChange" || method == "textDocument/didClose";
  if (!concerns) return;
  const auto& document = params.at("textDocument");
  const auto& uri = document.at("uri").get_ref<const std::string&>();
  ++changes_;
  if (method == "textDocument/didClose") {
    documents_.erase(uri);
    return;
  }
  if (method == "textDocument/didOpen") {
    OpenDocument opened{document, TextBuffer(document.at("text").get<std::string>())};
    opened.item.erase("text");
    documents_.insert_or_assign(uri, std::move(opened));
    return;
  }
  const auto found = documents_.find(uri);
  if (found == documents_.end()) return;
  if (document.contains("version")) found->second.item["version"] = document.at("version");
  for (const auto& change : params.at("contentChanges")) {
    const auto& text = change.at("text").get_ref<const std::string&>();
    if (change.contains("range")) {
      found->second.buffer.replace(change.at("range").get<Range>(), text, unit_);
    } else {
      found->second.buffer.replaceAll(text);
    }
  }
}

std::vector<std::pair<Json, std::string>> ClientState::takeOpenRequests() {
  std::vector<std::pair<Json, std::string>> requests;
  requests.reserve(open_.size());
  for (auto& [text, request] : open_) requests.push_back(std::move(request));
  open_.clear();
  return requests;
}

std::vector<Json> ClientState::replay(const Json& initializeId) const {
  std::vector<Json> messages;
  if (initialize_.is_null()) return messages;
  auto first = notification("initialize", initialize_);
  first["id"] = initializeId;
  messages.push_back(std::move(first));
  if (initialized_) messages.push_back(notification("initialized", Json::object()));
  for (const auto& change : folderChanges_) messages.push_back(notification("workspace/didChangeWorkspaceFolders", change));
  for (const auto& [uri, document] : documents_) {
    auto item = document.item;
    item["text"] = document.buffer.text();
    messages.push_back(notification("textDocument/didOpen", {{"textDocument", std::move(item)}}));
  }
  return messages;
}

std::optional<Json> answeredId(std::string_view body) {
  // Keys are written in alphabetical order: `{"error":…,"id":…` and `{"id":…,"jsonrpc":"2.0","result":…` answer, `…"method":…` asks.
  if (body.starts_with(R"({"error":)")) {
    const auto message = Json::parse(body, nullptr, /*allow_exceptions=*/false);
    if (!message.is_object() || !message.contains("id")) return std::nullopt;
    return message["id"];
  }
  constexpr std::string_view key = R"({"id":)";
  constexpr std::string_view version = R"(,"jsonrpc":"2.0",)";
  if (!body.starts_with(key)) return std::nullopt;
  const auto end = body.find(version, key.size());
  if (end == std::string_view::npos || !body.substr(end + version.size()).starts_with(R"("result":)")) return std::nullopt;
  auto id = Json::parse(body.substr(key.size(), end - key.size()), nullptr, /*allow_exceptions=*/false);
  if (id.is_discarded()) return std::nullopt;
  return id;
}

}  // namespace kdsl::lsp
