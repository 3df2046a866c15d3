#pragma once
// Every question that the command, the language server or an embedder may ask, over one set of files that remembers what it worked out.
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "convert/manifests.hpp"
#include "diag/diagnostic.hpp"
#include "emit/line_source.hpp"
#include "eval/limits.hpp"
#include "query/diff.hpp"
#include "query/project.hpp"
#include "query/tests.hpp"
#include "query/why.hpp"
#include "source/file.hpp"

namespace kdsl::syntax {
struct ParseResult;
}
namespace kdsl::sema {
class Workspace;
}
namespace kdsl::hir {
struct Module;
}

namespace kdsl::query {

struct Facts;
class Evaluation;

struct Options {
  /// Nothing outside this folder is imported or embedded. Empty: for each opened file the nearest folder above it with a project.kdsl or a
  /// .git, else the working folder if the file is below it, else the file's own folder.
  std::string root;
  /// Kubernetes 1.x; 0: the newest that the program knows.
  int kubernetesMinor = 0;
  /// Each file is looked at for the versions of Kubernetes that its project names; `kubernetesMinor` is for those of projects that name none.
  bool followsProjects = false;
  /// How much of the standard library is checked. What is built is the same; but the editor's questions, and those about a module of the library itself,
  /// may be about any part of it.
  enum class Library : std::uint8_t {
    Whole,    // each module that is imported, and what it imports
    Reached,  // what evaluation comes to: for a process that builds and ends
  };
  Library library = Library::Whole;
};

/// `-p name=text`: set from outside, by the param's type.
struct Parameter {
  std::string name;
  std::string text;
  std::string argument = {};  // as it was written there, for messages; may be empty
};

enum class Format : std::uint8_t { Yaml, Json };
enum class Order : std::uint8_t {
  Apply,   // what others need comes first
  Source,  // as declared
};

struct BuildOptions {
  std::vector<Parameter> parameters;
  Format format = Format::Yaml;
  Order order = Order::Apply;
  eval::Limits limits = {};
  /// What the file is built in: its policies hold. Of the same session.
  const Project* project = nullptr;
  /// The target that is built: its params, namespace and policies. One of `project`.
  const ProjectTarget* target = nullptr;
  /// YAML only: the place of each value as a comment at the end of its line.
  bool annotate = false;
  /// YAML only: Rendered::lines.
  bool lineSources = false;
  /// Kubernetes 1.x, of a session that follows projects; 0: the target's, or else the first of Session::versions.
  int kubernetesMinor = 0;
};

/// A `waive` that lifted checks.
struct Waived {
  source::Location at;
  std::string name;
  std::string reason;
  std::vector<std::string> paths;  // of the values whose check would have failed
};

/// One object of a build.
struct Rendered {
  std::string apiVersion;
  std::string kind;
  std::string name;
  std::string namespace_;
  std::string text;  // no leading `---`; ends with a newline
  /// Of `text`, ascending, if BuildOptions::lineSources asked for them. Several may be of one line, the innermost last.
  std::vector<emit::LineSource> lines;
};

struct BuildResult {
  std::vector<Rendered> objects;  // as far as they are without errors
  std::vector<diag::Diagnostic> diagnostics;
  std::vector<source::FileId> files;  // that the build read modules from, policies included
  std::vector<Waived> waivers;
  std::uint64_t checks = 0;       // checks that ran, of components and policies
  /// Warnings about `each` clauses that came to nothing. Among `diagnostics` too, but for a target: another target may have what they are about.
  std::vector<diag::Diagnostic> idleEaches;
  bool ok = false;                // no errors
  bool stopped = false;           // by eval::Limits::stop: nothing else here means anything
};

enum class GraphFormat : std::uint8_t {
  Dot,      // for Graphviz
  Mermaid,  // a flowchart, for Markdown pages
  Json,     // for programs
  Text,     // a line for each object and each of its edges
};

struct GraphResult {
  std::string text;  // empty if the build did not come to its objects
  std::vector<diag::Diagnostic> diagnostics;
};

/// A build that a file is part of: of a target of its project, or of a root by itself.
struct BuildView {
  std::string target;  // empty: none
  source::FileId root = base::none<source::FileId>;
  /// Of the session, until the next change of a file; nullptr without a target.
  const Project* project = nullptr;
  const ProjectTarget* of = nullptr;

