#include <nlohmann/json.hpp>

#include "diag/place.hpp"
#include "diag/render.hpp"

namespace kdsl::diag {
namespace {

using Json = nlohmann::ordered_json;

constexpr int schemaVersion = 1;

Json positionJson(source::LineColumn position, std::uint32_t offset) {
  return {{"line", position.line}, {"column", position.column}, {"offset", offset}};
}

Json placeJson(const source::FileTable& files, const source::Location& at) {
  const auto place = placeOf(files, at);
  if (place.file == nullptr) return nullptr;
  Json json = {{"file", place.file->displayPath},
               {"begin", positionJson(place.begin, at.span.begin)},
               {"end", positionJson(place.end, at.span.end)}};
  if (place.file->builtIn) json["builtIn"] = true;
  return json;
}

Json labelJson(const source::FileTable& files, const Label& label) {
  auto json = placeJson(files, label.at);
  if (!json.is_null() && !label.text.empty()) json["label"] = label.text;
  return json;
}

Json fixJson(const source::FileTable& files, const Fix& fix) {
  auto edits = Json::array();
  for (const auto& edit : fix.edits) {
    auto json = placeJson(files, edit.at);
    json["text"] = edit.text;
    edits.push_back(std::move(json));
  }
  return {{"title", fix.title}, {"edits", std::move(edits)}};
}

Json diagnosticJson(const source::FileTable& files, const Diagnostic& diagnostic) {
  const auto* info = codeInfo(diagnostic.code);
  auto related = Json::array();
  for (const auto& label : diagnostic.related) related.push_back(labelJson(files, label));
  auto fixes = Json::array();
  for (const auto& fix : diagnostic.fixes) fixes.push_back(fixJson(files, fix));
  return {{"code", codeText(diagnostic)},
          {"name", info == nullptr ? std::string_view() : info->name},
          {"severity", severityText(diagnostic.severity)},
          {"message", message(diagnostic)},
          {"place", labelJson(files, diagnostic.primary)},
          {"related", std::move(related)},
          {"notes", diagnostic.notes},
          {"fixes", std::move(fixes)}};
}

}  // namespace

void renderJson(const Report& report, std::string& out) {
  auto diagnostics = Json::array();
  for (const auto& [files, diagnostic] : report.entries()) diagnostics.push_back(diagnosticJson(*files, diagnostic));
  const auto& counts = report.counts();
  const Json document = {{"version", schemaVersion},
                         {"diagnostics", std::move(diagnostics)},
                         {"summary", {{"errors", counts.errors}, {"warnings", counts.warnings}, {"notes", counts.infos}}}};
  out += document.dump(2, ' ', false, Json::error_handler_t::replace);
  out += '\n';
}

}  // namespace kdsl::diag
