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

TEST(Robustness, MutatedPrograms) {
  const std::string program =
      "import \"k8s/apps/v1\" as apps\n"
      "param stage: \"dev\" | \"prod\" = \"dev\"\n"
      "type Even = int where (self % 2 == 0)\n"
      "schema Probe { path: string = \"/\", oneof? { http: string, tcp: {} }, check path != \"\" }\n"
      "component Base { param name: DnsLabel, resource account = ServiceAccount { metadata: { name } } }\n"
      "component Web extends Base {\n"
      "  param uses: {[EnvName]: ref Base} = {}, param host: string?, param probe: Probe?\n"
      "  let labels = { app: name, for (k, u in uses) { [k]: u.name } }\n"
      "  resource d = apps.Deployment { metadata: { name, labels }, spec.template.spec: { serviceAccountName: account, containers: { [name]: { image: \"a:${stageOf(1)}\", args: [...super, \"-v\"] } } } }\n"
      "  resource i = if (host?) Ingress { spec.rules: [{ host: host.lower() }] }\n"
      "  check ok: (probe?.http ?? \"/\").len() > 0 && d.spec.replicas > 0 else \"${d.spec.replicas}\"\n"
      "}\n"
      "fn stageOf(n: Even, d: Duration = 5m): string = match (n) { 1 | 2 => \"a\", _ => \"b\" }\n"
      "resource web = Web { name: \"web\", uses.A: other, probe.tcp: {} }\n"
      "resource other = Web { name: \"o\" }\n"
      "each Container where (self.name in [\"a\"]) { image: append [super] }\n"
      "web.d.spec.template.spec.containers[\"web\"].ports[80, \"TCP\"]?.name: min(\"a\", \"b\")\n"
      "test \"t\" { stage: \"prod\", check fails(web { nope: 1 }, \"KD4107\") }\n";
  ASSERT_LT(check(program).size(), 8u);
  std::uint64_t state = 12345;
  const auto random = [&](std::size_t limit) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % limit;
  };
  for (int round = 0; round < 400; ++round) {
    auto text = program;
    for (int change = 0; change < 3; ++change) {
      const auto at = random(text.size());
      switch (random(3)) {
        case 0: text.erase(at, 1 + random(12)); break;
        case 1: text.insert(at, program.substr(random(program.size()), random(30))); break;
        default: text.erase(at, text.find('\n', at) - at); break;
      }
    }
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
