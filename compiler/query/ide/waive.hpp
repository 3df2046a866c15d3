#pragma once
// `waive NAME because "…"` for a check that failed: where it can stand, and what comes of it.
#include <atomic>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "query/ide/facts.hpp"
#include "query/session.hpp"

namespace kdsl::query {

/// Edits that write a waiver of `name` into what is around the place: the innermost body first, through paths of entries too (`web: { waive … }`), the file itself last.
std::vector<diag::Edit> waiverEdits(const Facts& facts, Span at, std::string_view name);

/// Tries edits out on copies of the files, in a session of its own that is made when it is first needed: nothing of what is known of the files themselves is lost.
class Waivers {
 public:
  /// `session` must outlive it.
  explicit Waivers(Session& session) : session_(session) {}

  /// The fix that waives the failed check of a component, schema or policy which the build of `root` reported; nothing if it cannot be waived, or not by the user's files.
  /// Costs a build for each place that is tried; gives up when `stop` is set.
  std::optional<diag::Fix> of(FileId root, const diag::Diagnostic& failed, const std::atomic<bool>* stop);

 private:
  bool lifts(FileId root, const diag::Edit& edit, const diag::Diagnostic& failed, const std::atomic<bool>* stop);

  Session& session_;
  std::unique_ptr<Session> trial_;
};

}  // namespace kdsl::query
