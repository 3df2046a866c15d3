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
  renderJson(report, out);
  EXPECT_TRUE(out.ends_with("}\n"));
  return json::parse(out);
}

TEST(RenderJson, EveryField) {
  Sample sample;
  const auto file = sample.add("a.kdsl", "é: replcas\n");
  const auto library = sample.add("std/app.kdsl", "x", true);
  Diagnostic diagnostic;
  diagnostic.code = code::import_not_found;
  diagnostic.arguments = {"std/ap"};
  diagnostic.primary = {sample.find(file, "replcas"), "here"};
  diagnostic.also({library, {0, 1}}, "").note("n").fixReplace("do it", sample.find(file, "replcas"), "replicas");
  EXPECT_EQ(render(sample.report({diagnostic})), json::parse(R"({
    "version": 1,
    "diagnostics": [{
      "code": "KD1006", "name": "import_not_found", "severity": "error", "message": "there is no `std/ap` to import",
      "place": {"file": "a.kdsl", "begin": {"line": 1, "column": 4, "offset": 4}, "end": {"line": 1, "column": 11, "offset": 11}, "label": "here"},
      "related": [{"file": "std/app.kdsl", "begin": {"line": 1, "column": 1, "offset": 0}, "end": {"line": 1, "column": 2, "offset": 1}, "builtIn": true}],
      "notes": ["n"],
      "fixes": [{"title": "do it", "edits": [
        {"file": "a.kdsl", "begin": {"line": 1, "column": 4, "offset": 4}, "end": {"line": 1, "column": 11, "offset": 11}, "text": "replicas"}]}]
    }],
    "summary": {"errors": 1, "warnings": 0, "notes": 0}
  })"));
}

TEST(RenderJson, EmptyReport) {
  EXPECT_EQ(render({}), json::parse(R"({"version": 1, "diagnostics": [], "summary": {"errors": 0, "warnings": 0, "notes": 0}})"));
}

TEST(RenderJson, PlacesOfNoFileAreNullAndMalformedTextIsReplaced) {
  Sample sample;
  const auto document = render(sample.report({sample.make("check", "bad \xFF byte", nowhere, "", Severity::Warning)}));
  const auto& diagnostic = document["diagnostics"][0];
  EXPECT_TRUE(diagnostic["place"].is_null());
  EXPECT_EQ(diagnostic["code"], "check");
  EXPECT_EQ(diagnostic["severity"], "warning");
  EXPECT_EQ(diagnostic["message"], "bad \uFFFD byte");
}

}  // namespace
}  // namespace kdsl::diag
