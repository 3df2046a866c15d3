#pragma once
// The files of a git revision in a folder of their own.
#include <string>

namespace kdsl::driver {

/// A temporary copy of a repository's files at one revision, removed with the object.
class GitTree {
 public:
  GitTree() = default;
  ~GitTree();
  GitTree(const GitTree&) = delete;
  GitTree& operator=(const GitTree&) = delete;

  /// Checks out the repository that holds `file` (which need not exist any more) at `revision`. The result says what went wrong; empty if nothing did.
  /// git is ended after `seconds`. The repository, its index and its files stay as they are.
  std::string checkOut(const std::string& file, const std::string& revision, unsigned seconds);

  /// Where the copy has the file that checkOut was given.
  const std::string& path() const { return path_; }
  /// The folder of the copy, with a slash at its end: what to cut off the names of its files.
  const std::string& prefix() const { return prefix_; }

 private:
  std::string folder_;
  std::string prefix_;
  std::string path_;
};

}  // namespace kdsl::driver
