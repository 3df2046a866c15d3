#pragma once
// The diagnostics of one run, gathered from any number of sessions, in the order to show them and without repetitions.
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "diag/diagnostic.hpp"
#include "source/file.hpp"

namespace kdsl::diag {

struct Counts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
};

/// `2 errors, 1 warning`; empty if there is nothing to count.
std::string summary(const Counts& counts);

class Report {
 public:
  /// A diagnostic with the table that its file ids belong to.
  struct Entry {
    const source::FileTable* files;
    Diagnostic diagnostic;
  };

  /// Adds the diagnostics of one session; `files` must outlive the report. What an earlier call brought already (the same message at
  /// the same place: two roots that import one file) is dropped. Entries are kept in the order of the calls, then by path, position and
  /// severity; a diagnostic without a place comes before those that have one. O(n log n) in the number of diagnostics added.
  void add(const source::FileTable& files, std::vector<Diagnostic> diagnostics);

  const std::vector<Entry>& entries() const { return entries_; }
  const Counts& counts() const { return counts_; }
  bool hasErrors() const { return counts_.errors != 0; }

 private:
  std::vector<Entry> entries_;
  std::unordered_set<std::string> seen_;
  Counts counts_;
};

}  // namespace kdsl::diag
