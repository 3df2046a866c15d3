#pragma once
// Which problems which file has, and when the client is told.
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "lsp/server/client.hpp"
#include "lsp/server/workspace.hpp"

namespace kdsl::lsp {

/// Each open document is checked as a root, when nothing else is to do: first those that were edited, the last one first, then those that
/// import one of them. What a root finds in other files is shown there, as long as the root is open.
class Diagnostics {
 public:
  using Clock = std::chrono::steady_clock;

  Diagnostics(Workspace& workspace, Client& client) : workspace_(workspace), client_(client) {}

  /// A document was opened or edited: it is to be checked, and so are the documents that depend on it.
  void changed(FileId file);
  void closed(FileId file);
  /// Files changed on disk.
  void changedAll();

  /// How long to wait for more messages before the next step; none if nothing is to be done. As long as the last check took, at most 50 ms:
  /// who types faster than the checker works is not checked at each key.
  std::optional<std::chrono::milliseconds> due() const;
  /// Checks one document and publishes what changed.
  void step();

  /// What is wrong with the file, checked now if need be.
  std::vector<diag::Diagnostic> of(FileId file);
  /// The client asked by itself: from now on nothing is sent for this document, for it would be shown twice.
  void pulled(FileId file);

  /// A diagnostic as the protocol shows it.
  Json toJson(FileId file, const diag::Diagnostic& diagnostic);

 private:
  void findDependents();
  void check(FileId root);
  void publish(FileId file);
  std::vector<diag::Diagnostic> findings(FileId root);
  std::vector<diag::Diagnostic> merged(FileId file) const;

  Workspace& workspace_;
  Client& client_;
  std::vector<FileId> stale_;  // open documents to check, the most urgent last
  std::set<FileId> edited_;    // whose dependents are still to be found
  std::map<FileId, std::vector<diag::Diagnostic>> byRoot_;
  std::map<FileId, std::string> published_;
  std::set<FileId> pulled_;
  Clock::time_point lastChange_{};
  Clock::duration lastCost_{};
};

}  // namespace kdsl::lsp
