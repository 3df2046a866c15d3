// `kdsl/why`: where the values of a place come from, in each build that the file is part of.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/values_text.hpp"

namespace kdsl::lsp {

RequestResult whyOf(Context& context, const Json& params) {
  auto& workspace = context.workspace;
  const auto place = placeOf(workspace, params);
  if (!place) return RequestError{ErrorCode::RequestFailed, "there is no such file"};
  auto options = valueOptions(context);
  options.inputs = query::Evaluation::Inputs::Follow;
  // Asked for by name, so every target is told, however long that takes; `$/cancelRequest` ends it.
  options.budget = std::chrono::minutes(10);
  auto& assistant = workspace.assistant();
  const auto views = assistant.values(place->file, place->offset, options);
  const auto span = assistant.valueSpan(place->file, place->offset);
  return Json{{"range", span ? Json(workspace.range(place->file, *span)) : Json()}, {"views", valuesJson(workspace, views)}};
}

void registerWhy(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("kdsl/why", [&context](const Json& params) { return whyOf(context, params); });
}

}  // namespace kdsl::lsp
