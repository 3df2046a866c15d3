// Which edits change what other files see.
#include <gtest/gtest.h>

#include "lowered.hpp"

namespace kdsl::hir::test {
namespace {

std::uint64_t hashOf(std::string text) { return interfaceHash(Lowered(std::move(text)).module()); }

constexpr const char* sample =
    "import { Web } from \"std/app\"\n"
    "param env: \"dev\" | \"prod\" = \"dev\"\n"
    "let labels = { app: env }\n"
    "let common = Web { image: \"a\" }\n"
    "resource web = Web { name: \"web\", replicas: 2 }\n"
    "schema S { a: int = 1, b: string }\n"
    "component C { param x: int(1..5) = 2, resource d = Deployment { spec.replicas: x }\n  check high: x > 1 }\n"
    "fn f(a: int): int = a + 1\n"
    "test \"t\" { check web.replicas == 2 }\n";

std::uint64_t hashWith(std::string_view from, std::string_view to) {
  std::string text = sample;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return hashOf(text);
}

TEST(InterfaceHash, EqualForEqualText) { EXPECT_EQ(hashOf(sample), hashOf(sample)); }

TEST(InterfaceHash, BlindToTheInsideOfBodies) {
  const auto before = hashOf(sample);
  EXPECT_EQ(before, hashWith("replicas: 2 }", "replicas: 3, memory: 1Gi }"));
  EXPECT_EQ(before, hashWith("spec.replicas: x", "spec.replicas: [x].map(y => y).first()"));
  EXPECT_EQ(before, hashWith("= a + 1", "= let (b = a) b * 2"));
  EXPECT_EQ(before, hashWith("check web.replicas == 2", "check web.replicas == 3"));
  EXPECT_EQ(before, hashWith("x > 1", "x > 2"));
  EXPECT_EQ(before, hashWith("a: int = 1", "a: int = 4"));
  EXPECT_EQ(before, hashWith("param env", "\n\n// moved\nparam env"));
}

TEST(InterfaceHash, SeesSignatures) {
  const auto before = hashOf(sample);
  EXPECT_NE(before, hashWith("\"std/app\"", "\"std/web\""));
  EXPECT_NE(before, hashWith("| \"prod\"", "| \"staging\""));
  EXPECT_NE(before, hashWith(" = \"dev\"", ""));
  EXPECT_NE(before, hashWith("app: env", "app: env, tier: 1"));
  EXPECT_NE(before, hashWith("image: \"a\"", "image: \"${env}\""));
  EXPECT_NE(before, hashWith("web = Web {", "web = Worker {"));
  EXPECT_NE(before, hashWith("b: string", "b: string?"));
  EXPECT_NE(before, hashWith("int(1..5)", "int(1..6)"));
  EXPECT_NE(before, hashWith("check high", "check higher"));
  EXPECT_NE(before, hashWith("(a: int)", "(a: int, b: int = 1)"));
  EXPECT_NE(before, hashWith("let labels", "private let labels"));
  EXPECT_NE(before, hashWith("resource web", "resource shop"));
}

}  // namespace
}  // namespace kdsl::hir::test
