#include "driver/projects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "driver/parallel.hpp"

namespace kdsl::driver {
namespace {

/// Each word once, in the order of the first ones.
std::vector<std::string> distinct(const std::vector<std::string>& words) {
  std::vector<std::string> kept;
  for (const auto& word : words) {
    if (std::ranges::find(kept, word) == kept.end()) kept.push_back(word);
  }
  return kept;
}

/// A folder can be named like a target.
bool isFile(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored) && !std::filesystem::is_directory(path, ignored);
}

std::string listOf(const query::Project& project) {
  std::string names;
  for (const auto& target : project.targets) names += fmt::format("{}{}", names.empty() ? "" : ", ", target.name);
  return names.empty() ? "the project has no targets" : "its targets are " + names;
}

std::string noTarget(const query::Project& project, const std::string& word) {
  const auto near = project.nearTarget(word);
  return fmt::format("the project `{}` has no target `{}`; {}{}", project.name, word, near.empty() ? "" : fmt::format("did you mean `{}`? ", near), listOf(project));
}

std::string noProject(const std::string& word) { return fmt::format("`{}` is no file, and there is no project.kdsl here or above that could have such a target", word); }

std::unique_ptr<query::Session> sessionFor(int kubernetesMinor) {
  query::Options options;
  options.kubernetesMinor = kubernetesMinor;
  options.library = query::Options::Library::Reached;
  return std::make_unique<query::Session>(options);
}

}  // namespace

bool looksLikeTarget(const std::string& word) { return word != "-" && word.find('/') == std::string::npos && !word.ends_with(".kdsl") && !isFile(word); }

Subjects findSubjects(const std::vector<std::string>& given, InputOptions& options) {
  Subjects subjects;
  const auto words = distinct(given);
  const auto named = static_cast<std::size_t>(std::count_if(words.begin(), words.end(), looksLikeTarget));
  if (named != 0 && named != words.size()) {
    subjects.problem = "name either targets of the project or files, not both";
    return subjects;
  }
  const bool wantsTargets = named == words.size();  // none named: all
  if (!wantsTargets) subjects.files = words;
  subjects.folder = query::findProjectFolder(wantsTargets || words.front() == "-" ? std::string(".") : words.front());
  if (subjects.folder.empty()) {
    if (words.empty()) subjects.problem = "there is no project.kdsl here or above: name a file, or make a project with `kdsl init`";
    if (wantsTargets && !words.empty()) subjects.problem = noProject(words.front());
    return subjects;
  }
  subjects.session = sessionFor(0);
  subjects.project = subjects.session->project(subjects.folder, subjects.diagnostics);
  if (subjects.project == nullptr) return subjects;
  const auto& project = *subjects.project;
  if (options.kubernetesMinor == 0) options.kubernetesMinor = project.kubernetesMinor;
  if (!wantsTargets) return subjects;
  for (const auto& word : words) {
    if (project.target(word) != nullptr) continue;
    subjects.problem = noTarget(project, word);
    return subjects;
  }
  subjects.targets = words;
  if (words.empty()) {
    for (const auto& target : project.targets) subjects.targets.push_back(target.name);
    if (subjects.targets.empty()) subjects.problem = "the project has no targets: `targets.dev: { file: \"./main\" }` in project.kdsl makes one";
  }
  return subjects;
}

