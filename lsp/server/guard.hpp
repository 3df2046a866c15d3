#pragma once
// A server that a crash does not end: the work is done in a second process, and this one stands between it and the client.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/protocol/message.hpp"
#include "lsp/server/text_buffer.hpp"
#include "source/file.hpp"

namespace kdsl::lsp {

/// What the client has told so far: enough to bring a new server to the state of one that crashed.
class ClientState {
 public:
  /// Takes note of a message on its way to the server.
  void sent(const Message& message);
  /// Takes note of an answer of the server; see answeredId.
  void answered(const Json& id) { open_.erase(serialized(id)); }

  /// Requests without an answer, in no special order; they count as answered from now on.
  std::vector<std::pair<Json, std::string>> takeOpenRequests();
  /// The messages that tell a new server everything: initialize (under `initializeId`), initialized, folders, open documents.
  std::vector<Json> replay(const Json& initializeId) const;

  /// Counts edits, openings and closings.
  std::uint64_t changes() const { return changes_; }
  bool shutDown() const { return shutDown_; }

 private:
  struct OpenDocument {
    Json item;  // TextDocumentItem without its text
    TextBuffer buffer;
  };
  void changeDocument(const std::string& method, const Json& params);

  Json initialize_;
  bool initialized_ = false;
  bool shutDown_ = false;
  std::vector<Json> folderChanges_;
  std::map<std::string, OpenDocument> documents_;  // by URI
  std::map<std::string, std::pair<Json, std::string>> open_;  // by serialized id: id, method
  std::uint64_t changes_ = 0;
  source::ColumnUnit unit_ = source::ColumnUnit::Utf16;
};

/// The id that a message of our own server answers, or none if it is a request or notification. Looks at its begin only: large results cost
/// nothing.
std::optional<Json> answeredId(std::string_view body);

/// Passes messages between a client (`input`, `output`) and a server process that is started with `command`. When that one crashes, its open
/// requests are answered with an error and another takes its place, with the client's documents as they are. A text that makes it crash again and
/// again is left alone until it is edited. What the process is to return.
int serveGuarded(int input, int output, const std::vector<std::string>& command);

}  // namespace kdsl::lsp
