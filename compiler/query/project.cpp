#include "query/project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/near_name.hpp"
#include "codec/data.hpp"
#include "diag/codes/projects.hpp"
#include "eval/builtins/data_value.hpp"
#include "kubernetes/schema.hpp"
#include "query/file_errors.hpp"
#include "query/paths.hpp"
#include "query/read_project.hpp"

namespace kdsl::query {

namespace code = diag::code;
using codec::Data;
using eval::Evaluator;
using eval::Place;

const ProjectTarget* Project::target(std::string_view wanted) const {
  const auto found = std::find_if(targets.begin(), targets.end(), [&](const ProjectTarget& candidate) { return candidate.name == wanted; });
  return found == targets.end() ? nullptr : &*found;
}

std::string_view Project::nearTarget(std::string_view wanted) const {
  std::vector<std::string_view> names;
  names.reserve(targets.size());
  for (const auto& candidate : targets) names.push_back(candidate.name);
  return base::nearest(wanted, names);
}

std::string findProjectFolder(std::string_view path) {
  std::error_code error;
  std::filesystem::path folder = absolutePath(path);
  if (!std::filesystem::is_directory(folder, error)) folder = folder.parent_path();
  for (; !folder.empty(); folder = folder.parent_path()) {
    if (std::filesystem::is_regular_file(folder / projectFileName, error)) return folder.string();
    if (folder == folder.parent_path()) break;
  }
  return {};
}

namespace {

/// The minor version of "1.34"; 0 if the program does not know it.
int knownMinor(std::string_view text) {
  int minor = 0;
  if (!text.starts_with("1.") || std::from_chars(text.data() + 2, text.data() + text.size(), minor).ec != std::errc{}) return 0;
  const auto known = kubernetes::SchemaPack::minors();
  return std::find(known.begin(), known.end(), minor) == known.end() ? 0 : minor;
}

/// Reads the members of an instance of std/project_file.
class ProjectReader {
 public:
  ProjectReader(Evaluator& evaluator, Place* root, FileId file) : e_(evaluator), root_(root), file_(file) {}

  void read(Project& project, const std::vector<PolicyUse>& ofDependencies) {
    project.name = text(root_, "name");
    project.kubernetesMinor = minor(root_);
    each(root_, "policies", [&](std::string name, Place* use) { project.policies.push_back(policyUse(std::move(name), use)); });
    project.policies.insert(project.policies.end(), ofDependencies.begin(), ofDependencies.end());
    each(root_, "targets", [&](std::string name, Place* target) { project.targets.push_back(readTarget(std::move(name), target, project.policies)); });
  }

 private:
  Place* field(Place* place, std::string_view name) { return e_.child(place, base::intern(name)); }

  std::string text(Place* place, std::string_view name) {
    const auto value = e_.force(field(place, name));
    return value.is(eval::ValueKind::String) ? std::string(value.asString()) : std::string();
  }

  int minor(Place* place) {
    const auto written = text(place, "kubernetes");
    if (written.empty()) return 0;
    const auto known = knownMinor(written);
    if (known == 0) {
      const auto all = kubernetes::SchemaPack::minors();
      e_.report(code::unknown_kubernetes_version, e_.whereSet(field(place, "kubernetes")), {written}).label(fmt::format("the program knows 1.{} to 1.{}", all.front(), all.back()));
    }
    return known;
  }

  template <typename Visit>
  void each(Place* place, std::string_view name, const Visit& visit) {
    const auto map = e_.force(field(place, name));
    if (!map.is(eval::ValueKind::Record)) return;
    for (const auto key : e_.keys(map.asRecord())) {
      const auto entry = e_.force(e_.child(map.asRecord(), key));
      if (entry.is(eval::ValueKind::Record)) visit(std::string(base::text(key)), entry.asRecord());
    }
  }

  std::vector<Setting> settings(Place* place) {
    std::vector<Setting> found;
    const auto map = e_.force(field(place, "params"));
    if (!map.is(eval::ValueKind::Record)) return found;
    for (const auto key : e_.keys(map.asRecord())) {
      auto* entry = e_.child(map.asRecord(), key);
      const auto value = e_.force(entry);
      if (value.isAbsent() || value.isError()) continue;
      const auto at = e_.whereSet(entry);
      eval::BuiltinCall call(e_, at, {});
      if (auto data = eval::builtins::toData(call, value)) found.push_back({std::string(base::text(key)), std::make_shared<Data>(std::move(*data)), at});
    }
    return found;
  }

  static PolicySeverity severityOf(std::string_view word) {
    if (word == "warning") return PolicySeverity::Warning;
    return word == "off" ? PolicySeverity::Off : PolicySeverity::Error;
  }

  PolicyUse policyUse(std::string name, Place* place) { return {std::move(name), text(place, "file"), e_.whereSet(field(place, "file")), file_, settings(place), severityOf(text(place, "severity")), e_.madeAt(place)}; }

  ProjectTarget readTarget(std::string name, Place* place, std::vector<PolicyUse> policies) {
    ProjectTarget target{std::move(name), text(place, "file"), e_.whereSet(field(place, "file")), text(place, "namespace"), minor(place), settings(place), std::move(policies), e_.madeAt(place)};
    each(place, "policies", [&](const std::string& policyName, Place* wanted) {
      const auto use = std::find_if(target.policies.begin(), target.policies.end(), [&](const PolicyUse& candidate) { return candidate.name == policyName; });
      if (use == target.policies.end()) {
        auto& diagnostic = e_.report(code::unknown_policy, e_.madeAt(wanted), {policyName});
        std::vector<std::string_view> names;
        names.reserve(target.policies.size());
        for (const auto& candidate : target.policies) names.push_back(candidate.name);
        if (const auto near = base::nearest(policyName, names); !near.empty()) diagnostic.label(fmt::format("did you mean `{}`?", near));
        return;
      }
      if (const auto severity = text(wanted, "severity"); !severity.empty()) use->severity = severityOf(severity);
      for (auto& setting : settings(wanted)) {
        std::erase_if(use->params, [&](const Setting& known) { return known.name == setting.name; });
        use->params.push_back(std::move(setting));
      }
    });
    return target;
  }

  Evaluator& e_;
  Place* root_;
  FileId file_;
};

}  // namespace

std::optional<Project> readProject(LoadedFiles& files, sema::Workspace& workspace, FileId file, const std::vector<PolicyUse>& ofDependencies, std::vector<diag::Diagnostic>& out) {
  Project project;
  project.file = file;
  project.folder = folderOf(files.table()[file].path);
  const auto before = out.size();
  const auto failed = [&] { return std::any_of(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), [](const diag::Diagnostic& found) { return found.severity == diag::Severity::Error; }); };
  project.dependencies = writtenDependencies(*files.hir(file), out);
  const auto closure = importClosure(workspace, file);
  for (const auto member : closure) {
    const auto found = errorsOf(files, workspace, member);
    out.insert(out.end(), found.begin(), found.end());
  }
  if (failed()) return std::nullopt;
  BuildInputs inputs(files, {});
  for (const auto member : closure) inputs.load(workspace.module(member), out);
  inputs.load(workspace.module(files.prelude()), out);
  if (failed()) return std::nullopt;
  diag::Sink sink;
  Evaluator evaluator(workspace, inputs, sink);
  auto* root = evaluator.root(file);
  eval::BuildWalk walk(evaluator);
  walk.root(root);
  if (!sink.hasErrors()) ProjectReader(evaluator, root, file).read(project, ofDependencies);
  out.insert(out.end(), sink.all().begin(), sink.all().end());
  if (failed()) return std::nullopt;
  return project;
}

}  // namespace kdsl::query