OpenedSubject openSubject(const std::string& word, const std::string& folder, const InputOptions& input) {
  OpenedSubject opened;
  opened.options.parameters = input.parameters;
  opened.session = sessionFor(input.kubernetesMinor);
  const bool isTarget = looksLikeTarget(word);
  const auto project = query::findProjectFolder(isTarget || word == "-" ? folder : word);
  if (project.empty()) {
    if (isTarget) {
      opened.problem = noProject(word);
    } else {
      opened.file = openInput(*opened.session, word, opened.diagnostics);
    }
    return opened;
  }
  // The project says for which version of Kubernetes; that is known only when it has been read.
  const auto* read = opened.session->project(project, opened.diagnostics);
  if (read == nullptr) return opened;
  const auto* target = isTarget ? read->target(word) : nullptr;
  if (isTarget && target == nullptr) {
    opened.problem = noTarget(*read, word);
    return opened;
  }
  const auto minor = target != nullptr && target->kubernetesMinor != 0 ? target->kubernetesMinor : read->kubernetesMinor;
  if (input.kubernetesMinor == 0 && minor != 0) {
    opened.session = sessionFor(minor);
    opened.diagnostics.clear();
    read = opened.session->project(project, opened.diagnostics);
    if (read == nullptr) return opened;
  }
  opened.options.project = read;
  opened.options.target = isTarget ? read->target(word) : nullptr;
  opened.file = isTarget ? opened.session->openTarget(*read, *opened.options.target, opened.diagnostics) : openInput(*opened.session, word, opened.diagnostics);
  return opened;
}

query::Session& TargetBuilds::session(std::size_t worker, int kubernetesMinor) {
  // The one that read the project is there already, with what it checked.
  if (worker == 0 && (kubernetesMinor == 0 || kubernetesMinor == subjects_.session->kubernetesMinor())) return *subjects_.session;
  auto& known = sessions_[worker][kubernetesMinor];
  if (known == nullptr) {
    known = sessionFor(kubernetesMinor);
  }
  return *known;
}

TargetBuild TargetBuilds::build(const std::string& name, std::size_t worker, query::BuildOptions options) {
  TargetBuild made;
  made.target = name;
  const auto ownMinor = subjects_.project->target(name)->kubernetesMinor;
  auto& session = this->session(worker, ownMinor != 0 ? ownMinor : options_.kubernetesMinor);
  made.files = &session.files();
  made.kubernetesMinor = session.kubernetesMinor();
  options.project = session.project(subjects_.folder, made.result.diagnostics);
  if (options.project == nullptr) return made;
  options.target = options.project->target(name);
  std::vector<diag::Diagnostic> problems;
  const auto file = session.openTarget(*options.project, *options.target, problems);
  if (base::valid(file)) made.result = session.build(file, options);
  auto& diagnostics = made.result.diagnostics;
  diagnostics.insert(diagnostics.begin(), problems.begin(), problems.end());
  return made;
}

std::vector<TargetBuild> TargetBuilds::run(const query::BuildOptions& options) {
  const auto workers = workersFor(subjects_.targets.size(), options_.jobs);
  sessions_.resize(workers);
  std::vector<TargetBuild> builds(subjects_.targets.size());
  runInParallel(builds.size(), workers, [&](std::size_t item, std::size_t worker) { builds[item] = build(subjects_.targets[item], worker, options); });
  return builds;
}

void addIdleEaches(std::vector<TargetBuild>& builds) {
  const auto keyOf = [](const TargetBuild& build, const diag::Diagnostic& diagnostic) {
    return fmt::format("{}:{}", (*build.files)[diagnostic.primary.at.file].path, diagnostic.primary.at.span.begin);
  };
  // Clauses of one file are in all targets that it is part of; one that found something in any of them is not idle.
  std::map<std::string, std::size_t> idleIn;
  for (const auto& build : builds) {
    for (const auto& diagnostic : build.result.idleEaches) ++idleIn[keyOf(build, diagnostic)];
  }
  std::map<std::string, std::size_t> builtFrom;
  for (const auto& build : builds) {
    for (const auto& file : build.result.files) ++builtFrom[(*build.files)[file].path];
  }
  for (auto& build : builds) {
    for (const auto& diagnostic : build.result.idleEaches) {
      if (idleIn[keyOf(build, diagnostic)] == builtFrom[(*build.files)[diagnostic.primary.at.file].path]) build.result.diagnostics.push_back(diagnostic);
    }
  }
}

}  // namespace kdsl::driver
