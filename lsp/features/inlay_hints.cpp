#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {
namespace {

/// A hint delays what is typed next, so it waits for less than a hover does.
constexpr auto hintBudget = std::chrono::milliseconds(20);

bool isWanted(const Settings::InlayHints& settings, query::HintKind kind) {
  switch (kind) {
    case query::HintKind::Type: return settings.types;
    case query::HintKind::Parameter: return settings.parameters;
    case query::HintKind::Value: return settings.values;
    case query::HintKind::Default: return settings.defaults;
    case query::HintKind::Unit: return settings.units;
  }
  return true;
}

Json hintJson(Workspace& workspace, FileId file, const query::InlayHint& hint) {
  Json json = {{"position", workspace.position(file, hint.offset)}, {"label", hint.label}};
  if (hint.kind == query::HintKind::Type) json["kind"] = static_cast<int>(InlayHintKind::Type);
  if (hint.kind == query::HintKind::Parameter) {
    json["kind"] = static_cast<int>(InlayHintKind::Parameter);
    json["paddingRight"] = true;
  }
  if (hint.kind == query::HintKind::Default) json["paddingLeft"] = true;
  return json;
}

}  // namespace

void registerInlayHints(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/inlayHint", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    const auto range = workspace.span(*file, params.at("range").get<Range>());
    auto hints = workspace.assistant().inlayHints(*file, range);
    if (workspace.settings.inlayHints.values) {
      auto options = valueOptions(context);
      options.budget = hintBudget;
      const auto values = workspace.assistant().valueHints(*file, range, options);
      hints.insert(hints.end(), values.begin(), values.end());
    }
    Json list = Json::array();
    for (const auto& hint : hints) {
      if (isWanted(workspace.settings.inlayHints, hint.kind)) list.push_back(hintJson(workspace, *file, hint));
    }
    return list;
  });
}

}  // namespace kdsl::lsp
