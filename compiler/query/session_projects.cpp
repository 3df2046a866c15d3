// The projects that files are of, and the builds that projects name.
#include <algorithm>
#include <filesystem>
#include <set>

#include "query/build.hpp"
#include "query/read_project.hpp"
#include "query/session_state.hpp"
#include "query/setting_errors.hpp"

namespace kdsl::query {

namespace {

/// Of the path of a project file: it is read before anybody knows what it says.
constexpr std::string_view projectPathEnd = "/project.kdsl";

/// What kept evaluations may take together.
constexpr std::size_t keptBytes = std::size_t{128} << 20;
/// Nobody waits for longer than this takes to be told what a value is.
constexpr std::uint64_t evaluationSteps = 20'000'000;
constexpr std::size_t evaluationBytes = std::size_t{256} << 20;

}  // namespace

std::string Session::projectFolderOf(source::FileId file) {
  const auto& path = files()[file].path;
  if (!state_->followsProjects || !path.starts_with('/')) return {};
  auto [at, isNew] = state_->projectFolders.try_emplace(folderOf(path));
  if (isNew) at->second = findProjectFolder(path);
  return at->second;
}

std::vector<int> Session::versions(source::FileId file) {
  const auto own = kubernetesMinor();
  if (!state_->followsProjects) return {own};
  const auto& path = files()[file].path;
  if (path.ends_with(projectPathEnd)) return {own};
  const auto folder = projectFolderOf(file);
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
  const auto revisionNow = [&](source::FileId file) { return base::valid(file) ? revisionOf(closure(file)) : state_->otherEdits; };
  auto known = state_->projects.find(folder);
  if (known == state_->projects.end() || known->second.revision != revisionNow(known->second.file)) {
    known = state_->projects.insert_or_assign(folder, State::KnownProject{}).first;
    auto& [file, revision, project, found] = known->second;
    const auto path = joinPath(folder, projectFileName);
    file = state_->files.load(path, {}, displayPath(path), found);
    revision = revisionNow(file);
    const auto ofDependencies = policiesOfDependencies(folder, found);
    const bool good = base::valid(file) && std::none_of(found.begin(), found.end(), [](const diag::Diagnostic& diagnostic) { return diagnostic.severity == diag::Severity::Error; });
    if (good) onLargeStack([&] { project = readProject(state_->files, state_->api.workspace, file, ofDependencies, found); });
  }
  diagnostics.insert(diagnostics.end(), known->second.diagnostics.begin(), known->second.diagnostics.end());
  return known->second.project ? &*known->second.project : nullptr;
}

source::FileId Session::openPolicies(const PolicyUse& use, std::vector<diag::Diagnostic>& diagnostics) {
  return state_->files.resolveImport(use.from, {hir::PathUse::Import, base::intern(use.file), use.fileAt.span, base::none<hir::ExprId>}, diagnostics).file;
}

std::vector<diag::Diagnostic> Session::projectErrors(source::FileId file, const std::atomic<bool>* stop) {
  std::vector<diag::Diagnostic> found;
  const auto folder = projectFolderOf(file);
  const auto* known = folder.empty() ? nullptr : project(folder, found);
  if (known == nullptr) return found;
  const auto addOfSettings = [&](source::FileId root, const std::vector<Setting>& settings, const BuildOptions& options) {
    if (!base::valid(root) || settings.empty() || (stop != nullptr && *stop)) return;
    eval::Limits limits;
    limits.stop = stop;
    limits.steps = evaluationSteps;
    limits.memoryBytes = evaluationBytes;
    auto& api = state_->apiOf(versionFor(root, options));
    onLargeStack([&] {
      for (auto& one : settingErrors(state_->files, api.workspace, root, settings, limits)) found.push_back(std::move(one));
    });
  };
  // What is set for all targets is looked at once.
  const auto isOfAll = [&](const Setting& setting) {
    return std::ranges::any_of(known->policies, [&](const PolicyUse& use) { return std::ranges::any_of(use.params, [&](const Setting& one) { return one.value == setting.value; }); });
  };
  const bool isProjectFile = file == known->file;
  BuildOptions options;
  options.project = known;
  for (const auto& use : known->policies) {
    if (use.from != known->file) continue;
    const auto policies = openPolicies(use, found);
    if (isProjectFile && use.severity != PolicySeverity::Off) addOfSettings(policies, use.params, options);
  }
  for (const auto& target : known->targets) {
    options.target = &target;
    const auto root = openTarget(*known, target, found);
    if (isProjectFile || root == file) addOfSettings(root, target.params, options);
    for (const auto& use : target.policies) {
      if (!isProjectFile || use.severity == PolicySeverity::Off) continue;
      auto own = use.params;
      std::erase_if(own, isOfAll);
      std::vector<diag::Diagnostic> ignored;  // told above
      addOfSettings(openPolicies(use, ignored), own, options);
    }
  }
  return found;
}

std::vector<source::FileId> Session::readFor(source::FileId file) {
  auto all = closure(file);
  const auto folder = files()[file].path.ends_with(projectPathEnd) ? projectFolderOf(file) : std::string();
  std::vector<diag::Diagnostic> ignored;  // projectErrors tells them
  const auto* known = folder.empty() ? nullptr : project(folder, ignored);
  if (known == nullptr) return all;
  std::set<source::FileId> seen(all.begin(), all.end());
  const auto add = [&](source::FileId root) {
    if (!base::valid(root) || seen.contains(root)) return;
    for (const auto one : closure(root)) {
      if (seen.insert(one).second) all.push_back(one);
    }
  };
  for (const auto& target : known->targets) add(openTarget(*known, target, ignored));
  for (const auto& use : known->policies) add(openPolicies(use, ignored));
  return all;
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
  return state_->files.resolveImport(project.file, {hir::PathUse::Import, base::intern(target.file), target.fileAt.span, base::none<hir::ExprId>}, diagnostics).file;
}

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
      const auto from = openPolicies(use, ignored);
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

}  // namespace kdsl::query
