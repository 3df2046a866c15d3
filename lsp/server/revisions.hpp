#pragma once
// Files as they were: given by the program that serves, which knows how to ask version control.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace kdsl::lsp {

/// A copy of a repository's files at one revision; gone with the object.
class RevisionTree {
 public:
  virtual ~RevisionTree() = default;
  /// Where the copy has the file that was asked for.
  virtual const std::string& path() const = 0;
};

/// Checks out the repository that holds `file` at `revision`; nullptr, and why. May take seconds; called from any thread.
using CheckOut = std::function<std::unique_ptr<RevisionTree>(const std::string& file, const std::string& revision, std::string& problem)>;

/// What was checked out, for the request that wanted it and until that is answered: another one gets the files as they are then. All functions may be
/// called from any thread.
class Revisions {
 public:
  struct Answer {
    std::shared_ptr<RevisionTree> tree;  // nullptr: `problem` says why
    std::string problem;
  };

  explicit Revisions(CheckOut checkOut) : checkOut_(std::move(checkOut)) {}
  bool areKnown() const { return checkOut_ != nullptr; }

  /// What was fetched for this request, named by the text of its id; nothing if it was not.
  std::optional<Answer> find(const std::string& request, const std::string& file, const std::string& revision) const;
  /// Checks out, which takes its time; afterwards find() knows.
  void fetch(const std::string& request, const std::string& file, const std::string& revision);
  /// The request is answered, or was given up while its files were fetched.
  void forget(const std::string& request);

 private:
  using Key = std::pair<std::string, std::string>;  // file, revision
  CheckOut checkOut_;
  mutable std::mutex mutex_;
  std::map<std::string, std::map<Key, Answer>> answers_;  // by request
};

}  // namespace kdsl::lsp
