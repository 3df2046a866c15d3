#include <gtest/gtest.h>

#include "diag/render.hpp"
#include "sample.hpp"

namespace kdsl::diag {
namespace {

using test::nowhere;
using test::Sample;

std::string render(const Report& report) {
  std::string out;
  renderGithub(report, out);
  return out;
}

TEST(RenderGithub, OneLineADiagnostic) {
  Sample sample;
  const auto file = sample.add("a.kdsl", "one\ntwo\n");
  auto diagnostic = sample.make("KD4107", "unknown field", sample.find(file, "two"), "did you mean `three`?");
  diagnostic.note("a note");
  EXPECT_EQ(render(sample.report({diagnostic})),
            "::error file=a.kdsl,line=2,col=1,endColumn=4,title=KD4107::unknown field%0Adid you mean `three`?%0Aa note\n");
}

TEST(RenderGithub, SeveritiesAndRangesOverLines) {
  Sample sample;
  const auto file = sample.add("a.kdsl", "one\ntwo\n");
  EXPECT_EQ(render(sample.report({sample.make("w", "m", sample.find(file, "one\ntwo"), "", Severity::Warning),
                                  sample.make("i", "m", nowhere, "", Severity::Info)})),
            "::notice title=i::m\n"
            "::warning file=a.kdsl,line=1,endLine=2,title=w::m\n");
}

TEST(RenderGithub, Escapes) {
  Sample sample;
  const auto file = sample.add("a:b,c%.kdsl", "x");
  EXPECT_EQ(render(sample.report({sample.make("P.x,y", "100%: a,\r\nb", {file, {0, 1}})})),
            "::error file=a%3Ab%2Cc%25.kdsl,line=1,col=1,endColumn=2,title=P.x%2Cy::100%25: a,%0D%0Ab\n");
}

}  // namespace
}  // namespace kdsl::diag
