#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "driver/commands/commands.hpp"
#include "driver/diff_output.hpp"
#include "driver/git_tree.hpp"
#include "driver/output.hpp"
#include "driver/parallel.hpp"
#include "driver/projects.hpp"
#include "driver/terminal.hpp"

namespace kdsl::driver {
namespace {

struct Options {
  InputOptions input;
  ReportOptions report;
  std::string first;
  std::string second;
  std::string revision;
  unsigned gitTimeout = 30;
  bool isJson = false;
};

/// Objects as they were written before, not a program.
bool isManifest(const std::string& path) { return path == "-" || path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json"); }

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  if (what.empty()) return text;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
  return text;
}

/// One of the two: where it is looked for, and what it makes.
struct Side {
  std::string word;
  std::string folder = ".";
  OpenedSubject subject;
  query::ObjectSet objects;
};

void make(Side& side, const InputOptions& input) {
  if (!isManifest(side.word)) {
    side.subject = openSubject(side.word, side.folder, input);
    if (base::valid(side.subject.file)) side.objects = side.subject.session->objects(side.subject.file, side.subject.options);
    return;
  }
  query::Options options;
  options.kubernetesMinor = input.kubernetesMinor;
  side.subject.session = std::make_unique<query::Session>(options);
  side.subject.file = openInput(*side.subject.session, side.word, side.subject.diagnostics);
  if (base::valid(side.subject.file)) side.objects = side.subject.session->manifest(side.subject.file);
}

/// Opens `side` as it was at the revision; the result says what went wrong.
std::string checkOut(Side& side, GitTree& tree, const Options& options) {
  const bool isTarget = looksLikeTarget(side.word);
  const auto folder = isTarget ? query::findProjectFolder(".") : std::string();
  if (isTarget && folder.empty()) return fmt::format("`{}` is no file, and there is no project.kdsl here or above that could have such a target", side.word);
  if (auto problem = tree.checkOut(isTarget ? folder + "/" + std::string(query::projectFileName) : side.word, options.revision, options.gitTimeout); !problem.empty()) return problem;
  if (isTarget) {
    side.folder = std::filesystem::path(tree.path()).parent_path().string();
  } else {
    side.word = tree.path();
  }
  return {};
}

/// Of two targets, the namespaces that they are in: what is in the one is compared with what is in the other. None if it is one target at two times.
delta::NamespacePair namespacesOf(const Side& before, const Side& after) {
  const auto own = [](const Side& side) {
    const auto* target = side.subject.options.target;
    return target == nullptr ? std::string() : target->namespace_.empty() ? query::onlyNamespace(side.objects) : target->namespace_;
  };
  if (before.word == after.word) return {};
  delta::NamespacePair pair{own(before), own(after)};
  if (pair.before.empty() || pair.after.empty()) return {};
  return pair;
}

ExitCode diff(const Options& options) {
  if (options.second.empty() == options.revision.empty()) return usageError("diff", "give what to compare with: a second file, or --git REVISION");
  if (options.first == "-" && (options.second == "-" || !options.revision.empty())) return usageError("diff", "standard input can be one of the two, not both");
  std::vector<Side> sides(2);
  auto& before = sides[0];
  auto& after = sides[1];
  GitTree tree;
  before.word = options.first;
  after.word = options.revision.empty() ? options.second : options.first;
  if (!options.revision.empty()) {
    if (const auto problem = checkOut(before, tree, options); !problem.empty()) {
      writeStandardError(fmt::format("kdsl diff: {}\n", problem));
      return ExitCode::Failure;
    }
  } else if (isManifest(after.word) && !isManifest(before.word)) {
    std::swap(before, after);  // what was written before is what was before
  }
  runInParallel(2, workersFor(2, options.input.jobs), [&](std::size_t side, std::size_t) { make(sides[side], options.input); });

  diag::Report report;
  for (auto& side : sides) {
    if (!side.subject.problem.empty()) return usageError("diff", side.subject.problem);
    auto& found = side.subject.diagnostics;
    found.insert(found.end(), side.objects.diagnostics.begin(), side.objects.diagnostics.end());
    std::erase_if(found, [](const diag::Diagnostic& diagnostic) { return diagnostic.severity != diag::Severity::Error; });  // warnings belong to builds
    report.add(side.subject.session->files(), found);
  }
  const auto named = [&](std::string text) { return replaced(std::move(text), tree.prefix(), options.revision + ":"); };
  writeStandardError(named(reportText(report, options.report, 2)));
  if (!before.objects.ok || !after.objects.ok) return ExitCode::Failure;

  const auto comparison = query::compare(before.objects, after.objects, after.subject.session->kubernetesMinor(), namespacesOf(before, after));
  const auto text = options.isJson ? diffJson(comparison, before.objects, after.objects) : diffText(comparison, before.objects, after.objects, wantsColor(options.report.color, 1));
  if (!writeStandardOutput(named(text))) return ExitCode::Failure;
  return comparison.isEqual() ? ExitCode::Ok : ExitCode::Findings;
}

}  // namespace

void addDiff(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("diff", "Show how the objects of two builds differ");
  command.details(
      "Compares by object and field: lists by the keys that the API gives them, quantities by value. Each difference names the place on either "
      "side. Either side may be a file of YAML or JSON objects (`-`: standard input); beside a .kdsl file it is what was before. Exit code: 0 if "
      "nothing differs, 1 if something does, 3 if a side could not be built.");
  const auto options = std::make_shared<Options>();
  command.text("BEFORE", "FILE", options->first, "A target of the project, a .kdsl file, or objects in a .yaml or .json file");
  command.required();
  command.text("AFTER", "FILE", options->second, "The same");
  command.text("--git", "REVISION", options->revision, "Compare the target or file with itself at this revision of its git repository");
  command.number("--git-timeout", "SECONDS", options->gitTimeout, 1, 3600, "How long git may take. Default: 30");
  command.choice("--format", options->isJson, Choices<bool>{{"text", false}, {"json", true}}, "How differences are written. Default: text");
  addInputOptions(command, options->input);
  addReportOptions(command, options->report);
  command.example("kdsl diff dev prod", "How production differs from development");
  command.example("kdsl diff prod --git main", "What the changes since main do to production");
  command.example("kdsl diff old.yaml prod.kdsl", "What would change over objects that were written before");
  command.example("kubectl get deployment web -o yaml | kdsl diff - prod.kdsl", "The same over an object of the cluster");
  command.action([options] { return diff(*options); });
}

}  // namespace kdsl::driver
