// What a name is, and which values it has in the builds that the file is part of.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/values_text.hpp"

namespace kdsl::lsp {

query::ValueOptions valueOptions(const Context& context) {
  query::ValueOptions options;
  options.stop = &context.cancelled;
  for (const auto& [path, document] : context.workspace.documents()) options.roots.push_back(document.file);
  return options;
}

void registerHover(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/hover", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    auto& assistant = workspace.assistant();
    auto found = assistant.hover(place->file, place->offset);
    const auto values = valuesMarkdown(workspace, assistant.values(place->file, place->offset, valueOptions(context)));
    if (!found && values.empty()) return Json();
    if (!found) found = query::Hover{{}, assistant.valueSpan(place->file, place->offset).value_or(Span{place->offset, place->offset})};
    // First the value: it is what one looks for most often.
    const auto text = values.empty() ? found->markdown : values + (found->markdown.empty() ? "" : "\n---\n\n" + found->markdown);
    return Json{{"contents", markdown(text)}, {"range", workspace.range(place->file, found->span)}};
  });
}

}  // namespace kdsl::lsp
