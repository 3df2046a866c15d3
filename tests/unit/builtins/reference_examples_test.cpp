// Runs the examples of docs/language/builtins.md: lines `    expression → value`.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "query/session.hpp"

namespace kdsl::query {
namespace {

struct Example {
  std::string expression;
  std::string value;
};

std::vector<Example> examples() {
  constexpr std::string_view indent = "    ", arrow = " → ";
  std::ifstream file(KDSL_SOURCE_DIR "/docs/language/builtins.md");
  std::vector<Example> found;
  for (std::string line; std::getline(file, line);) {
    const auto at = line.rfind(arrow);
    if (!line.starts_with(indent) || at == std::string::npos) continue;
    found.push_back({line.substr(indent.size(), at - indent.size()), line.substr(at + arrow.size())});
  }
  return found;
}

TEST(BuiltinReference, ExamplesHold) {
  const auto all = examples();
  ASSERT_GT(all.size(), 150u);
  std::string module;
  for (std::size_t i = 0; i < all.size(); ++i) module += "check example" + std::to_string(i) + ": (" + all[i].expression + ") == " + all[i].value + "\n";

  Session session;
  const auto file = session.openText("examples.kdsl", module);
  const auto result = session.build(file, {});
  for (const auto& diagnostic : result.diagnostics) {
    const auto line = static_cast<std::size_t>(std::count(module.begin(), module.begin() + diagnostic.primary.at.span.begin, '\n'));
    ADD_FAILURE() << all[line].expression << " → " << all[line].value << "\n" << diag::codeText(diagnostic) << ": " << diag::message(diagnostic);
  }
  EXPECT_TRUE(result.ok);
}

}  // namespace
}  // namespace kdsl::query
