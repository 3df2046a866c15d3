// The client asks for diagnostics instead of being told: of a document, or of all files of its folders.
#include <functional>
#include <map>

#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/server/progress.hpp"

namespace kdsl::lsp {

namespace {

Json reportOf(Context& context, FileId file, const std::vector<diag::Diagnostic>& found, std::string_view previous) {
  Json items = Json::array();
  for (const auto& one : found) items.push_back(context.diagnostics.toJson(file, one));
  const auto resultId = std::to_string(std::hash<std::string>{}(serialized(items)));
  if (previous == resultId) return Json{{"kind", "unchanged"}, {"resultId", resultId}};
  return Json{{"kind", "full"}, {"resultId", resultId}, {"items", std::move(items)}};
}

/// The ids of what the client has, by URI.
std::map<std::string, std::string> previousIds(const Json& params) {
  std::map<std::string, std::string> ids;
  for (const auto& one : params.at("previousResultIds")) ids.emplace(one.at("uri").get<std::string>(), one.at("value").get<std::string>());
  return ids;
}

}  // namespace

void registerDiagnostics(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/diagnostic", [&context](const Json& params) -> RequestResult {
    const auto file = context.workspace.file(params);
    if (!file) return Json{{"kind", "full"}, {"items", Json::array()}};
    context.diagnostics.pulled(*file);
    return reportOf(context, *file, context.diagnostics.of(*file), textOr(params, "previousResultId"));
  });

  // Checks one file after the other; with a token for partial results each is sent as it is known.
  dispatcher.onRequest("workspace/diagnostic", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    workspace.loadProject();
    const auto ids = previousIds(params);
    const auto token = at(params, {"partialResultToken"});
    WorkProgress progress(context.client, at(params, {"workDoneToken"}), "Checking");
    Json items = Json::array();
    const auto files = workspace.projectFiles();
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (context.cancelled) break;
      const auto file = files[i];
      progress.report(i, files.size());
      const auto uri = workspace.uri(file);
      const auto known = ids.find(uri);
      auto report = reportOf(context, file, context.diagnostics.of(file), known == ids.end() ? std::string_view{} : known->second);
      report["uri"] = uri;
      const auto* document = workspace.documentOf(file);
      report["version"] = document != nullptr ? Json(document->version) : Json();
      items.push_back(std::move(report));
      if (token.is_null()) continue;
      context.client.notify("$/progress", {{"token", token}, {"value", {{"items", std::move(items)}}}});
      items = Json::array();
    }
    return Json{{"items", std::move(items)}};
  });
}

}  // namespace kdsl::lsp
