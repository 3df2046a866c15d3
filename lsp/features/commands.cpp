// Commands that a client may run: what editors offer beyond the protocol's requests.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/server/process.hpp"

namespace kdsl::lsp {
namespace {

/// The first argument: an object, or nothing.
const Json& argumentOf(const Json& params) {
  static const Json none = Json::object();
  const auto& arguments = at(params, {"arguments"});
  return arguments.is_array() && !arguments.empty() ? arguments[0] : none;
}

/// How often each file was checked that is not part of the binary: `{uri: count}`.
Json checksOf(Context& context) {
  auto& session = context.workspace.session();
  Json counts = Json::object();
  for (std::uint32_t i = 0; i < session.files().size(); ++i) {
    const FileId file{i};
    const auto& known = session.files()[file];
    if (!known.builtIn && known.path.starts_with('/')) counts[context.workspace.uri(file)] = session.checksOf(file);
  }
  return counts;
}

/// {files, parsed, checked, builds, documents, folders, kubernetes, residentBytes}
Json status(Context& context) {
  auto& session = context.workspace.session();
  const auto counters = session.counters();
  return {{"files", session.files().size()},
          {"parsed", counters.filesParsed},
          {"checked", counters.filesChecked},
          {"builds", counters.builds},
          {"documents", context.workspace.documents().size()},
          {"folders", context.workspace.folders()},
          {"kubernetes", "1." + std::to_string(session.kubernetesMinor())},
          {"residentBytes", residentBytes()}};
}

/// Text to paste into a report: the state of the server, without the contents of files.
std::string bugReport(Context& context) {
  std::string text = "### kdsl\n\n```json\n" + status(context).dump(2) + "\n```\n\n### Open documents\n\n";
  for (const auto& [path, document] : context.workspace.documents()) {
    std::size_t errors = 0, warnings = 0;
    for (const auto& one : context.diagnostics.of(document.file)) ++(one.severity == diag::Severity::Error ? errors : warnings);
    text += "- `" + path + "`: version " + std::to_string(document.version) + ", " + std::to_string(document.buffer.text().size()) + " bytes, " + std::to_string(errors) +
            " errors, " + std::to_string(warnings) + " others\n";
  }
  return text;
}

/// What a diagnostic says, on lines of its own: the message, the words at its place, the notes.
std::string problemText(const diag::Diagnostic& diagnostic) {
  auto text = diag::codeText(diagnostic) + ": " + diag::message(diagnostic);
  if (!diagnostic.primary.text.empty()) text += "\n" + diagnostic.primary.text;
  for (const auto& note : diagnostic.notes) text += "\n" + note;
  return text;
}

/// `{textDocument, title?}` → `{tests: [{title, location, passed, checks, milliseconds, problems}], problems}`; a problem is `{message, location}`
RequestResult runTests(Context& context, const Json& argument) {
  auto& workspace = context.workspace;
  const auto file = workspace.file(argument);
  if (!file) return RequestError{ErrorCode::RequestFailed, "there is no such file"};
  const auto title = textOr(argument, "title");
  query::TestOptions options;
  options.filter = title;
  options.limits.stop = &context.cancelled;
  const auto& path = workspace.session().files()[*file].path;
  std::vector<diag::Diagnostic> ignored;  // of project.kdsl, which shows them itself
  if (const auto folder = path.starts_with('/') ? query::findProjectFolder(path) : std::string(); !folder.empty()) options.project = workspace.session().project(folder, ignored);
  const auto run = workspace.session().test(*file, options);
  if (context.cancelled) return RequestError{ErrorCode::RequestCancelled, "cancelled"};
  const auto problemsOf = [&workspace](const std::vector<diag::Diagnostic>& diagnostics) {
    Json list = Json::array();
    for (const auto& one : diagnostics)
      list.push_back({{"message", problemText(one)}, {"location", base::valid(one.primary.at.file) ? Json(workspace.location(one.primary.at)) : Json()}});
    return list;
  };
  Json tests = Json::array();
  for (const auto& test : run.tests) {
    if (!title.empty() && test.title != title) continue;  // the filter takes parts of titles too
    tests.push_back({{"title", test.title},
                     {"location", workspace.location(test.at)},
                     {"passed", test.passed},
                     {"checks", test.checks},
                     {"milliseconds", test.milliseconds},
                     {"problems", problemsOf(test.diagnostics)}});
  }
  return Json{{"tests", std::move(tests)}, {"problems", problemsOf(run.diagnostics)}};
}

}  // namespace

void registerCommands(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("workspace/executeCommand", [&context](const Json& params) -> RequestResult {
    const auto& command = params.at("command").get_ref<const std::string&>();
    const auto& argument = argumentOf(params);
    if (command == "kdsl.server.render") return renderedOf(context, argument);
    if (command == "kdsl.server.runTests") return runTests(context, argument);
    if (command == "kdsl.server.targets") return targetsOf(context, argument);
    if (command == "kdsl.server.diff") return differenceOf(context, argument);
    if (command == "kdsl.server.why") return whyOf(context, argument);
    if (command == "kdsl.server.convertYaml") {
      auto converted = context.workspace.session().convertManifests(argument.at("text").get_ref<const std::string&>());
      converted.problems.insert(converted.problems.end(), converted.notes.begin(), converted.notes.end());
      return Json{{"text", converted.text}, {"problems", converted.problems}};
    }
    if (command == "kdsl.server.explain") {
      const auto page = context.workspace.session().explain(argument.at("path").get_ref<const std::string&>());
      return page ? Json(*page) : Json();
    }
    if (command == "kdsl.server.status") {
      auto found = status(context);
      if (flag(argument, {"checks"})) found["checks"] = checksOf(context);
      return found;
    }
    if (command == "kdsl.server.bugReport") return Json(bugReport(context));
    return RequestError{ErrorCode::InvalidParams, "no command `" + command + "`"};
  });
}

}  // namespace kdsl::lsp
