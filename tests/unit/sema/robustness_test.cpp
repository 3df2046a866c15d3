// No input brings the checker down: long chains, deep nesting, broken files.
#include <gtest/gtest.h>

#include <string>

#include "program.hpp"

namespace kdsl::sema::test {
namespace {

std::string repeat(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST(Robustness, LongChains) {
  EXPECT_EQ(typeOf("let x = 1" + repeat(" + 1", 1500), "x"), "int");
  EXPECT_EQ(typeOf("param a: bool\nlet x = a" + repeat(" && a", 1500), "x"), "bool");
  EXPECT_EQ(check("let x = \"a\"" + repeat(".trim()", 900)), std::vector<std::string>{});
}

TEST(Robustness, DeepNesting) {
  check("let x = " + repeat("(", 400) + "1" + repeat(")", 400));
  check("let x = " + repeat("[", 400) + repeat("]", 400));
  check("let x = " + repeat("{ a: ", 200) + "1" + repeat(" }", 200));
  check("let x = " + repeat("if (true) 1 else ", 400) + "2");
  check("param x: " + repeat("[", 400) + "int" + repeat("]", 400) + "\nlet y = x.map(a => a)");
}

TEST(Robustness, BrokenFiles) {
  for (const auto* text : {"resource x = ", "component C extends { param }", "let x = shop.", "import { } from \"./none\"", "schema S { a: }", "each { }", "x.y.z", "type T = T", "let x = x { x: x }", "let f = (a) => a",
                           "let x = match (1) { }", "fn f(): = f()", "component A extends A { }", "test \"a\" { golden \"x\": a }", "policy P { each Nope { check self.a } }", "resource x = Deployment { spec.template.spec.containers[0][1].a.b[2]: super }",
                           "let x = all(Container)", "let x = kubernetes.nope", "extends \"./main\""}) {
    check(text);
  }
}

TEST(Robustness, ManyFieldsAndMembers) {
  std::string text = "schema S {";
  for (int i = 0; i < 2000; ++i) text += " f" + std::to_string(i) + ": int = " + std::to_string(i) + ",";
  text += " }\nlet x = S { f1999: 1 }\n";
  EXPECT_EQ(check(text), std::vector<std::string>{});
}

}  // namespace
}  // namespace kdsl::sema::test
