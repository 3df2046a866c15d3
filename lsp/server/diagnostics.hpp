#pragma once
// Which problems which file has, and when the client is told.
#include <atomic>
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

  /// `interrupted` says that messages wait: a check that nobody asked for is given up and done again later.
  Diagnostics(Workspace& workspace, Client& client, const std::atomic<bool>& interrupted)
      : workspace_(workspace), client_(client), interrupted_(interrupted) {}

  /// A document was opened or edited: it is to be checked, and so are the documents that depend on it.
  void changed(FileId file);
  void closed(FileId file);
  /// Files changed on disk.
  void changedAll();

  /// How long to wait for more messages before the next step; none if nothing is to be done. Not at all while checks are fast: one that is
  /// overtaken by a key is given up. After a slow one as long as it took, at most 50 ms: what cannot be given up is not begun at each key.
  std::optional<std::chrono::milliseconds> due() const;
  /// Checks one document and publishes what changed.
  void step();

  /// What is wrong with the file, checked now if need be.
  std::vector<diag::Diagnostic> of(FileId file);
  /// The open document whose check found it; none if it is not known any more.
  FileId rootOf(const diag::Diagnostic& found) const;
  /// The client asked by itself: from now on nothing is sent for this document, for it would be shown twice.
  void pulled(FileId file);

  /// A diagnostic as the protocol shows it.
  Json toJson(FileId file, const diag::Diagnostic& diagnostic);

 private:
  void findDependents();
  /// False if it was given up.
  bool check(FileId root, const std::atomic<bool>* stop);
  void publish(FileId file);
  struct Findings {
    std::uint64_t revision = 0;
    std::vector<diag::Diagnostic> all;
  };
  /// What the root finds, computed if something changed since it was last asked for; nullptr if it was stopped.
  const Findings* findings(FileId root, const std::atomic<bool>* stop);
  std::optional<std::vector<diag::Diagnostic>> compute(FileId root, const std::atomic<bool>* stop);
  /// With the API of one of the versions that the root is for.
  std::optional<std::vector<diag::Diagnostic>> compute(FileId root, int kubernetesMinor, bool isFirst, const std::atomic<bool>* stop);
  std::vector<diag::Diagnostic> merged(FileId file) const;
  /// Equal for equal findings.
  static std::string summary(const std::vector<diag::Diagnostic>& diagnostics);
  /// What other documents found in the file may be over.
  void checkOthersAbout(FileId file);

  Workspace& workspace_;
  Client& client_;
  const std::atomic<bool>& interrupted_;
  /// How often a check was given up since the last edit: requests alone must not put it off for ever.
  int interruptions_ = 0;
  std::map<FileId, Findings> known_;
  std::vector<FileId> stale_;  // open documents to check, the most urgent last
  std::set<FileId> edited_;    // whose dependents are still to be found
  std::map<FileId, std::vector<diag::Diagnostic>> byRoot_;
  std::map<FileId, std::string> published_;
  std::set<FileId> pulled_;
  std::map<FileId, std::string> answered_;  // of those, what was said last
  Clock::time_point lastChange_{};
  Clock::duration lastCost_{};
};

}  // namespace kdsl::lsp
