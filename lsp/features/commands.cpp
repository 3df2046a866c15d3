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

}  // namespace

void registerCommands(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("workspace/executeCommand", [&context](const Json& params) -> RequestResult {
    const auto& command = params.at("command").get_ref<const std::string&>();
    const auto& argument = argumentOf(params);
    if (command == "kdsl.server.render") return renderedOf(context, argument);
    if (command == "kdsl.server.convertYaml") {
      const auto converted = context.workspace.session().convertManifests(argument.at("text").get_ref<const std::string&>());
      return Json{{"text", converted.text}, {"problems", converted.problems}};
    }
    if (command == "kdsl.server.explain") {
      const auto page = context.workspace.session().explain(argument.at("path").get_ref<const std::string&>());
      return page ? Json(*page) : Json();
    }
    if (command == "kdsl.server.status") return status(context);
    if (command == "kdsl.server.bugReport") return Json(bugReport(context));
    return RequestError{ErrorCode::InvalidParams, "no command `" + command + "`"};
  });
}

}  // namespace kdsl::lsp
