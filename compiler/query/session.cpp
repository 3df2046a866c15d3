#include "query/session.hpp"

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "hir/lower.hpp"
#include "query/build.hpp"
#include "query/documentation.hpp"
#include "query/file_errors.hpp"
#include "query/ide/facts.hpp"
#include "query/library_kinds.hpp"
#include "query/object_sets.hpp"
#include "query/run_tests.hpp"
#include "query/session_state.hpp"
#include "sema/dump.hpp"
#include "sema/explain.hpp"
#include "source/loader.hpp"
#include "syntax/dump.hpp"
#include "syntax/format.hpp"

namespace kdsl::query {

namespace {

/// In a project, files that the root does not import have a say too, which Session::revision knows nothing of.
bool areRemembered(const BuildOptions& options) { return options.project == nullptr && options.target == nullptr; }

}  // namespace

Session::Session(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Session::~Session() = default;

std::span<const std::int32_t> Session::kubernetesMinors() { return kubernetes::SchemaPack::minors(); }
int Session::kubernetesMinor() const { return state_->api.workspace.schema().minor(); }

const Options& Session::options() const { return state_->options; }

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
  const bool appears = state_->files.isAbsent(file);
  if (!appears && files()[file].text == text) return;
  state_->files.setAbsent(file, false);
  state_->forget();
  state_->files.setText(file, std::move(text));
  auto& edits = state_->edits;
  if (edits.size() < files().size()) edits.resize(files().size());
  ++edits[base::index(file)];
  // Any root may read what is no module, and a project concerns all of its files.
  const auto& path = files()[file].path;
  if (!path.ends_with(".kdsl") || path.ends_with("/project.kdsl")) ++state_->otherEdits;
  onLargeStack([&] { state_->invalidate(file); });
  if (appears) fileAppeared();
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

std::uint64_t Session::revision(source::FileId root) { return revisionOf(readFor(root)); }

std::uint64_t Session::revisionOf(std::span<const source::FileId> files) const {
  auto value = base::combine(state_->otherEdits, 0);
  const auto& edits = state_->edits;
  for (const auto file : files) {
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
  if (loaded.error == source::LoadError::None) return setText(file, std::move(loaded.text));
  setText(file, {});
  state_->files.setAbsent(file, true);
  state_->forget();  // its text may have been empty before
  ++state_->otherEdits;  // a project may name it
  onLargeStack([&] {
    for (std::uint32_t i = 0; i < files().size(); ++i) {
      const source::FileId other{i};
      if (other == file || !files()[other].path.ends_with(".kdsl")) continue;
      const auto& imports = state_->api.workspace.module(other).imports;
      if (std::ranges::any_of(imports, [&](const sema::ImportTarget& target) { return target.file == file; })) state_->invalidate(other);
    }
  });
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

std::string Session::nearestPage(std::string_view name) {
  std::string found;
  onLargeStack([&] { found = sema::nearestPage(state_->api.workspace, name); });
  return found;
}

convert::Conversion Session::convertManifests(std::string_view yaml) const {
  convert::Conversion result;
  onLargeStack([&] {
    const auto& schema = state_->api.workspace.schema();
    LibraryKinds kinds(schema.minor());
    result = convert::fromManifests(yaml, schema, kinds);
  });
  return result;
}

std::uint64_t Session::checksOf(source::FileId file) const {
  auto count = state_->api.workspace.checksOf(file);
  for (const auto& [minor, other] : state_->otherApis) count += other->workspace.checksOf(file);
  return count;
}

Counters Session::counters() const { return {state_->files.parses(), state_->api.workspace.counters().filesChecked, state_->builds}; }

}  // namespace kdsl::query
