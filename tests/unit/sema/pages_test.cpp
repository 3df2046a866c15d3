// The pages of the diagnostics of checking: what they call rejected is rejected for that reason alone, what they call accepted is.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "program.hpp"

namespace kdsl::sema::test {
namespace {

constexpr const char* codes[] = {
    "KD3001", "KD3002", "KD3003", "KD3004", "KD3005", "KD3006", "KD3007", "KD3008", "KD3009", "KD3010", "KD3011", "KD3012", "KD3013", "KD3014", "KD3015", "KD3016", "KD3017", "KD3018",
    "KD4001", "KD4002", "KD4003", "KD4004", "KD4005", "KD4006", "KD4007", "KD4008", "KD4009", "KD4010", "KD4011", "KD4012", "KD4013", "KD4014", "KD4015", "KD4016", "KD4017", "KD4018",
    "KD4019", "KD4020", "KD4021", "KD4022", "KD4023", "KD4024", "KD4025", "KD4026", "KD4027", "KD4028", "KD4029", "KD4030", "KD4031", "KD4032", "KD4033", "KD4034", "KD4035", "KD4101", "KD4102",
    "KD4103", "KD4104", "KD4105", "KD4106", "KD4107", "KD4108", "KD4109", "KD4110", "KD4111", "KD4112", "KD4113", "KD4114"};

/// The text of the first fenced block behind `heading`; empty if there is none.
std::string blockBehind(const std::string& page, const std::string& heading) {
  const auto at = page.find(heading);
  if (at == std::string::npos) return {};
  const auto fence = page.find("```kdsl", at);
  if (fence == std::string::npos) return {};
  const auto begin = page.find('\n', fence) + 1;
  return page.substr(begin, page.find("```", begin) - begin);
}

class Pages : public ::testing::TestWithParam<const char*> {};

TEST_P(Pages, ExamplesDoWhatTheySay) {
  const std::string code = GetParam();
  std::ifstream in(KDSL_SOURCE_DIR "/docs/diagnostics/" + code + ".md", std::ios::binary);
  std::ostringstream read;
  read << in.rdbuf();
  const auto page = read.str();
  const auto diagnosticsBehind = [&](const std::string& heading) {
    Files files;
    files.add("web.kdsl", blockBehind(page, "With this file:"));
    files.add("main.kdsl", blockBehind(page, heading));
    return files.diagnostics("main.kdsl");
  };
  ASSERT_NE(blockBehind(page, "Rejected:"), "");
  const auto rejected = diagnosticsBehind("Rejected:");
  ASSERT_EQ(rejected.size(), 1u) << ::testing::PrintToString(rejected);
  EXPECT_NE(rejected[0].find(" " + code + " "), std::string::npos) << rejected[0];
  ASSERT_NE(blockBehind(page, "Accepted:"), "");
  EXPECT_EQ(diagnosticsBehind("Accepted:"), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Diagnostics, Pages, ::testing::ValuesIn(codes), [](const auto& page) { return std::string(page.param); });

}  // namespace
}  // namespace kdsl::sema::test
