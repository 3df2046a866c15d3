#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "diag/codes/files.hpp"
#include "diag/render.hpp"
#include "sample.hpp"

namespace kdsl::diag {
namespace {

using nlohmann::json;
using test::nowhere;
using test::Sample;

json render(const Report& report) {
  std::string out;
  renderSarif(report, "1.2.3", out);
  return json::parse(out);
}

TEST(RenderSarif, EveryField) {
  Sample sample;
  const auto file = sample.add("sub dir/ä.kdsl", "a: replcas\n");
  const auto library = sample.add("std/app.kdsl", "x", true);
  Diagnostic diagnostic;
  diagnostic.code = code::import_not_found;
  diagnostic.arguments = {"std/ap"};
  diagnostic.primary = {sample.find(file, "replcas"), "here"};
  diagnostic.also({library, {0, 1}}, "declared")
      .also(nowhere, "nowhere")
      .note("n")
      .fixReplace("do it", sample.find(file, "replcas"), "replicas");
  EXPECT_EQ(render(sample.report({diagnostic})), json::parse(R"({
    "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
    "version": "2.1.0",
    "runs": [{
      "tool": {"driver": {"name": "kdsl", "version": "1.2.3", "rules": [
        {"id": "KD1006", "name": "ImportNotFound", "shortDescription": {"text": "there is no `{0}` to import"}, "defaultConfiguration": {"level": "error"}}]}},
      "columnKind": "unicodeCodePoints",
      "results": [{
        "ruleId": "KD1006", "ruleIndex": 0, "level": "error", "message": {"text": "there is no `std/ap` to import\nhere\nn"},
        "locations": [{
          "physicalLocation": {
            "artifactLocation": {"uri": "sub%20dir/%C3%A4.kdsl", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 11}},
          "message": {"text": "here"}}],
        "relatedLocations": [{
          "id": 0,
          "physicalLocation": {"artifactLocation": {"uri": "kdsl:std/app.kdsl"}, "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}},
          "message": {"text": "declared"}}],
        "fixes": [{
          "description": {"text": "do it"},
          "artifactChanges": [{
            "artifactLocation": {"uri": "sub%20dir/%C3%A4.kdsl", "uriBaseId": "%SRCROOT%"},
            "replacements": [{"deletedRegion": {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 11}, "insertedContent": {"text": "replicas"}}]}]}]
      }]
    }]
  })"));
}

TEST(RenderSarif, ResultsShareTheirRuleAndAnEmptyReportHasNone) {
  Sample sample;
  const auto file = sample.add("/abs/a.kdsl", "ab");
  const auto run = render(sample.report({sample.make("Images.pinned", "m", {file, {0, 1}}, "", Severity::Info),
                                         sample.make("Images.pinned", "m", {file, {1, 2}}), sample.make("x", "m", nowhere)}))["runs"][0];
  ASSERT_EQ(run["tool"]["driver"]["rules"].size(), 2u);
  EXPECT_EQ(run["results"][0]["ruleIndex"], 0);
  EXPECT_FALSE(run["results"][0].contains("locations"));
  EXPECT_EQ(run["results"][1]["ruleIndex"], 1);
  EXPECT_EQ(run["results"][1]["level"], "note");
  EXPECT_EQ(run["results"][2]["ruleIndex"], 1);
  EXPECT_EQ(run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"], json::parse(R"({"uri": "file:///abs/a.kdsl"})"));
  EXPECT_EQ(render({})["runs"][0]["results"], json::array());
}

}  // namespace
}  // namespace kdsl::diag
