#pragma once
// Which policies a build must meet, and the names under which their checks and those of components can be waived.
#include "eval/evaluator.hpp"
#include "query/loaded_files.hpp"
#include "query/project.hpp"

namespace kdsl::query {

/// A file of policies with what the project says of it.
struct PolicyFile {
  FileId file{};
  const PolicyUse* use = nullptr;
};

/// Finds the files that projects name, those that are switched off as well: their checks may be waived all the same. Problems go to `out`.
std::vector<PolicyFile> findPolicyFiles(LoadedFiles& files, const sema::Workspace& workspace, const std::vector<PolicyUse>& uses, std::vector<diag::Diagnostic>& out);

struct PolicyMode {
  bool warnsOnly = false;
  bool inFails = false;  // they count for `fails` in tests alone
};

/// Adds the policies that the file of `root` declares or inherits.
void addPoliciesOf(eval::Evaluator& evaluator, FileId file, eval::Place* root, std::vector<eval::Policy>& out, PolicyMode mode = {});

/// The same for a file that the project names, unless it is switched off, with the params that the project gives; reports a param that it does not give.
void addPolicyFile(eval::Evaluator& evaluator, const PolicyFile& policies, std::vector<eval::Policy>& out, bool inFails = false);

/// Reports waivers in `files` of checks that exist in none of `known`. A policy that nobody named can only be of another build: names with a dot
/// are judged only if `policiesKnown`.
void checkWaivers(const sema::Workspace& workspace, const std::vector<FileId>& files, const std::vector<FileId>& known, bool policiesKnown, std::vector<diag::Diagnostic>& out);

/// `settings` as the evaluator takes them; they must outlive the result.
std::vector<eval::Parameter> parametersOf(const std::vector<Setting>& settings);

}  // namespace kdsl::query
