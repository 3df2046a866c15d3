#include <fmt/format.h>

#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "diag/place.hpp"
#include "diag/render.hpp"

namespace kdsl::diag {
namespace {

using Json = nlohmann::ordered_json;

std::string_view levelOf(Severity severity) { return severity == Severity::Info ? "note" : severityText(severity); }

/// `unknown_field` → `UnknownField`, as the format wants its names.
std::string pascalCase(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char c : name) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return out;
}

/// Percent-encodes a path into a URI reference.
std::string uriPath(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool isSafe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                        std::string_view("-._~/").find(c) != std::string_view::npos;
    if (isSafe) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

Json artifactJson(const source::File& file) {
  if (file.builtIn) return {{"uri", "kdsl:" + uriPath(file.displayPath)}};
  if (file.displayPath.starts_with('/')) return {{"uri", "file://" + uriPath(file.displayPath)}};
  return {{"uri", uriPath(file.displayPath)}, {"uriBaseId", "%SRCROOT%"}};
}

Json regionJson(const Place& place) {
  return {
      {"startLine", place.begin.line}, {"startColumn", place.begin.column}, {"endLine", place.end.line}, {"endColumn", place.end.column}};
}

Json locationJson(const source::FileTable& files, const Label& label) {
  const auto place = placeOf(files, label.at);
  Json json = {{"physicalLocation", {{"artifactLocation", artifactJson(*place.file)}, {"region", regionJson(place)}}}};
  if (!label.text.empty()) json["message"] = {{"text", label.text}};
  return json;
}

/// The edits of a fix, grouped by file. An edit without a file cannot be told in SARIF; such a fix is left out (null).
Json fixJson(const source::FileTable& files, const Fix& fix) {
  std::map<source::FileId, Json> replacements;
  for (const auto& edit : fix.edits) {
    const auto place = placeOf(files, edit.at);
    if (place.file == nullptr) return nullptr;
    auto& list = replacements.try_emplace(edit.at.file, Json::array()).first->second;
    list.push_back({{"deletedRegion", regionJson(place)}, {"insertedContent", {{"text", edit.text}}}});
  }
  if (replacements.empty()) return nullptr;
  auto changes = Json::array();
  for (auto& [file, list] : replacements)
    changes.push_back({{"artifactLocation", artifactJson(files[file])}, {"replacements", std::move(list)}});
  return {{"description", {{"text", fix.title}}}, {"artifactChanges", std::move(changes)}};
}

Json ruleJson(const Diagnostic& diagnostic) {
  Json rule = {{"id", codeText(diagnostic)}};
  if (const auto* info = codeInfo(diagnostic.code)) {
    rule["name"] = pascalCase(info->name);
    // A user's check speaks for itself; the pattern of its code says nothing.
    rule["shortDescription"] = {{"text", diagnostic.displayCode.empty() ? std::string(info->message) : diagnostic.displayCode}};
    rule["defaultConfiguration"] = {{"level", levelOf(info->severity)}};
  }
  return rule;
}

Json resultJson(const source::FileTable& files, const Diagnostic& diagnostic, std::size_t ruleIndex) {
  Json result = {{"ruleId", codeText(diagnostic)},
                 {"ruleIndex", ruleIndex},
                 {"level", levelOf(diagnostic.severity)},
                 {"message", {{"text", flatText(diagnostic)}}}};
  if (base::valid(diagnostic.primary.at.file)) result["locations"] = Json::array({locationJson(files, diagnostic.primary)});
  auto related = Json::array();
  for (const auto& label : diagnostic.related) {
    if (!base::valid(label.at.file)) continue;
    auto location = locationJson(files, label);
    location["id"] = related.size();
    related.push_back(std::move(location));
  }
  if (!related.empty()) result["relatedLocations"] = std::move(related);
  auto fixes = Json::array();
  for (const auto& fix : diagnostic.fixes) {
    if (auto json = fixJson(files, fix); !json.is_null()) fixes.push_back(std::move(json));
  }
  if (!fixes.empty()) result["fixes"] = std::move(fixes);
  return result;
}

}  // namespace

void renderSarif(const Report& report, std::string_view toolVersion, std::string& out) {
  auto rules = Json::array();
  auto results = Json::array();
  std::unordered_map<std::string, std::size_t> ruleIndices;
  for (const auto& [files, diagnostic] : report.entries()) {
    const auto [rule, isNew] = ruleIndices.emplace(codeText(diagnostic), rules.size());
    if (isNew) rules.push_back(ruleJson(diagnostic));
    results.push_back(resultJson(*files, diagnostic, rule->second));
  }
  const Json document = {
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs", Json::array({{{"tool", {{"driver", {{"name", "kdsl"}, {"version", toolVersion}, {"rules", std::move(rules)}}}}},
                             {"columnKind", "unicodeCodePoints"},
                             {"results", std::move(results)}}})}};
  out += document.dump(2, ' ', false, Json::error_handler_t::replace);
  out += '\n';
}

}  // namespace kdsl::diag
