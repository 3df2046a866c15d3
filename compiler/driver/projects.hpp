#pragma once
// The project that a command works in.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "driver/inputs.hpp"

namespace kdsl::driver {

/// Whether the word names a target rather than a file: no path, no `.kdsl`, and no such file.
bool looksLikeTarget(const std::string& word);

/// What a command was asked to work on: files, or targets of the project above the working folder.
struct Subjects {
  std::string folder;                // of the project, if there is one for what was asked
  std::vector<std::string> targets;  // names; all of the project's if nothing was asked
  std::vector<std::string> files;    // instead of targets
  std::unique_ptr<query::Session> session;    // that read the project
  const query::Project* project = nullptr;    // of `session`
  std::vector<diag::Diagnostic> diagnostics;  // of the project file, with files of `session`
  std::string problem;                        // what is wrong with the words: a line for the user; else empty
};

/// Sorts out what was asked. The project's version of Kubernetes is put into `options`, unless the command line chose one.
Subjects findSubjects(const std::vector<std::string>& words, InputOptions& options);

/// One target or file, opened in a session of its own.
struct OpenedSubject {
  std::unique_ptr<query::Session> session;
  source::FileId file = base::none<source::FileId>;  // none: it could not be opened
  query::BuildOptions options;                       // with its project and target
  std::vector<diag::Diagnostic> diagnostics;         // of opening it
  std::string problem;                               // what is wrong with the word: a line for the user; else empty
};

/// Opens what one word names: a file, `-`, or a target of the project that `folder` is in.
OpenedSubject openSubject(const std::string& word, const std::string& folder, const InputOptions& input);

/// What one target made.
struct TargetBuild {
  std::string target;
  query::BuildResult result;
  const source::FileTable* files = nullptr;  // of the result's diagnostics
  int kubernetesMinor = 0;                   // that it was built for
};

/// Builds targets of a project, in parallel. Keeps the sessions, which the results point into.
class TargetBuilds {
 public:
  TargetBuilds(const Subjects& subjects, const InputOptions& options) : subjects_(subjects), options_(options) {}

  /// In the order of `subjects.targets`.
  std::vector<TargetBuild> run(const query::BuildOptions& options);

 private:
  query::Session& session(std::size_t worker, int kubernetesMinor);
  TargetBuild build(const std::string& target, std::size_t worker, query::BuildOptions options);

  const Subjects& subjects_;
  const InputOptions& options_;
  std::vector<std::map<int, std::unique_ptr<query::Session>>> sessions_;  // by worker and minor version of Kubernetes
};

/// Warns of `each` clauses that came to nothing in every target that has them.
void addIdleEaches(std::vector<TargetBuild>& builds);

}  // namespace kdsl::driver
