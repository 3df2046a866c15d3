#pragma once
// Files as they were: given by the program that serves, which knows how to ask version control.
#include <functional>
#include <memory>
#include <string>

namespace kdsl::lsp {

/// A copy of a repository's files at one revision; gone with the object.
class RevisionTree {
 public:
  virtual ~RevisionTree() = default;
  /// Where the copy has the file that was asked for.
  virtual const std::string& path() const = 0;
};

/// Checks out the repository that holds `file` at `revision`; nullptr, and why. May take seconds.
using CheckOut = std::function<std::unique_ptr<RevisionTree>(const std::string& file, const std::string& revision, std::string& problem)>;

}  // namespace kdsl::lsp