  BuildOptions options() const {
    BuildOptions chosen;
    chosen.project = project;
    chosen.target = of;
    return chosen;
  }
};

/// How often each pass ran, for tests of incremental work.
struct Counters {
  std::uint64_t filesParsed = 0;
  std::uint64_t filesChecked = 0;
  std::uint64_t builds = 0;
};

/// Not thread-safe: one thread at a time. Answers are computed when asked for and kept until a file that they depend on changes; an edit inside bodies
/// re-checks its own file only.
class Session {
 public:
  explicit Session(Options options = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// The minor versions of Kubernetes that the program knows, ascending.
  static std::span<const std::int32_t> kubernetesMinors();
  int kubernetesMinor() const;
  const Options& options() const;
  /// The versions that the file is for: those of the targets that read it, or else that of its project, or else kubernetesMinor(). The first is the one
  /// that facts() is about: the project's if targets build for that, else the lowest. One element unless the session follows projects.
  std::vector<int> versions(source::FileId file);

  const source::FileTable& files() const;

  /// Reads a file from disk; none, and a diagnostic, if that fails.
  source::FileId open(std::string_view path, std::vector<diag::Diagnostic>& diagnostics);
  /// A file whose text the caller holds (standard input, an editor). Text of a file on disk stands in for the disk's.
  source::FileId openText(std::string_view path, std::string text);
  /// An edit. Ids stay valid.
  void setText(source::FileId file, std::string text);
  /// Back to the disk's text: the editor closed the file.
  void closeText(source::FileId file);
  /// A file that changed on disk, or is not there any more: whoever imports it then is told.
  void fileChanged(std::string_view path);
  /// A file appeared on disk: imports that led nowhere are looked up again. Whether any was.
  bool fileAppeared();
  /// A number that is another one after any change of what the file as a root depends on: its own text, that of its imports, of data and embedded
  /// files; of a project file also of what it names. O(files that it imports).
  std::uint64_t revision(source::FileId root);
  /// The module that a virtual path such as `std/app.kdsl` or a path on disk names, if it is loaded.
  source::FileId find(std::string_view path) const;

  // --- one file
  std::vector<diag::Diagnostic> syntaxErrors(source::FileId file);
  /// The file in the standard format; nothing if it has syntax errors.
  std::optional<std::string> format(source::FileId file);
  /// Syntax, names and types of this file alone; with the API of Kubernetes 1.`kubernetesMinor`, or else of the first of versions().
  std::vector<diag::Diagnostic> staticErrors(source::FileId file, int kubernetesMinor = 0);
  /// The file's products for the editor's questions (query/ide), with the API of the first of versions(). Valid until the next edit.
  Facts facts(source::FileId file);
  /// The same with the API of another file's version: types of both can be compared.
  Facts facts(source::FileId file, source::FileId like);
  /// What the file declares, without checking it. Valid until the next edit.
  const hir::Module& declarations(source::FileId file);
  /// The modules of the standard library by the paths that import them, `std/app`.
  std::vector<std::pair<std::string, source::FileId>> library();

  // --- a root
  /// All that is wrong with the file as a root: its own and its imports' static errors, and if there are none, what evaluation finds.
  std::vector<diag::Diagnostic> check(source::FileId root, const BuildOptions& options = {});
  BuildResult build(source::FileId root, const BuildOptions& options = {});
  /// The tests of a file.
  TestRun test(source::FileId file, const TestOptions& options = {});

  // --- projects
  /// The project whose folder this is; nullptr, and why, if its file cannot be read or has errors. Kept until a file changes.
  const Project* project(const std::string& folder, std::vector<diag::Diagnostic>& diagnostics);
  /// What is wrong with the project that the file is of, or that it is the file of: how that is written, what it names, and the params that it sets, of a target's
  /// own file those of that target alone. Of a session that follows projects. Incomplete when `stop` is set meanwhile.
  std::vector<diag::Diagnostic> projectErrors(source::FileId file, const std::atomic<bool>* stop = nullptr);
  /// What diagnostics of the file depend on: closure(), and of a project file that of all that it names.
  std::vector<source::FileId> readFor(source::FileId file);
  /// What a project file names as its dependencies; problems of how they are written go to `diagnostics`.
  std::vector<Dependency> dependencies(const std::string& folder, std::vector<diag::Diagnostic>& diagnostics);
  /// The file of a target; none, and why, if there is no such file.
  source::FileId openTarget(const Project& project, const ProjectTarget& target, std::vector<diag::Diagnostic>& diagnostics);

  /// The builds that a file is part of: the targets of its project that read it, their policies included; without any, those of `roots` that import
  /// it, itself among them. In the order of the project. Costs what reading the project costs, once until a file changes.
  std::vector<BuildView> viewsOf(source::FileId file, std::span<const source::FileId> roots = {});
  /// A view, evaluated; kept until a file changes, the oldest given up when all of them take too much memory. nullptr if there is nothing to ask (see
  /// Evaluation::ok). Valid until the next call.
  Evaluation* evaluation(const BuildView& view, const std::atomic<bool>* stop = nullptr);
  /// Whether evaluation() would have to evaluate.
  bool isEvaluated(const BuildView& view) const;

  /// The objects of a root with what they name and select.
  GraphResult graph(source::FileId root, GraphFormat format, const BuildOptions& options = {});
  /// Where a value comes from. `path` is read from the root, `web.deployment.spec.replicas`, or from an object of the build,
  /// `Deployment/web:spec.replicas` or `Deployment/NAMESPACE/web:…`. Evaluates what the value needs; the whole build only for the latter.
  WhyResult why(source::FileId root, std::string_view path, const BuildOptions& options = {});
  /// The objects of a build as text, each with the source of its lines: the editor's rendered view.
  BuildResult rendered(source::FileId root, BuildOptions options = {});
  /// The objects of a build, to compare. The session must outlive the set.
  ObjectSet objects(source::FileId root, BuildOptions options = {});
  /// Objects that were written before: a file of YAML documents or one JSON value, opened like any other file. No root.
  ObjectSet manifest(source::FileId file);
  /// Files that the root imports, directly or not, itself included.
  std::vector<source::FileId> closure(source::FileId root);

  /// `tokens`, `tree`, `items`, `hir`, `types`, `values` or `graph`, in a stable form; nothing for another word.
  std::optional<std::string> dump(source::FileId file, std::string_view pass);
  /// A manual page about a kind, field, type or function; nothing if there is none by that name.
  std::optional<std::string> explain(std::string_view path);
  /// The name nearest to one that there is no page about; empty if none is near.
  std::string nearestPage(std::string_view name);

  /// Kubernetes manifests in YAML as a module that builds them; see convert::fromManifests.
  convert::Conversion convertManifests(std::string_view yaml) const;

  Counters counters() const;
  /// How often the file was checked, with the API of each version that it was asked about.
  std::uint64_t checksOf(source::FileId file) const;

 private:
  struct State;
  source::FileId openPolicies(const PolicyUse& use, std::vector<diag::Diagnostic>& diagnostics);
  std::uint64_t revisionOf(std::span<const source::FileId> files) const;
  /// The folder of the project that the file is of; empty without one.
  std::string projectFolderOf(source::FileId file);
  std::vector<BuildView> targetsReading(source::FileId file, const std::function<bool(source::FileId)>& reads);
  int versionFor(source::FileId root, const BuildOptions& options);
  std::vector<PolicyUse> policiesOfDependencies(const std::string& folder, std::vector<diag::Diagnostic>& diagnostics);
  std::unique_ptr<State> state_;
};

/// Runs `work` on a thread with a stack for the deepest evaluation, and waits. Passes over user input recurse within limits made for it.
void onLargeStack(const std::function<void()>& work);

}  // namespace kdsl::query
