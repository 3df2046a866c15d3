// Lowering is total: whatever the text, it ends, and every place lies in the text.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "lowered.hpp"

namespace kdsl::hir::test {
namespace {

// One of everything.
constexpr const char* everything = R"kd(extends "./base"
import { WebService, Worker as W } from "std/app"
import "./values.yaml" as values: Values
/// Where this runs.
param env: "dev" | "prod" | int(1..5) = "dev" deprecated "use stage"
private let names = [...a, if (c) "x" else "y", for (k, v in m if v is string) k]
resource web = if (env == "prod" && !x?) WebService {
  name: "web-${env}"
  let port = 80
  ports: [{ port }]
  env: { LOG: "info", ["${name}"]: match (p) { "a" | "b" => 1, _ => super ?? 2 } }
  containers["web"].image?: absent
  final replicas: let (y = 2, z = y) y * -z
  each Container | app.Pod where (self.a > 3) { memory: min(super, 512Mi) }
  if (c) { a?.b: 1 } else for (r in regions) [r]: append [1h30m, 0xFF, 1.5]
  waive Images.pinned because "reason"
  check named: xs.map(x => x.y).any((i, j: int) => i < j) else "no ${a}"
}
type Even = int where (self % 2 == 0) else "even"
schema Probe extends Base { path: UrlPath = "/", oneof? { http: Http, tcp: Tcp }, [string]: [T] by (a, b), let q = path, check q != "" }
component C { param x: {[K]: ref E}? = {}, external tls = Secret { metadata.name: r"raw" } }
fn f(a: int, b: [string] set = []): bool = a in b
policy P { each Deployment { final check ok: self.spec.replicas > 1 } }
test "t" { env: "prod", golden "out.yaml": web, check fails(web { name: 1 }, "KD1") }
)kd";

// Every place of a module lies in its text, and every list in its array.
void expectSound(const Lowered& lowered) {
  const auto& m = lowered.module();
  const auto inside = [&](Span span) { return span.begin <= span.end && span.end <= lowered.text().size(); };
  const auto fits = [](std::uint64_t first, std::uint64_t count, std::size_t size) { return count == 0 || first + count <= size; };
  for (const auto& e : m.exprs) {
    ASSERT_TRUE(inside(e.span));
    ASSERT_TRUE(e.kind != ExprKind::Field || inside(fieldNameSpan(e)));
  }
  for (const auto& item : m.items) {
    ASSERT_TRUE(inside(item.span) && inside(item.nameSpan) && inside(item.importedNameSpan));
    ASSERT_TRUE(fits(item.firstChild, item.childCount, m.children.size()));
    ASSERT_TRUE(item.kind != ItemKind::Import || item.import < m.imports.size());
    ASSERT_TRUE(item.kind != ItemKind::Schema || base::valid(item.shape));
  }
  for (const auto& body : m.bodies) {
    ASSERT_TRUE(inside(body.span));
    ASSERT_TRUE(fits(body.firstEntry, body.entryCount, m.entries.size()));
  }
  for (const auto& entry : m.entries) {
    ASSERT_TRUE(inside(entry.span) && inside(entry.nameSpan));
    ASSERT_TRUE(fits(entry.firstSegment, entry.segmentCount, m.segments.size()));
    ASSERT_TRUE(fits(entry.firstType, entry.typeCount, m.typeLists.size()));
    const bool branches = entry.kind == EntryKind::If || entry.kind == EntryKind::For;
    ASSERT_TRUE(!branches || base::valid(entry.then));
    const bool hasValue = entry.kind != EntryKind::Each && entry.kind != EntryKind::Let && entry.verb != Verb::External;
    ASSERT_TRUE(!hasValue || base::valid(entry.value)) << "entry of kind " << static_cast<int>(entry.kind);
  }
  for (const auto& segment : m.segments) ASSERT_TRUE(inside(segment.span) && fits(segment.first, segment.count, m.exprLists.size()));
  for (const auto& type : m.typeExprs) ASSERT_TRUE(inside(type.span));
  for (const auto& local : m.locals) ASSERT_TRUE(inside(local.nameSpan));
  for (const auto& field : m.fields) ASSERT_TRUE(inside(field.span) && inside(field.nameSpan) && base::valid(field.type));
  for (const auto& part : m.nameParts) ASSERT_TRUE(inside(part.span));
  for (const auto& diagnostic : m.diagnostics) ASSERT_TRUE(inside(diagnostic.primary.at.span));
}

void expectTotal(std::string text) {
  const Lowered lowered(std::move(text));
  expectSound(lowered);
  EXPECT_FALSE(lowered.hir().empty());
  EXPECT_FALSE(lowered.items().empty());
}

TEST(Robustness, TheSampleIsSound) {
  const Lowered lowered(everything);
  expectSound(lowered);
  EXPECT_EQ(lowered.errors(), Errors{});
}

TEST(Robustness, EveryPrefix) {
  const std::string_view text = everything;
  for (std::size_t length = 0; length <= text.size(); ++length) {
    SCOPED_TRACE(length);
    expectTotal(std::string(text.substr(0, length)));
    if (HasFatalFailure()) return;
  }
}

TEST(Robustness, EveryTokenLeftOut) {
  const std::string text = everything;
  const auto parsed = syntax::parse(source::FileId{0}, text);
  for (std::uint32_t token = 0; token < parsed.tree.tokens().size(); ++token) {
    const auto span = parsed.tree.tokenSpan(syntax::TokenId{token});
    SCOPED_TRACE(text.substr(span.begin, span.size()));
    expectTotal(text.substr(0, span.begin) + text.substr(span.end));
    if (HasFatalFailure()) return;
  }
}

TEST(Robustness, DeepNesting) {
  for (const auto& [open, close] : std::vector<std::pair<std::string, std::string>>{
           {"(", ")"}, {"[", "]"}, {"{ a: ", " }"}, {"if (a) ", ""}, {"!", ""}, {"x => ", ""}, {"\"${", "}\""}, {"let (a = 1) ", ""}}) {
    for (const int depth : {100, 1'000, 20'000}) {
      SCOPED_TRACE(open + " × " + std::to_string(depth));
      std::string text = "let x = ";
      for (int i = 0; i < depth; ++i) text += open;
      text += "1";
      for (int i = 0; i < depth; ++i) text += close;
      expectTotal(text);
    }
  }
}

TEST(Robustness, LongChains) {
  for (const std::string link : {" + a", ".a", "[1]", "?", "(1)", " {}", " ?? a", " && a", " else if (a) 1", " | a"}) {
    SCOPED_TRACE(link);
    std::string text = link.starts_with(" else") ? "let x = if (a) 1" : "let x = a";
    for (int i = 0; i < 100'000; ++i) text += link;
    expectTotal(text);
  }
}

TEST(Robustness, LongLists) {
  std::string list = "let x = [1";
  std::string path = "a";
  std::string type = "type T = a";
  for (int i = 0; i < 50'000; ++i) {
    list += ", 1";
    path += ".a";
    type += i % 2 == 0 ? " | b" : "?";
  }
  expectTotal(list + "]\n" + path + ": 1\n" + type);
}

}  // namespace
}  // namespace kdsl::hir::test
