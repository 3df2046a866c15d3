#include <algorithm>

#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/features/line_edits.hpp"

namespace kdsl::lsp {
namespace {

/// The edits of the standard format that touch one of the ranges: the layout of a line depends on nothing outside of its construct, so they can
/// be made alone.
Json editsWithin(Workspace& workspace, const Json& params, const std::vector<Range>& ranges) {
  const auto file = workspace.file(params);
  if (!file) return Json();
  const auto formatted = workspace.session().format(*file);
  if (!formatted) return Json();
  auto edits = lineEdits(workspace.text(*file), *formatted, workspace.client.unit);
  std::erase_if(edits, [&](const TextEdit& edit) {
    return std::none_of(ranges.begin(), ranges.end(), [&](const Range& range) { return range.start <= edit.range.end && edit.range.start <= range.end; });
  });
  return edits;
}

}  // namespace

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
    return editsWithin(context.workspace, params, {params.at("range").get<Range>()});
  });
  dispatcher.onRequest("textDocument/rangesFormatting", [&context](const Json& params) -> RequestResult {
    return editsWithin(context.workspace, params, params.at("ranges").get<std::vector<Range>>());
  });

  dispatcher.onRequest("textDocument/onTypeFormatting", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    const auto found = workspace.assistant().indentation(place->file, place->offset);
    if (!found) return Json();
    const auto blanks = workspace.text(place->file).substr(found->blanks.begin, found->blanks.size());
    // A bracket that closes something on the line where it was opened, or behind other text, is left where it is.
    const bool isFirst = place->offset <= found->blanks.end + 1;
    if (!isFirst || blanks == std::string(found->wanted, ' ')) return Json::array();
    return Json::array({TextEdit{workspace.range(place->file, found->blanks), std::string(found->wanted, ' ')}});
  });
}

}  // namespace kdsl::lsp
