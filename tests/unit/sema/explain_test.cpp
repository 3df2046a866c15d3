// Manual pages made from types, and the dump of a file's types.
#include "sema/explain.hpp"

#include <gtest/gtest.h>

#include "program.hpp"
#include "sema/dump.hpp"

namespace kdsl::sema::test {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Explain, FieldsOfKinds) {
  Files files;
  const auto page = explain(files.workspace(), "Deployment.spec.strategy").value_or("");
  EXPECT_TRUE(has(page, "Deployment.spec.strategy\n\n  field strategy: DeploymentStrategy?")) << page;
  EXPECT_TRUE(has(page, "rollingUpdate  RollingUpdateDeployment?")) << page;
  EXPECT_TRUE(has(page, "\"Recreate\" | \"RollingUpdate\"")) << page;
  const auto port = explain(files.workspace(), "Container.ports.containerPort").value_or("");
  EXPECT_TRUE(has(port, "required")) << port;
  const auto status = explain(files.workspace(), "Deployment.status").value_or("");
  EXPECT_TRUE(has(status, "set by the cluster only")) << status;
}

TEST(Explain, KindsByGroupAndBareName) {
  Files files;
  EXPECT_TRUE(has(explain(files.workspace(), "k8s/apps/v1.Deployment").value_or(""), "kind Deployment of apps/v1"));
  EXPECT_TRUE(has(explain(files.workspace(), "Container").value_or(""), "part Container of v1"));
  EXPECT_FALSE(explain(files.workspace(), "Deploymnt"));
  EXPECT_FALSE(explain(files.workspace(), ""));
  EXPECT_FALSE(explain(files.workspace(), "k8s/apps/v9.Deployment"));
}

TEST(Explain, WrongTurnsNameTheNearOne) {
  Files files;
  EXPECT_EQ(explain(files.workspace(), "Deployment.spec.stratgy").value_or(""), "`DeploymentSpec` has no `stratgy`; did you mean `strategy`?\n");
}

TEST(Explain, DeclaredTypesAndBuiltIns) {
  Files files;
  files.add("std/app.kdsl", "/// Answers requests.\ncomponent WebService {\n  /// How many.\n  param replicas: int = 2\n  param name: DnsLabel\n  resource service = Service { metadata: { name } }\n}\n");
  const auto page = explain(files.workspace(), "WebService").value_or("");
  EXPECT_TRUE(has(page, "component WebService of std/app.kdsl")) << page;
  EXPECT_TRUE(has(page, "Answers requests.")) << page;
  EXPECT_TRUE(has(page, "name*     DnsLabel")) << page;
  EXPECT_TRUE(has(page, "replicas  int = 2   How many.")) << page;
  EXPECT_TRUE(has(explain(files.workspace(), "std/app.WebService.replicas").value_or(""), "param replicas: int = 2"));
  EXPECT_TRUE(has(explain(files.workspace(), "Port").value_or(""), "type = int(1..65535)"));
  EXPECT_TRUE(has(explain(files.workspace(), "string.upper").value_or(""), "upper(): string"));
  EXPECT_TRUE(has(explain(files.workspace(), "min").value_or(""), "min(a: O, ...others: O): O"));
}

TEST(Dump, ListsDeclarationsWithTheirTypes) {
  Files files;
  files.add("main.kdsl", "type T = string\nschema S { a: int, b: T = \"x\" }\ncomponent C { param n: int, private let m = n + 1 }\nfn f(a: int): string = \"${a}\"\nlet x = [for (i in [1]) f(i)]\ntest \"t\" { let y = x }\n");
  EXPECT_EQ(dumpTypes(files.workspace(), files.id("main.kdsl")),
            "module main\n"
            "  type T\n"
            "  schema S\n"
            "    a: int\n"
            "    b?: T\n"
            "  component C\n"
            "    param n: int\n"
            "    private let m: int\n"
            "  fn f(a: int): string\n"
            "  let x: [string]\n"
            "  test \"t\"\n"
            "    let y: [string]\n"
            "local i: int\n");
}

TEST(Fails, ExpectedErrorsAreNoErrorsOfTheFile) {
  Files files;
  files.add("main.kdsl", "schema S { a: int = 1 }\ntest \"t\" { check fails(S { b: 1 }, \"KD4107\"), check fails(S { a: \"x\" }, \"KD4107\") }");
  EXPECT_EQ(files.diagnostics("main.kdsl"), std::vector<std::string>{"2:66 KD4002 `a` wants an int, not the text \"x\""});
  EXPECT_EQ(files.workspace().module(files.id("main.kdsl")).expectedFailures.size(), 1u);
}

}  // namespace
}  // namespace kdsl::sema::test
