#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {
namespace {

CompletionItemKind kindOf(query::CompletionKind kind) {
  using From = query::CompletionKind;
  switch (kind) {
    case From::Field: return CompletionItemKind::Field;
    case From::Param: return CompletionItemKind::Property;
    case From::Let: return CompletionItemKind::Constant;
    case From::Resource:
    case From::External:
    case From::Local: return CompletionItemKind::Variable;
    case From::Fn: return CompletionItemKind::Function;
    case From::Method: return CompletionItemKind::Method;
    case From::Type: return CompletionItemKind::TypeParameter;
    case From::Schema: return CompletionItemKind::Struct;
    case From::Component: return CompletionItemKind::Class;
    case From::Kind: return CompletionItemKind::Interface;
    case From::Module: return CompletionItemKind::Module;
    case From::Value: return CompletionItemKind::Value;
    case From::EnumValue: return CompletionItemKind::EnumMember;
    case From::Keyword: return CompletionItemKind::Keyword;
    case From::Snippet: return CompletionItemKind::Snippet;
    case From::File: return CompletionItemKind::File;
    case From::Constant: return CompletionItemKind::Constant;
  }
  return CompletionItemKind::Text;
}

Json itemOf(const query::Completion& completion, std::size_t position, const Json& range, const Json& more) {
  char sortText[8];
  std::snprintf(sortText, sizeof sortText, "%03d", completion.rank);
  Json item = {{"label", completion.label},
               {"kind", static_cast<int>(kindOf(completion.kind))},
               {"sortText", sortText + completion.label},
               {"textEdit", {{"range", range}, {"newText", completion.insertText}}},
               {"data", position}};
  auto detail = completion.detail;
  if (completion.required) detail = detail.empty() ? "required" : detail + " (required)";
  if (!detail.empty()) item["detail"] = std::move(detail);
  if (!completion.filter.empty()) item["filterText"] = completion.filter;
  if (!more.empty()) item["additionalTextEdits"] = more;
  if (completion.isSnippet) item["insertTextFormat"] = static_cast<int>(InsertTextFormat::Snippet);
  if (completion.deprecated) item["tags"] = {1};
  return item;
}

}  // namespace

void registerCompletion(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/completion", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    auto list = workspace.assistant().complete(place->file, place->offset, workspace.client.snippets);
    // A blank is typed for many reasons; only where few values can stand is a list wanted unasked.
    const bool isUnasked = textOr(at(params, {"context"}), "triggerCharacter") == " ";
    if (isUnasked) std::erase_if(list.items, [](const query::Completion& item) { return item.kind != query::CompletionKind::EnumValue; });
    std::stable_sort(list.items.begin(), list.items.end(),
                     [](const auto& a, const auto& b) { return a.rank != b.rank ? a.rank < b.rank : a.label < b.label; });
    Json items = Json::array();
    if (!list.items.empty()) {
      auto span = list.items[0].replace;
      Json range = workspace.range(place->file, span);
      for (std::size_t i = 0; i < list.items.size(); ++i) {
        const auto& item = list.items[i];
        if (item.replace != span) {
          span = item.replace;
          range = workspace.range(place->file, span);
        }
        Json more = Json::array();
        for (const auto& edit : item.more) more.push_back({{"range", workspace.range(place->file, edit.span)}, {"newText", edit.text}});
        items.push_back(itemOf(item, i, range, more));
      }
    }
    context.completions = std::move(list.items);
    return Json{{"isIncomplete", list.isIncomplete}, {"items", std::move(items)}};
  });

  dispatcher.onRequest("completionItem/resolve", [&context](const Json& params) -> RequestResult {
    Json item = params;
    const auto& data = at(params, {"data"});
    if (!data.is_number_unsigned()) return item;
    const auto position = data.get<std::size_t>();
    if (position >= context.completions.size()) return item;
    const auto& completion = context.completions[position];
    if (completion.label != textOr(params, "label")) return item;  // of an older list
    const auto text = context.workspace.assistant().documentation(completion.target, completion.type);
    if (!text.empty()) item["documentation"] = markdown(text);
    return item;
  });
}

}  // namespace kdsl::lsp
