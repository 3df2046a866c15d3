#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/line_edits.hpp"

namespace kdsl::lsp {

void registerFormatting(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/formatting", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    // A file with syntax errors is left alone.
    const auto formatted = workspace.session().format(*file);
    return formatted ? Json(lineEdits(workspace.text(*file), *formatted, workspace.client.unit)) : Json();
  });

  dispatcher.onRequest("textDocument/rangeFormatting", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    const auto formatted = workspace.session().format(*file);
    if (!formatted) return Json();
    const auto range = params.at("range").get<Range>();
    // The layout of a line depends on nothing outside of its construct, so the edits within the range can be made alone.
    auto edits = lineEdits(workspace.text(*file), *formatted, workspace.client.unit);
    std::erase_if(edits, [&](const TextEdit& edit) { return edit.range.end < range.start || edit.range.start > range.end; });
    return Json(edits);
  });
}

}  // namespace kdsl::lsp
