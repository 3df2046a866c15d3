// What a build makes: for programs, as virtual documents for clients of protocol 3.18, and the ways between its lines and the source.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/rendered_view.hpp"

namespace kdsl::lsp {
namespace {

RequestError noBuild(std::string problem) {
  const bool isCancelled = problem == "cancelled";
  return {isCancelled ? ErrorCode::RequestCancelled : ErrorCode::RequestFailed, std::move(problem)};
}

RequestResult contentOf(Context& context, const Json& params) {
  const auto& uri = params.at("uri").get_ref<const std::string&>();
  if (!isRenderedUri(uri)) {
    const auto file = context.workspace.fileOf(uri);
    if (!file) return noBuild("there is no such file");
    return Json{{"text", context.workspace.text(*file)}};
  }
  std::string problem;
  const auto* view = context.rendered->of(context, BuildChoice::ofRendered(uri), problem);
  if (view == nullptr) return noBuild(std::move(problem));
  return Json{{"text", view->text}};
}

/// `{uri, line}` → Location[]
RequestResult sourcesOf(Context& context, const Json& params) {
  std::string problem;
  const auto* view = context.rendered->of(context, BuildChoice::ofRendered(params.at("uri").get_ref<const std::string&>()), problem);
  if (view == nullptr) return noBuild(std::move(problem));
  Json places = Json::array();
  for (const auto& at : view->sourcesOf(params.at("line").get<std::uint32_t>())) places.push_back(context.workspace.location(at));
  return places;
}

/// `{textDocument, position, uri?}` → `{uri, ranges}`
RequestResult linesOf(Context& context, const Json& params) {
  auto& workspace = context.workspace;
  const auto place = placeOf(workspace, params);
  if (!place) return noBuild("there is no such file");
  const auto shown = textOr(params, "uri");
  const auto choice = shown.empty() ? BuildChoice::read(params) : BuildChoice::ofRendered(shown);
  std::string problem;
  const auto* view = context.rendered->of(context, choice, problem);
  if (view == nullptr) return noBuild(std::move(problem));
  Json ranges = Json::array();
  for (const auto& [first, last] : view->linesOf(workspace.session().files(), place->file, place->offset)) ranges.push_back(Range{{first, 0}, {last + 1, 0}});
  return Json{{"uri", choice.renderedUri()}, {"ranges", std::move(ranges)}};
}

}  // namespace

RequestResult renderedOf(Context& context, const Json& params) {
  const auto choice = BuildChoice::read(params);
  std::string problem;
  const auto* view = context.rendered->of(context, choice, problem);
  if (view == nullptr) return noBuild(std::move(problem));
  Json objects = Json::array();
  for (const auto& object : view->objects) {
    objects.push_back({{"apiVersion", object.apiVersion},
                       {"kind", object.kind},
                       {"name", object.name},
                       {"namespace", object.namespaceName},
                       {"line", object.line - view->commentLines},
                       {"text", view->textOf(object)}});
  }
  Json result{{"ok", view->ok}, {"uri", choice.renderedUri()}, {"text", view->yaml()}, {"commentLines", view->commentLines}, {"objects", std::move(objects)}, {"problems", view->problems}};
  if (view->isOld) result["builtAt"] = view->made->time;
  return result;
}

void registerRendered(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("kdsl/rendered", [&context](const Json& params) { return renderedOf(context, params); });
  dispatcher.onRequest("kdsl/sourceOfRendered", [&context](const Json& params) { return sourcesOf(context, params); });
  dispatcher.onRequest("kdsl/renderedOfSource", [&context](const Json& params) { return linesOf(context, params); });
  dispatcher.onRequest("workspace/textDocumentContent", [&context](const Json& params) { return contentOf(context, params); });
}

}  // namespace kdsl::lsp
