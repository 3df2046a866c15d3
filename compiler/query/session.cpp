#include "query/session.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.hpp"
#include "graph/schema_plan.hpp"
#include "hir/lower.hpp"
#include "query/build.hpp"
#include "query/documentation.hpp"
#include "query/evaluation.hpp"
#include "query/ide/facts.hpp"
#include "query/loaded_files.hpp"
#include "query/object_sets.hpp"
#include "query/paths.hpp"
#include "query/read_project.hpp"
#include "query/run_tests.hpp"
#include "sema/dump.hpp"
#include "sema/explain.hpp"
#include "source/loader.hpp"
#include "syntax/dump.hpp"
#include "syntax/format.hpp"

namespace kdsl::query {

namespace {

/// What the last build of a root found, and what it depended on.
struct Findings {
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

/// In a project, files that the root does not import have a say too, which Session::revision knows nothing of.
bool areRemembered(const BuildOptions& options) { return options.project == nullptr && options.target == nullptr; }

/// Of the path of a project file: it is read before anybody knows what it says.
constexpr std::string_view projectPathEnd = "/project.kdsl";

}  // namespace

struct Session::State {
  explicit State(const Options& options)
      : schema(options.kubernetesMinor == 0 ? &kubernetes::SchemaPack::newest() : kubernetes::SchemaPack::forMinor(options.kubernetesMinor)),
        files(options.root.empty() ? std::string() : absolutePath(options.root), options.library),
        api(files, schema == nullptr ? kubernetes::SchemaPack::newest() : *schema),
        followsProjects(options.followsProjects && options.kubernetesMinor == 0) {}

