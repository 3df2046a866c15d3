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

/// What was checked out, from when it is there until the request that wanted it is answered. All functions may be called from any thread.
class Revisions {
 public:
  struct Answer {
    std::shared_ptr<RevisionTree> tree;  // nullptr: `problem` says why
    std::string problem;
  };

  explicit Revisions(CheckOut checkOut) : checkOut_(std::move(checkOut)) {}
  bool areKnown() const { return checkOut_ != nullptr; }

  /// Nothing if it was not fetched.
  std::optional<Answer> find(const std::string& file, const std::string& revision);
  /// Checks out, which takes its time; afterwards find() knows.
  void fetch(const std::string& file, const std::string& revision);
  /// A request came to its end: what find() gave it is forgotten if it was answered, and kept if it waits for more.
  void ended(bool isAnswered);

 private:
  struct Entry {
    Answer answer;
    bool isUsed = false;
  };
  CheckOut checkOut_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Entry> entries_;
};

}  // namespace kdsl::lsp
