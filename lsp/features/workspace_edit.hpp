#pragma once
// Edits of one or more documents.
#include <map>
#include <string>
#include <vector>

#include "lsp/protocol/types.hpp"
#include "lsp/server/workspace.hpp"

namespace kdsl::lsp {

class WorkspaceEdit {
 public:
  void add(Workspace& workspace, const source::Location& at, std::string text);
  /// A file that is made before the edits; only for clients that can (ClientCapabilities::createsFiles).
  void addFile(std::string uri, std::string text) { files_.emplace_back(std::move(uri), std::move(text)); }
  bool empty() const { return edits_.empty(); }
  /// With the versions of open documents, if the client understands them: it refuses edits of an older text.
  Json toJson(Workspace& workspace) const;

 private:
  std::map<FileId, std::vector<TextEdit>> edits_;
  std::vector<std::pair<std::string, std::string>> files_;
};

}  // namespace kdsl::lsp
