#include "driver/target_check.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <unordered_set>

#include "base/line_diff.hpp"
#include "driver/diff_output.hpp"
#include "driver/target_output.hpp"
#include "query/object_sets.hpp"
#include "source/loader.hpp"

namespace kdsl::driver {
namespace {

/// The committed side: the files that differ, read as objects.
class Committed {
 public:
  explicit Committed(int kubernetesMinor) : session_(optionsFor(kubernetesMinor)) { objects_.files = &session_.files(); }

  /// False if the file holds no objects.
  bool add(const std::string& path) {
    std::vector<diag::Diagnostic> problems;
    const auto file = session_.open(path, problems);
    if (!base::valid(file)) return false;
    auto read = session_.manifest(file);
    if (!read.ok || read.objects.empty()) return false;
    query::ObjectSets::add(objects_, std::move(read));
    return true;
  }

  const query::ObjectSet& objects() const { return objects_; }

 private:
  static query::Options optionsFor(int kubernetesMinor) {
    query::Options options;
    options.kubernetesMinor = kubernetesMinor;
    return options;
  }

  query::Session session_;
  query::ObjectSet objects_;
};

}  // namespace

std::string describeDrift(const std::string& folder, const TargetBuild& build, bool isYaml, bool color) {
  const auto change = compareFolder(folder, build.result.objects, isYaml);
  if (change.written.empty() && change.removed.empty()) return {};
  Committed committed(build.kubernetesMinor);
  std::string byLines;
  std::unordered_set<std::string> told;
  for (const auto& file : change.written) {
    std::error_code ignored;
    if (!std::filesystem::exists(file.path, ignored) || committed.add(file.path)) continue;
    const auto known = source::loadFile(file.path);
    byLines += base::unifiedDiff(known.text, file.text, file.path, file.path + " (as built)");
    told.insert(file.path);
  }
  for (const auto& path : change.removed) {
    if (!committed.add(path)) byLines += base::unifiedDiff(source::loadFile(path).text, {}, path, "(no longer built)");
  }
  // Of the build, what those files hold or should hold.
  query::BuildResult built;
  built.ok = true;
  std::unordered_set<std::string> wanted;
  for (const auto& file : change.written) {
    if (!told.contains(file.path)) wanted.insert(file.path);
  }
  const auto files = fileForEachObject(build.result.objects, folder, isYaml);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (wanted.contains(files[i].path)) built.objects.push_back(build.result.objects[i]);
  }
  const auto after = query::ObjectSets::ofBuild(*build.files, std::move(built));
  const auto text = diffText(query::compare(committed.objects(), after, build.kubernetesMinor), committed.objects(), after, color);
  return text.empty() && byLines.empty() ? std::string() : fmt::format("{} in {}:\n{}{}", build.target, folder, text, byLines);
}

}  // namespace kdsl::driver
