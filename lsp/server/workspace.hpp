#pragma once
// The open documents over the session, and the way between the protocol's places and the compiler's.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lsp/protocol/types.hpp"
#include "lsp/server/capabilities.hpp"
#include "lsp/server/settings.hpp"
#include "lsp/server/text_buffer.hpp"
#include "query/ide/assistant.hpp"
#include "query/session.hpp"

namespace kdsl::lsp {

using source::FileId;
using source::Span;

/// A document that the client has open: its text stands in for the disk's.
struct Document {
  std::string uri;  // as the client writes it
  FileId file = base::none<FileId>;
  std::int64_t version = 0;
  TextBuffer buffer;
  /// Edits that the session does not know yet: it is told when it is asked something.
  bool dirty = false;
};

class Workspace {
 public:
  Workspace();

  /// Questions about many files end early, with whatever answer, while the flag is set.
  void stopWhen(const std::atomic<bool>& flag) {
    stop_ = &flag;
    assistant_.stopWhen(flag);
  }

  ClientCapabilities client;
  Settings settings;

  // --- folders
  /// The client's folders, by their URIs.
  void setFolders(const std::vector<std::string>& uris);
  void changeFolders(const std::vector<std::string>& added, const std::vector<std::string>& removed);
  const std::vector<std::string>& folders() const { return folders_; }
  /// Reads the modules of all folders (of the open documents' projects, if the client has none) that are not loaded yet: what questions about a
  /// whole project look through. Looks at the disk once a second at most, and not at all while the client tells what changes there.
  void loadProject();
  /// Files that are in those folders, open or not, as loadProject() found them last.
  const std::vector<FileId>& projectFiles() const { return projectFiles_; }
  /// Something appeared or vanished on disk.
  void filesMoved() { isProjectStale_ = true; }

  // --- documents
  FileId open(const std::string& uri, std::int64_t version, std::string text);
  /// Applies `contentChanges` in order. None if the document is not open.
  std::optional<FileId> change(const std::string& uri, std::int64_t version, const Json& changes);
  std::optional<FileId> close(const std::string& uri);
  /// A file changed on disk. True if it is known and no open document stands in for it.
  bool changedOnDisk(const std::string& path);
  /// Looks at the disk for loaded files that changed there; those that did.
  bool changedOnDisk();

  const std::map<std::string, Document>& documents() const { return documents_; }
  const Document* documentOf(FileId file) const;

  // --- what is asked
  /// The session with all edits.
  query::Session& session();
  query::Assistant& assistant();
  /// Whether prepare() has anything to do.
  bool isPrepared() const { return isPrepared_; }
  /// A step of Assistant::prepare for the open documents: for times when no message waits and all documents are checked.
  void prepare();
  /// The file of `params.textDocument.uri`: an open document, or else one on disk. None if it cannot be read.
  std::optional<FileId> file(const Json& params);
  std::optional<FileId> fileOf(const std::string& uri);

  // --- places
  std::uint32_t offset(FileId file, Position position);
  Span span(FileId file, const Range& range);
  Position position(FileId file, std::uint32_t offset);
  Range range(FileId file, Span span);
  std::string uri(FileId file);
  Location location(const source::Location& place);
  std::string_view text(FileId file);

 private:
  void flush();
  std::vector<std::string> searchedFolders() const;

  const std::atomic<bool>* stop_ = nullptr;
  static query::Options sessionOptions() {
    query::Options options;
    options.followsProjects = true;
    return options;
  }

  query::Session session_{sessionOptions()};
  query::Assistant assistant_{session_};
  std::map<std::string, Document> documents_;                  // by path
  std::vector<std::string> folders_;                           // paths
  std::vector<FileId> projectFiles_;
  bool isProjectStale_ = true;
  bool isPrepared_ = true;  // without documents
  std::chrono::steady_clock::time_point lastScan_{};
  std::unordered_map<std::uint32_t, std::int64_t> diskTimes_;  // by FileId: of files that are not open
};

/// A file and an offset: what most requests are about.
struct Place {
  FileId file;
  std::uint32_t offset;
};
/// Of a TextDocumentPositionParams; none if there is no such file.
std::optional<Place> placeOf(Workspace& workspace, const Json& params);

}  // namespace kdsl::lsp
