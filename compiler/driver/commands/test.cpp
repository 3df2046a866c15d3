#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/near_name.hpp"
#include "driver/commands/commands.hpp"
#include "driver/inputs.hpp"
#include "driver/output.hpp"
#include "driver/source_files.hpp"
#include "driver/test_output.hpp"
#include "driver/watch.hpp"
#include "emit/atomic_file.hpp"
#include "query/paths.hpp"

namespace kdsl::driver {
namespace {

enum class Format : std::uint8_t { Text, Tap, Junit, Json };

struct Options {
  InputOptions input;
  ReportOptions report;
  query::TestOptions test;
  Format format = Format::Text;
  bool verbose = false;
  bool watch = false;
};

std::string printed(const std::vector<FileTests>& files, const TestTotals& totals, const Options& options) {
  switch (options.format) {
    case Format::Tap: return testsAsTap(files);
    case Format::Junit: return testsAsJunit(files, totals);
    case Format::Json: return testsAsJson(files, totals);
    case Format::Text: break;
  }
  auto text = testsAsText(files, totals, options.report, options.verbose, 1);
  if (options.test.coverage) text += coverageAsText(files);
  return text;
}

/// Writes the snapshots that `--update` asked for; none if two tests want different ones in one file.
bool writeUpdates(const std::vector<FileTests>& files) {
  struct Wanted {
    const std::string* text;
    const std::string* test;
  };
  std::map<std::string, Wanted> byPath;
  for (const auto& file : files) {
    for (const auto& test : file.run.tests) {
      for (const auto& update : test.updates) {
        const auto [known, isNew] = byPath.try_emplace(update.path, Wanted{&update.text, &test.title});
        if (isNew || *known->second.text == update.text) continue;
        writeStandardError(fmt::format("kdsl test: the tests `{}` and `{}` want different snapshots in `{}`: give each a file of its own\n", *known->second.test, test.title, query::displayPath(update.path)));
        return false;
      }
    }
  }
  for (const auto& [path, wanted] : byPath) {
    if (emit::fileHolds(path, *wanted.text)) continue;
    if (!writeFile(path, *wanted.text)) return false;
    writeStandardError("wrote " + path + "\n");
  }
  return true;
}

/// The tests are run with the Kubernetes version of their project: the files of each version, with their positions.
std::map<int, std::vector<std::size_t>> byVersion(const std::vector<std::string>& paths, int wanted) {
  std::map<int, std::vector<std::size_t>> groups;
  std::map<std::string, int> known;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    auto minor = wanted;
    const auto folder = wanted == 0 ? query::findProjectFolder(paths[i]) : std::string();
    if (!folder.empty()) {
      const auto [found, isNew] = known.try_emplace(folder, 0);
      if (isNew) {
        query::Session session;
        std::vector<diag::Diagnostic> toldLater;
        if (const auto* project = session.project(folder, toldLater)) found->second = project->kubernetesMinor;
      }
      minor = found->second;
    }
    groups[minor].push_back(i);
  }
  return groups;
}

/// Why no test ran, if the filter wanted none of those that there are; else empty.
std::string noTestWanted(const std::vector<FileTests>& files, const std::string& filter) {
  std::vector<std::string_view> titles;
  for (const auto& file : files) {
    if (!file.run.tests.empty() || !file.run.diagnostics.empty()) return {};
    titles.insert(titles.end(), file.run.leftOut.begin(), file.run.leftOut.end());
  }
  if (filter.empty()) return {};
  auto text = fmt::format("kdsl test: no test has `{}` in its title", filter);
  if (titles.empty()) return text + ": there are no tests\n";
  auto near = base::nearest(filter, titles);
  for (std::size_t i = 0; i < titles.size() && near.empty(); ++i) {
    for (std::size_t at = 0; at < titles[i].size(); ++at) {
      const auto end = std::min(titles[i].find(' ', at), titles[i].size());
      const std::string_view word[] = {titles[i].substr(at, end - at)};
      if (!base::nearest(filter, word).empty()) near = titles[i];
      at = end;
    }
  }
  if (!near.empty()) return fmt::format("{}; did you mean `{}`?\n", text, near);
  constexpr std::size_t shown = 5;
  text += "; the tests are:\n";
  for (std::size_t i = 0; i < titles.size() && i < shown; ++i) text += fmt::format("  {}\n", titles[i]);
  return titles.size() > shown ? fmt::format("{}  and {} more\n", text, titles.size() - shown) : text;
}

/// One run. `read` gets the files on disk that it looked at.
ExitCode runOnce(const Options& options, std::vector<std::string>& read) {
  const auto sources = expandFolders(options.input.files.empty() ? std::vector<std::string>{"."} : options.input.files);
  for (const auto& problem : sources.problems) writeStandardError("kdsl test: " + problem + "\n");
  std::vector<FileTests> files(sources.paths.size());
  std::vector<std::unique_ptr<Workers>> workers;  // the results point into their sessions
  diag::Report unreadable;
  for (const auto& [minor, positions] : byVersion(sources.paths, options.input.kubernetesMinor)) {
    auto input = options.input;
    input.kubernetesMinor = minor;
    std::vector<std::string> paths;
    for (const auto position : positions) paths.push_back(sources.paths[position]);
    workers.push_back(std::make_unique<Workers>(input, paths, options.test.libraryCoverage ? query::Options::Library::Whole : query::Options::Library::Reached));
    const auto problems = workers.back()->run(options.report, [&, &group = positions](std::size_t index, query::Session& session, source::FileId file) {
      auto own = options.test;
      std::vector<diag::Diagnostic> ofProject;
      const auto folder = query::findProjectFolder(paths[index]);
      if (!folder.empty()) own.project = session.project(folder, ofProject);
      files[group[index]] = {paths[index], session.test(file, own), &session.files()};
      const auto& run = files[group[index]].run;
      if (run.tests.empty() && run.leftOut.empty()) return std::vector<diag::Diagnostic>{};  // nobody asked for the project
      std::erase_if(ofProject, [](const diag::Diagnostic& problem) { return problem.severity != diag::Severity::Error; });  // warnings belong to builds
      return ofProject;
    });
    for (const auto& problem : problems.entries()) unreadable.add(*problem.files, {problem.diagnostic});
  }
  std::erase_if(files, [](const FileTests& file) { return file.files == nullptr; });
  writeStandardError(reportText(unreadable, options.report, 2));
  std::set<std::string> paths(sources.paths.begin(), sources.paths.end());
  for (const auto& file : files) {
    for (std::uint32_t i = 0; i < file.files->size(); ++i) {
      const auto& known = (*file.files)[source::FileId{i}];
      if (!known.builtIn) paths.insert(known.path);
    }
  }
  read.assign(paths.begin(), paths.end());
  if (const auto problem = noTestWanted(files, options.test.filter); !problem.empty() && !unreadable.hasErrors() && sources.problems.empty()) {
    writeStandardError(problem);
    return ExitCode::Usage;
  }
  const auto totals = totalsOf(files);
  const bool written = writeStandardOutput(printed(files, totals, options));
  if (!writeUpdates(files) || !written || !sources.problems.empty()) return ExitCode::Failure;
  return totals.good() && !unreadable.hasErrors() ? ExitCode::Ok : ExitCode::Findings;
}

ExitCode test(const Options& options) {
  std::vector<std::string> read;
  auto code = runOnce(options, read);
  while (options.watch) {
    waitForChange(read);
    if (!writeStandardOutput("\n")) return ExitCode::Failure;
    code = runOnce(options, read);
  }
  return code;
}

}  // namespace

