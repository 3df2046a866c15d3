#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "driver/commands/commands.hpp"
#include "driver/inputs.hpp"
#include "driver/output.hpp"
#include "driver/source_files.hpp"
#include "driver/test_output.hpp"
#include "driver/watch.hpp"

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

/// Writes the snapshots that `--update` asked for.
bool writeUpdates(const std::vector<FileTests>& files) {
  for (const auto& file : files) {
    for (const auto& test : file.run.tests) {
      for (const auto& update : test.updates) {
        if (!writeFile(update.path, update.text)) return false;
        writeStandardError("wrote " + update.path + "\n");
      }
    }
  }
  return true;
}

/// One run. `read` gets the files on disk that it looked at.
ExitCode runOnce(const Options& options, std::vector<std::string>& read) {
  const auto sources = expandFolders(options.input.files.empty() ? std::vector<std::string>{"."} : options.input.files);
  for (const auto& problem : sources.problems) writeStandardError("kdsl test: " + problem + "\n");
  std::vector<FileTests> files(sources.paths.size());
  Workers workers(options.input, sources.paths);
  const auto unreadable = workers.run(options.report, [&](std::size_t input, query::Session& session, source::FileId file) {
    auto own = options.test;
    std::vector<diag::Diagnostic> ofProject;
    const auto folder = query::findProjectFolder(sources.paths[input]);
    if (!folder.empty()) own.project = session.project(folder, ofProject);
    files[input] = {sources.paths[input], session.test(file, own), &session.files()};
    return std::vector<diag::Diagnostic>{};
  });
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
  command.details("A test is an instance of its file: `test \"title\" { param: value, check … }`. Failures go to standard output; the exit code is 1 if there are any.");
  const auto options = std::make_shared<Options>();
  command.texts("PATH", "PATH", options->input.files, "A .kdsl file or a folder of them. Default: the working folder");
  command.text("--filter", "TEXT", options->test.filter, "Only tests whose title contains TEXT");
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
