#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "diag/report.hpp"
#include "docgen/site.hpp"
#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "driver/output.hpp"
#include "driver/report_output.hpp"
#include "driver/source_files.hpp"
#include "query/documentation.hpp"
#include "query/session.hpp"

namespace kdsl::driver {
namespace {

namespace fs = std::filesystem;

enum class DocFormat : std::uint8_t { Html, Markdown, Json };

struct Options {
  std::vector<std::string> paths;
  std::string output;
  std::string title;
  DocFormat format = DocFormat::Html;
  ReportOptions report;
};

/// A file or a module of the library, and what it is called.
struct Input {
  std::string path;
  std::string name;
  bool isLibrary = false;
};

bool isLibraryPath(const std::string& path) { return path == "std" || path.starts_with("std/"); }

/// A file is called after its place below the folder that was named, without the ending.
std::string nameOf(const std::string& file, const std::string& named) {
  std::error_code ignored;
  auto relative = fs::is_directory(named, ignored) ? fs::path(file).lexically_relative(fs::path(named).lexically_normal()) : fs::path(file).filename();
  if (relative.empty()) relative = fs::path(file).filename();
  return relative.replace_extension().generic_string();
}

/// False, and a message, if a path names nothing.
bool findInputs(const std::vector<std::string>& paths, std::vector<Input>& inputs) {
  bool good = true;
  for (const auto& path : paths) {
    std::error_code ignored;
    if (isLibraryPath(path) && !fs::exists(path, ignored)) {
      const auto before = inputs.size();
      for (const auto& module : query::libraryPaths()) {
        if (path == "std" || module == path || module.starts_with(path + "/")) inputs.push_back({module, module, true});
      }
      if (inputs.size() != before) continue;
      writeStandardError(fmt::format("kdsl doc: the standard library has no module `{}`\n", path));
      good = false;
      continue;
    }
    const auto files = expandFolders({path});
    for (const auto& problem : files.problems) writeStandardError("kdsl doc: " + problem + "\n");
    good &= files.problems.empty();
    for (const auto& file : files.paths) inputs.push_back({file, nameOf(file, path), false});
  }
  return good;
}

/// The modules that have something to show, sorted; two of one name are told apart by numbers.
std::vector<query::DocModule> sorted(std::vector<query::DocModule> modules) {
  std::erase_if(modules, [](const query::DocModule& module) { return module.items.empty() && module.checks.empty() && module.doc.empty(); });
  std::stable_sort(modules.begin(), modules.end(), [](const query::DocModule& a, const query::DocModule& b) { return a.path < b.path; });
  for (std::size_t i = 1, number = 2; i < modules.size(); ++i) {
    number = modules[i].path == modules[i - 1].path ? number : 2;
    for (auto k = i; k < modules.size() && modules[k].path == modules[i - 1].path; ++k) modules[k].path += fmt::format("-{}", number++);
  }
  return modules;
}

bool writePages(const std::vector<docgen::Page>& pages, const std::string& folder) {
  return std::all_of(pages.begin(), pages.end(), [&](const docgen::Page& page) { return writeFile((fs::path(folder) / page.path).string(), page.text); });
}

ExitCode document(const Options& options) {
  if (options.output.empty() && options.format != DocFormat::Json) return usageError("doc", "--output is needed: the folder to write to");
  std::vector<Input> inputs;
  if (!findInputs(options.paths.empty() ? std::vector<std::string>{"."} : options.paths, inputs)) return ExitCode::Failure;
  // One session: what a type names in another module is found by its file.
  query::Session session;
  diag::Report report;
  std::vector<query::DocModule> modules;
  for (const auto& input : inputs) {
    std::vector<diag::Diagnostic> diagnostics;
    const auto file = input.isLibrary ? query::openLibrary(session, input.path) : session.open(input.path, diagnostics);
    if (base::valid(file)) {
      auto found = session.staticErrors(file);
      diagnostics.insert(diagnostics.end(), found.begin(), found.end());
      modules.push_back(query::documentation(session, file, input.name));
    }
    // What is documented need not build yet, but it has to be understood: warnings are for `kdsl check`.
    std::erase_if(diagnostics, [](const diag::Diagnostic& diagnostic) { return diagnostic.severity != diag::Severity::Error; });
    report.add(session.files(), wanted(std::move(diagnostics), options.report));
  }
  writeStandardError(reportText(report, options.report, 2));
  if (report.hasErrors()) return ExitCode::Findings;
  modules = sorted(std::move(modules));
  const auto title = options.title.empty() ? std::string("Documentation") : options.title;
  switch (options.format) {
    case DocFormat::Json: {
      const auto text = docgen::renderJson(modules);
      const bool written = options.output.empty() ? writeStandardOutput(text) : writeFile(options.output, text);
      return written ? ExitCode::Ok : ExitCode::Failure;
    }
    case DocFormat::Markdown:
      if (!writePages(docgen::renderMarkdown(modules, title), options.output)) return ExitCode::Failure;
      break;
    case DocFormat::Html:
      if (!writePages(docgen::renderSite(modules, title), options.output)) return ExitCode::Failure;
      break;
  }
  if (!options.report.quiet) writeStandardError(fmt::format("Documented {} module{} in {}\n", modules.size(), modules.size() == 1 ? "" : "s", options.output));
  return ExitCode::Ok;
}

}  // namespace

void addDoc(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("doc", "Make documentation from the source");
  command.details(
      "Every declaration that is not private, with its comment, types, defaults and checks; names are links. The site has a search and works from files, without a server. "
      "Equal source gives equal bytes.");
  const auto options = std::make_shared<Options>();
  command.texts("PATH", "PATH", options->paths, "A .kdsl file, a folder of them, or modules of the standard library: `std`, `std/app`. Default: this folder");
  command.text("-o,--output", "DIR", options->output, "The folder to write to; of json the file. Default, for json only: standard output");
  command.choice("--format", options->format, Choices<DocFormat>{{"html", DocFormat::Html}, {"markdown", DocFormat::Markdown}, {"json", DocFormat::Json}},
                 "html: a static site; markdown: a page a module; json: for programs");
  command.text("--title", "TEXT", options->title, "The site's title. Default: Documentation");
  addReportOptions(command, options->report);
  command.example("kdsl doc . -o site", "A site of all modules in this folder");
  command.example("kdsl doc std -o site --title 'Standard library'", "The standard library's");
  command.action([options] { return document(*options); });
}

}  // namespace kdsl::driver