  /// What is known of the files with the API of one version of Kubernetes. The files themselves are read and parsed once.
  struct Api {
    Api(LoadedFiles& ofFiles, const kubernetes::SchemaPack& schema) : workspace(ofFiles, schema), plans(workspace.schema()) {}
    sema::Workspace workspace;
    graph::Plans plans;
  };

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
  std::unordered_map<source::FileId, Findings> findings;
};

Session::Session(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Session::~Session() = default;

std::span<const std::int32_t> Session::kubernetesMinors() { return kubernetes::SchemaPack::minors(); }
int Session::kubernetesMinor() const { return state_->api.workspace.schema().minor(); }

std::vector<int> Session::versions(source::FileId file) {
  const auto own = kubernetesMinor();
  if (!state_->followsProjects) return {own};
  const auto& path = files()[file].path;
  if (!path.starts_with('/') || path.ends_with(projectPathEnd)) return {own};
  auto [at, isNew] = state_->projectFolders.try_emplace(folderOf(path));
  if (isNew) at->second = findProjectFolder(path);
  const auto folder = at->second;
  if (folder.empty()) return {own};
  std::vector<diag::Diagnostic> ignored;  // the project's own file shows them
  const auto* known = project(folder, ignored);
  if (known == nullptr) return {own};
  const auto ofProject = known->kubernetesMinor != 0 ? known->kubernetesMinor : own;
  const auto differs = [&](const ProjectTarget& target) { return target.kubernetesMinor != 0 && target.kubernetesMinor != ofProject; };
  if (std::ranges::none_of(known->targets, differs)) return {ofProject};
  std::vector<int> found;
  for (const auto& view : viewsOf(file)) {
    if (view.of == nullptr) continue;
    const auto minor = view.of->kubernetesMinor != 0 ? view.of->kubernetesMinor : ofProject;
    if (std::find(found.begin(), found.end(), minor) == found.end()) found.push_back(minor);
  }
  if (found.empty()) return {ofProject};
  std::sort(found.begin(), found.end());
  if (const auto first = std::find(found.begin(), found.end(), ofProject); first != found.end()) std::rotate(found.begin(), first, first + 1);
  return found;
}

const source::FileTable& Session::files() const { return state_->files.table(); }

source::FileId Session::open(std::string_view path, std::vector<diag::Diagnostic>& diagnostics) { return state_->files.load(absolutePath(path), {}, path, diagnostics); }

source::FileId Session::openText(std::string_view path, std::string text) {
  const auto name = path.starts_with("<") ? std::string(path) : absolutePath(path);
  if (const auto known = find(name); base::valid(known)) {
    setText(known, std::move(text));
    return known;
  }
  return state_->files.addText(name, std::move(text));
}

void Session::setText(source::FileId file, std::string text) {
  if (files()[file].text == text) return;
  state_->forget();
  state_->files.setText(file, std::move(text));
  auto& edits = state_->edits;
  if (edits.size() < files().size()) edits.resize(files().size());
  ++edits[base::index(file)];
  // Any root may read what is no module, and a project concerns all of its files.
  const auto& path = files()[file].path;
  if (!path.ends_with(".kdsl") || path.ends_with("/project.kdsl")) ++state_->otherEdits;
  onLargeStack([&] { state_->invalidate(file); });
}

bool Session::fileAppeared() {
  state_->forget();
  ++state_->otherEdits;  // it may be one of those that `embedFolder` collects
  bool any = false;
  for (std::uint32_t i = 0; i < files().size(); ++i) {
    const source::FileId file{i};
    if (!files()[file].path.ends_with(".kdsl")) continue;
    onLargeStack([&] {
      const auto& imports = state_->api.workspace.module(file).imports;
      const bool isMissing = std::any_of(imports.begin(), imports.end(), [](const sema::ImportTarget& target) { return !base::valid(target.file) && !target.isKubernetes; });
      if (!isMissing) return;
      state_->invalidate(file);
      any = true;
    });
  }
  return any;
}

std::uint64_t Session::revision(source::FileId root) {
  auto value = base::combine(state_->otherEdits, 0);
  const auto& edits = state_->edits;
  for (const auto file : closure(root)) {
    const auto at = base::index(file);
    value = base::combine(value, (std::uint64_t{at} << 32) + (at < edits.size() ? edits[at] : 0));
  }
  return value;
}

void Session::closeText(source::FileId file) { fileChanged(files()[file].path); }

void Session::fileChanged(std::string_view path) {
  const auto file = find(path);
  if (!base::valid(file)) return;
  auto loaded = source::loadFile(std::string(path));
  setText(file, loaded.error == source::LoadError::None ? std::move(loaded.text) : std::string());
}

source::FileId Session::find(std::string_view path) const { return files().find(path); }

std::vector<diag::Diagnostic> Session::syntaxErrors(source::FileId file) {
  std::vector<diag::Diagnostic> found;
  onLargeStack([&] {
    const auto errors = state_->files.syntaxErrors(file);
    found.assign(errors.begin(), errors.end());
  });
  return found;
}

std::optional<std::string> Session::format(source::FileId file) {
  std::optional<std::string> text;
  onLargeStack([&] { text = syntax::format(files()[file].text); });
  return text;
}

std::vector<diag::Diagnostic> Session::staticErrors(source::FileId file, int kubernetesMinor) {
  std::vector<diag::Diagnostic> found;
  auto& api = state_->apiOf(kubernetesMinor != 0 ? kubernetesMinor : versions(file).front());
  onLargeStack([&] { found = errorsOf(state_->files, api.workspace, file); });
  return found;
}

Facts Session::facts(source::FileId file) { return facts(file, file); }

Facts Session::facts(source::FileId file, source::FileId like) {
  Facts facts;
  auto& api = state_->apiOf(versions(like).front());
  onLargeStack([&] {
    facts.file = file;
    facts.files = &state_->files.table();
    facts.tree = &state_->files.parsed(file).tree;
    facts.checked = &api.workspace.wholeModule(file);
    facts.program = &api.workspace;
  });
  return facts;
}

const hir::Module& Session::declarations(source::FileId file) {
  const hir::Module* lowered = nullptr;
  onLargeStack([&] { lowered = state_->files.hir(file).get(); });
  return *lowered;
}

std::vector<std::pair<std::string, source::FileId>> Session::library() {
  std::vector<std::pair<std::string, source::FileId>> modules;
  for (const auto& path : libraryPaths()) modules.emplace_back(path, state_->files.library(path + ".kdsl"));
  return modules;
}

std::vector<source::FileId> Session::closure(source::FileId root) {
  std::vector<source::FileId> found;
  onLargeStack([&] { found = importClosure(state_->api.workspace, root); });
  return found;
}

std::vector<diag::Diagnostic> Session::check(source::FileId root, const BuildOptions& options) {
  const auto known = state_->findings.find(root);
  if (areRemembered(options) && known != state_->findings.end() && known->second.areOf(options) && known->second.revision == revision(root)) return known->second.diagnostics;
  return build(root, options).diagnostics;
}

int Session::versionFor(source::FileId root, const BuildOptions& options) {
  if (options.kubernetesMinor != 0) return options.kubernetesMinor;
  if (state_->followsProjects && options.target != nullptr && options.target->kubernetesMinor != 0) return options.target->kubernetesMinor;
  if (state_->followsProjects && options.project != nullptr && options.project->kubernetesMinor != 0) return options.project->kubernetesMinor;
  return versions(root).front();
}

BuildResult Session::build(source::FileId root, const BuildOptions& options) {
  BuildResult result;
  ++state_->builds;
  auto& api = state_->apiOf(versionFor(root, options));
  onLargeStack([&] { result = buildRoot(state_->files, api.workspace, api.plans, root, options); });
  if (areRemembered(options) && !result.stopped) state_->findings[root] = {revision(root), options.parameters, options.limits, options.kubernetesMinor, result.diagnostics};
  return result;
}

TestRun Session::test(source::FileId file, const TestOptions& options) {
  TestRun run;
  auto& api = state_->apiOf(versions(file).front());
  onLargeStack([&] { run = runTests(state_->files, api.workspace, api.plans, file, options); });
  return run;
}

/// What projects that this one depends on want of their users. A ring of projects ends where it is met again.
std::vector<PolicyUse> Session::policiesOfDependencies(const std::string& folder, std::vector<diag::Diagnostic>& diagnostics) {
  std::vector<PolicyUse> found;
  const auto dependencies = state_->files.dependenciesOf(folder);
  for (const auto& dependency : dependencies) {
    bool named = false;
    const auto inFolder = state_->files.dependencyFolder(folder, dependency.name, dependency.at, diagnostics, named);
    std::error_code ignored;
    if (inFolder.empty() || !std::filesystem::exists(joinPath(inFolder, projectFileName), ignored)) continue;
    const auto* project = this->project(inFolder, diagnostics);
    if (project == nullptr) continue;
    for (auto use : project->policies) {
      use.name = dependency.name + "/" + use.name;
      found.push_back(std::move(use));
    }
  }
  return found;
}

const Project* Session::project(const std::string& folder, std::vector<diag::Diagnostic>& diagnostics) {
  const auto revisionOf = [&](source::FileId file) { return base::valid(file) ? revision(file) : state_->otherEdits; };
  auto known = state_->projects.find(folder);
  if (known == state_->projects.end() || known->second.revision != revisionOf(known->second.file)) {
    known = state_->projects.insert_or_assign(folder, State::KnownProject{}).first;
    auto& [file, revision, project, found] = known->second;
    const auto path = joinPath(folder, projectFileName);
    file = state_->files.load(path, {}, displayPath(path), found);
    revision = revisionOf(file);
    const auto ofDependencies = policiesOfDependencies(folder, found);
    const bool good = base::valid(file) && std::none_of(found.begin(), found.end(), [](const diag::Diagnostic& diagnostic) { return diagnostic.severity == diag::Severity::Error; });
    if (good) onLargeStack([&] { project = readProject(state_->files, state_->api.workspace, file, ofDependencies, found); });
  }
  diagnostics.insert(diagnostics.end(), known->second.diagnostics.begin(), known->second.diagnostics.end());
  return known->second.project ? &*known->second.project : nullptr;
}

std::vector<Dependency> Session::dependencies(const std::string& folder, std::vector<diag::Diagnostic>& diagnostics) {
  const auto path = joinPath(folder, projectFileName);
  const auto file = state_->files.load(path, {}, displayPath(path), diagnostics);
  if (!base::valid(file)) return {};
  std::vector<Dependency> found;
  onLargeStack([&] {
    const auto syntax = state_->files.syntaxErrors(file);
    diagnostics.insert(diagnostics.end(), syntax.begin(), syntax.end());
    found = writtenDependencies(*state_->files.hir(file), diagnostics);
  });
  return found;
}

source::FileId Session::openTarget(const Project& project, const ProjectTarget& target, std::vector<diag::Diagnostic>& diagnostics) {
  return state_->files.resolveImport(project.file, {hir::PathUse::Import, base::intern(target.file), target.at.span, base::none<hir::ExprId>}, diagnostics).file;
}

namespace {

/// What kept evaluations may take together.
constexpr std::size_t keptBytes = std::size_t{128} << 20;
/// Nobody waits for longer than this takes to be told what a value is.
constexpr std::uint64_t evaluationSteps = 20'000'000;
constexpr std::size_t evaluationBytes = std::size_t{256} << 20;

}  // namespace

std::vector<BuildView> Session::viewsOf(source::FileId file, std::span<const source::FileId> roots) {
  const auto reads = [&](source::FileId root) {
    const auto all = closure(root);
    return std::find(all.begin(), all.end(), file) != all.end();
  };
  const auto [known, isNew] = state_->views.try_emplace(file);
  if (isNew) known->second = targetsReading(file, reads);
  if (!known->second.empty()) return known->second;
  std::vector<BuildView> views{{{}, file, nullptr, nullptr}};
  for (const auto root : roots) {
    if (root != file && !files()[root].builtIn && reads(root)) views.push_back({{}, root, nullptr, nullptr});
  }
  return views;
}

std::vector<BuildView> Session::targetsReading(source::FileId file, const std::function<bool(source::FileId)>& reads) {
  std::vector<BuildView> views;
  std::vector<diag::Diagnostic> ignored;  // the project's own file shows them
  const auto& path = files()[file].path;
  const auto folder = path.starts_with('/') ? findProjectFolder(path) : std::string();
  const auto* known = folder.empty() ? nullptr : project(folder, ignored);
  if (known == nullptr) return views;
  for (const auto& target : known->targets) {
    const auto root = openTarget(*known, target, ignored);
    if (!base::valid(root)) continue;
    const bool isPolicy = std::any_of(target.policies.begin(), target.policies.end(), [&](const PolicyUse& use) {
      const auto from = state_->files.resolveImport(use.from, {hir::PathUse::Import, base::intern(use.file), use.at.span, base::none<hir::ExprId>}, ignored).file;
      return use.severity != PolicySeverity::Off && base::valid(from) && (from == file || reads(from));
    });
    if (isPolicy || reads(root)) views.push_back({target.name, root, known, &target});
  }
  return views;
}

bool Session::isEvaluated(const BuildView& view) const {
  const auto& kept = state_->evaluations;
  return std::any_of(kept.begin(), kept.end(), [&](const State::Kept& one) { return one.root == view.root && one.target == view.target; });
}

Evaluation* Session::evaluation(const BuildView& view, const std::atomic<bool>* stop) {
  auto& kept = state_->evaluations;
  if (!isEvaluated(view)) {
    auto options = view.options();
    options.limits.stop = stop;
    options.limits.steps = evaluationSteps;
    options.limits.memoryBytes = evaluationBytes;
    ++state_->builds;
    std::unique_ptr<Evaluation> made;
    auto& api = state_->apiOf(versionFor(view.root, options));
    onLargeStack([&] { made = Evaluation::of(state_->files, api.workspace, view.root, options); });
    if (made->stopped()) return nullptr;
    kept.push_back({view.root, view.target, std::move(made)});
    std::size_t total = 0;
    for (const auto& one : kept) total += one.evaluation->bytes();
    while (kept.size() > 1 && total > keptBytes) {
      total -= kept.front().evaluation->bytes();
      kept.erase(kept.begin());
    }
  }
  const auto found = std::find_if(kept.begin(), kept.end(), [&](const State::Kept& one) { return one.root == view.root && one.target == view.target; });
  return found->evaluation->ok() ? found->evaluation.get() : nullptr;
}

WhyResult Session::why(source::FileId root, std::string_view path, const BuildOptions& options) {
  WhyResult result;
  ++state_->builds;
  auto& api = state_->apiOf(versionFor(root, options));
  onLargeStack([&] { result = whyIn(state_->files, api.workspace, root, path, options); });
  return result;
}

BuildResult Session::rendered(source::FileId root, BuildOptions options) {
  options.format = Format::Yaml;
  options.lineSources = true;
  return build(root, options);
}

ObjectSet Session::objects(source::FileId root, BuildOptions options) { return ObjectSets::ofBuild(files(), rendered(root, std::move(options))); }

ObjectSet Session::manifest(source::FileId file) { return ObjectSets::ofManifest(files(), file); }

GraphResult Session::graph(source::FileId root, GraphFormat format, const BuildOptions& options) {
  GraphResult result;
  ++state_->builds;
  auto& api = state_->apiOf(versionFor(root, options));
  onLargeStack([&] { result = graphOf(state_->files, api.workspace, api.plans, root, options, format); });
  return result;
}

std::optional<std::string> Session::dump(source::FileId file, std::string_view pass) {
  std::optional<std::string> text;
  onLargeStack([&] {
    const auto& tree = state_->files.parsed(file).tree;
    if (pass == "tokens") text = syntax::dumpTokens(tree);
    if (pass == "tree") text = syntax::dumpTree(tree);
    if (pass == "items") text = hir::dumpItems(*state_->files.hir(file));
    if (pass == "hir") text = hir::dumpHir(*state_->files.hir(file));
    if (pass == "types") text = sema::dumpTypes(state_->api.workspace, file);
    if (pass == "graph") text = graphOf(state_->files, state_->api.workspace, state_->api.plans, file, {}, GraphFormat::Text).text;
    if (pass == "values") text = valuesOf(state_->files, state_->api.workspace, file);
  });
  return text;
}

std::optional<std::string> Session::explain(std::string_view path) {
  std::optional<std::string> text;
  onLargeStack([&] { text = sema::explain(state_->api.workspace, path); });
  return text;
}

convert::Conversion Session::convertManifests(std::string_view yaml) const {
  convert::Conversion result;
  onLargeStack([&] { result = convert::fromManifests(yaml, state_->api.workspace.schema()); });
  return result;
}

Counters Session::counters() const { return {state_->files.parses(), state_->api.workspace.counters().filesChecked, state_->builds}; }

}  // namespace kdsl::query
