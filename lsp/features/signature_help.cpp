#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "source/utf8.hpp"

namespace kdsl::lsp {

void registerSignatureHelp(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/signatureHelp", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto place = placeOf(workspace, params);
    if (!place) return Json();
    const auto help = workspace.assistant().signatureHelp(place->file, place->offset);
    if (!help) return Json();
    Json signatures = Json::array();
    for (const auto& signature : help->signatures) {
      Json parameters = Json::array();
      for (const auto& parameter : signature.parameters) {
        // Offsets within a label are counted in UTF-16 whatever was negotiated for positions.
        const auto column = [&](std::uint32_t bytes) {
          return source::columnsOf(std::string_view(signature.label).substr(0, bytes), source::ColumnUnit::Utf16);
        };
        parameters.push_back({{"label", {column(parameter.begin), column(parameter.end)}}});
      }
      signatures.push_back(
          {{"label", signature.label}, {"documentation", markdown(signature.documentation)}, {"parameters", std::move(parameters)}});
    }
    return Json{
        {"signatures", std::move(signatures)}, {"activeSignature", help->activeSignature}, {"activeParameter", help->activeParameter}};
  });
}

}  // namespace kdsl::lsp
