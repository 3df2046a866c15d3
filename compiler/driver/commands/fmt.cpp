#include <memory>

#include "driver/commands/commands.hpp"
#include "driver/inputs.hpp"
#include "base/line_diff.hpp"
#include "driver/output.hpp"
#include "driver/source_files.hpp"

namespace kdsl::driver {
namespace {

struct Options {
  InputOptions input;
  ReportOptions report;
  bool check = false;
  bool diff = false;
};

/// A file's text now and as it should be; the second is empty if the file has errors.
struct Formatted {
  std::string before;
  std::optional<std::string> after;

  bool differs() const { return after && *after != before; }
};

/// What `fmt` prints: differences, the names of files to format, or the formatted standard input.
std::string printed(const std::string& input, const Formatted& text, const Options& options) {
  const auto name = input == "-" ? std::string("<stdin>") : input;
  if (options.diff) return text.differs() ? base::unifiedDiff(text.before, *text.after, name, name + " (formatted)") : std::string();
  if (options.check) return text.differs() ? name + "\n" : std::string();
  return input == "-" && text.after ? *text.after : std::string();
}

ExitCode format(const Options& options) {
  const auto sources = expandFolders(options.input.files.empty() ? std::vector<std::string>{"."} : options.input.files);
  for (const auto& problem : sources.problems) writeStandardError("kdsl fmt: " + problem + "\n");
  std::vector<Formatted> texts(sources.paths.size());
  Workers workers(options.input, sources.paths);
  const auto report = workers.run(options.report, [&](std::size_t input, query::Session& session, source::FileId file) {
    texts[input] = {session.files()[file].text, session.format(file)};
    return session.syntaxErrors(file);
  });
  writeStandardError(reportText(report, options.report, 2));

  std::string output;
  bool anyDiffers = false;
  bool failed = !sources.problems.empty();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto& path = sources.paths[i];
    anyDiffers |= texts[i].differs();
    output += printed(path, texts[i], options);
    const bool writes = !options.check && !options.diff && path != "-" && texts[i].differs();
    if (writes && !writeFile(path, *texts[i].after)) failed = true;
  }
  if (!writeStandardOutput(output) || failed) return ExitCode::Failure;
  return report.hasErrors() || (options.check && anyDiffers) ? ExitCode::Findings : ExitCode::Ok;
}

}  // namespace

void addFmt(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("fmt", "Lay out files in the one standard way");
  command.details("Files are rewritten in place. A file with syntax errors stays as it is, and its errors are told.");
  const auto options = std::make_shared<Options>();
  command.texts("PATH", "PATH", options->input.files, "A .kdsl file, a folder of them, or `-`: from standard input to standard output. Default: the working folder");
  command.flag("--check", options->check, "Write nothing; list the files that are not formatted, and exit with 1 if there are any");
  command.flag("--diff", options->diff, "Write nothing; print what would change");
  addReportOptions(command, options->report);
  command.example("kdsl fmt .", "Format all files in this folder and below it");
  command.example("kdsl fmt --check --diff .", "For a pipeline: fail and show the differences");
  command.example("kdsl fmt - < main.kdsl", "Print main.kdsl formatted");
  command.action([options] { return format(*options); });
}

}  // namespace kdsl::driver
