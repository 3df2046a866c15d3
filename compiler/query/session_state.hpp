#pragma once
// What a session knows. Internal to this folder.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/schema_plan.hpp"
#include "query/evaluation.hpp"
#include "query/loaded_files.hpp"
#include "query/paths.hpp"
#include "query/session.hpp"

namespace kdsl::query {

/// What the last build of a root found, and what it depended on.
struct BuildFindings {
  std::uint64_t revision = 0;
  std::vector<Parameter> parameters;
  eval::Limits limits;
  int kubernetesMinor = 0;
  std::vector<diag::Diagnostic> diagnostics;

  bool areOf(const BuildOptions& options) const {
    const auto& other = options.limits;
    return kubernetesMinor == options.kubernetesMinor && std::ranges::equal(parameters, options.parameters, [](const Parameter& a, const Parameter& b) { return a.name == b.name && a.text == b.text; }) &&
           limits.steps == other.steps && limits.depth == other.depth && limits.memoryBytes == other.memoryBytes && limits.outputBytes == other.outputBytes;
  }
};

struct Session::State {
  explicit State(Options chosen)
      : options(std::move(chosen)),
        schema(options.kubernetesMinor == 0 ? &kubernetes::SchemaPack::newest() : kubernetes::SchemaPack::forMinor(options.kubernetesMinor)),
        files(options.root.empty() ? std::string() : absolutePath(options.root), options.library),
        api(files, schema == nullptr ? kubernetes::SchemaPack::newest() : *schema),
        followsProjects(options.followsProjects && options.kubernetesMinor == 0) {}

  /// What is known of the files with the API of one version of Kubernetes. The files themselves are read and parsed once.
  struct Api {
    Api(LoadedFiles& ofFiles, const kubernetes::SchemaPack& schema) : workspace(ofFiles, schema), plans(workspace.schema()) {}
    sema::Workspace workspace;
    graph::Plans plans;
  };

  Options options;
  const kubernetes::SchemaPack* schema;
  LoadedFiles files;
  Api api;                                           // of the session's own version
  std::map<int, std::unique_ptr<Api>> otherApis;     // that projects name
  bool followsProjects;

  Api& apiOf(int minor) {
    if (minor == 0 || minor == api.workspace.schema().minor()) return api;
    auto& known = otherApis[minor];
    if (known == nullptr) {
      const auto* pack = kubernetes::SchemaPack::forMinor(minor);
      known = std::make_unique<Api>(files, pack == nullptr ? api.workspace.schema() : *pack);
    }
    return *known;
  }

  /// The text of the file changed, or what its imports lead to.
  void invalidate(source::FileId file) {
    api.workspace.invalidate(file);
    for (auto& [minor, other] : otherApis) other->workspace.invalidate(file);
  }
  /// By folder; of a broken project file the diagnostics. Read again when what the project file reads has changed.
  struct KnownProject {
    source::FileId file = base::none<source::FileId>;
    std::uint64_t revision = 0;
    std::optional<Project> project;
    std::vector<diag::Diagnostic> diagnostics;
  };
  std::map<std::string, KnownProject> projects;
  /// What points into the products of files: dropped before one of them changes.
  struct Kept {
    source::FileId root;
    std::string target;
    std::unique_ptr<Evaluation> evaluation;
  };
  std::vector<Kept> evaluations;  // the oldest first
  std::map<source::FileId, std::vector<BuildView>> views;  // of the targets that read a file

  /// By the folder of a file: where the project file above it is.
  std::unordered_map<std::string, std::string> projectFolders;

  void forget() {
    evaluations.clear();
    projectFolders.clear();
    views.clear();
  }

  std::uint64_t builds = 0;
  std::vector<std::uint64_t> edits;  // by FileId: how often the text was replaced
  std::uint64_t otherEdits = 0;      // of files that are no modules: any root may read them
  std::unordered_map<source::FileId, BuildFindings> findings;
};

}  // namespace kdsl::query
