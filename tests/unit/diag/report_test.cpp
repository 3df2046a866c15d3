#include "diag/report.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"

namespace kdsl::diag {
namespace {

using test::nowhere;
using test::Sample;

std::string codes(const Report& report) {
  std::string out;
  for (const auto& entry : report.entries()) out += entry.diagnostic.displayCode;
  return out;
}

TEST(Report, OrdersByFilePositionAndSeverity) {
  Sample sample;
  const auto first = sample.add("1", "abc");
  const auto second = sample.add("2", "abc");
  const auto report = sample.report({sample.make("f", "", {second, {0, 1}}), sample.make("e", "", {first, {2, 3}}, "", Severity::Warning),
                                     sample.make("d", "", {first, {2, 3}}), sample.make("c", "", {first, {1, 2}}),
                                     sample.make("b", "", {first, {0, 1}}, "", Severity::Info), sample.make("a", "", nowhere)});
  EXPECT_EQ(codes(report), "abcdef");
}

TEST(Report, KeepsTheOrderOfEqualPlaces) {
  Sample sample;
  const auto file = sample.add("1", "abc");
  EXPECT_EQ(codes(sample.report({sample.make("b", "", {file, {0, 1}}), sample.make("a", "", {file, {0, 1}})})), "ba");
}

TEST(Report, DropsRepetitionsAcrossSessions) {
  Sample one;
  Sample two;
  two.add("other.kdsl", "");  // the shared file has another id here
  const auto oneFile = one.add("shared.kdsl", "abc");
  const auto twoFile = two.add("shared.kdsl", "abc");
  Report report;
  report.add(one.files, {one.make("a", "m", {oneFile, {0, 1}}), one.make("a", "m", {oneFile, {0, 1}})});
  report.add(two.files,
             {two.make("a", "m", {twoFile, {0, 1}}), two.make("a", "m", {twoFile, {1, 2}}), two.make("a", "other", {twoFile, {0, 1}})});
  EXPECT_EQ(report.entries().size(), 3u);
  EXPECT_EQ(report.counts().errors, 3u);
}

TEST(Report, KeepsWhatDiffersInTheOtherPlaceOnly) {
  Sample sample;
  const auto file = sample.add("1", "abc");
  auto a = sample.make("a", "m", {file, {0, 1}});
  auto b = a;
  a.also({file, {1, 2}}, "");
  b.also({file, {2, 3}}, "");
  EXPECT_EQ(sample.report({a, b}).entries().size(), 2u);
}

TEST(Report, CountsAndSummary) {
  Sample sample;
  const auto file = sample.add("1", "abc");
  const auto report = sample.report(
      {sample.make("a", "", {file, {0, 1}}), sample.make("b", "", {file, {0, 1}}), sample.make("c", "", nowhere, "", Severity::Warning)});
  EXPECT_TRUE(report.hasErrors());
  EXPECT_EQ(summary(report.counts()), "2 errors, 1 warning");
  EXPECT_FALSE(sample.report({sample.make("c", "", nowhere, "", Severity::Warning)}).hasErrors());
  EXPECT_EQ(summary({}), "");
  EXPECT_EQ(summary({.errors = 1, .warnings = 2, .infos = 3}), "1 error, 2 warnings, 3 notes");
}

}  // namespace
}  // namespace kdsl::diag
