#include "diag/codes/files.hpp"
#include "diag/diagnostic.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kdsl::diag {
namespace {

TEST(Diagnostics, CodesAreUniqueAndKnown) {
  std::set<std::uint16_t> numbers;
  std::set<std::string_view> names;
  for (const auto& info : allCodes()) {
    EXPECT_TRUE(numbers.insert(info.number).second) << info.number;
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_EQ(codeInfo(static_cast<Code>(info.number))->name, info.name);
  }
  EXPECT_EQ(codeInfo(static_cast<Code>(0)), nullptr);
}

TEST(Diagnostics, MessagesBeginInLowerCaseAndDoNotEndInAPeriod) {
  for (const auto& info : allCodes()) {
    ASSERT_FALSE(info.message.empty()) << info.number;
    EXPECT_NE(info.message.back(), '.') << info.number;
    const char first = info.message.front();
    const bool isWord = info.message.size() > 1 && info.message[1] >= 'a' && info.message[1] <= 'z';
    const bool isName = info.message.starts_with("Kubernetes");
    EXPECT_FALSE(first >= 'A' && first <= 'Z' && isWord && !isName) << info.message;
  }
}

TEST(Diagnostics, ArgumentsFillTheMessage) {
  Sink sink;
  sink.report(code::file_too_large, {}, {"a.kdsl", "7", "5"});
  EXPECT_EQ(message(sink.all().front()), "`a.kdsl` is too large: 7 bytes; the limit is 5");
  EXPECT_EQ(codeText(sink.all().front()), "KD1004");
}

TEST(Diagnostics, MissingArgumentsAndBracesAreHarmless) {
  Diagnostic diagnostic;
  diagnostic.code = code::file_too_large;
  diagnostic.arguments = {"{1}"};
  EXPECT_EQ(message(diagnostic), "`{1}` is too large:  bytes; the limit is ");
}

TEST(Diagnostics, SinkKnowsErrorsAndForgetsSpeculation) {
  Sink sink;
  sink.report(code::file_not_found, {}).severity = Severity::Warning;
  EXPECT_FALSE(sink.hasErrors());
  const auto before = sink.size();
  sink.report(code::file_not_found, {});
  EXPECT_TRUE(sink.hasErrors());
  sink.truncate(before);
  EXPECT_FALSE(sink.hasErrors());
  EXPECT_EQ(sink.take().size(), 1u);
}

}  // namespace
}  // namespace kdsl::diag