void addTest(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("test", "Run the tests of files");
  command.details("A test is an instance of its file: `test \"title\" { param: value, check … }`. Failures go to standard output; the exit code is 1 if there are any. `target(\"prod\")` in a test is what a target of the project builds.");
  const auto options = std::make_shared<Options>();
  command.texts("PATH", "PATH", options->input.files, "A .kdsl file or a folder of them. Default: the working folder");
  command.text("--filter", "TEXT", options->test.filter, "Only tests whose title contains TEXT. An error if there are none");
  command.flag("--update", options->test.update, "Write the files that `golden` compares with, instead of comparing");
  command.flag("--coverage", options->test.coverage, "Also tell which components, params, checks and branches no test reached");
  command.flag("--coverage-library", options->test.libraryCoverage, "With --coverage: of the standard library as well");
  command.choice("--format", options->format, Choices<Format>{{"text", Format::Text}, {"tap", Format::Tap}, {"junit", Format::Junit}, {"json", Format::Json}}, "How results are written. Default: text");
  command.flag("-v,--verbose", options->verbose, "List the tests that pass as well");
  command.flag("--watch", options->watch, "Run again whenever a file changes, until interrupted");
  addInputOptions(command, options->input);
  addReportOptions(command, options->report);
  command.example("kdsl test", "Run all tests in this folder and below it");
  command.example("kdsl test web.kdsl --filter prod -v", "Run some tests of one file, and list them");
  command.example("kdsl test --update", "Accept the output as it is now");
  command.example("kdsl test --format junit > tests.xml", "For a pipeline");
  command.action([options] { return test(*options); });
}

}  // namespace kdsl::driver
