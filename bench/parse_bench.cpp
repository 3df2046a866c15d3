// How fast texts are parsed, in MB a second: the lexer alone, and tokens, tree and diagnostics together.
// usage: parse_bench [FILE…]   without files: a made-up module, small, large, and with mistakes
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"

namespace {

using namespace kdsl;

constexpr std::string_view piece = R"(/// A stateless service behind a Service and, if `host` is set, an Ingress.
component WebService extends Workload {
  param name: DnsLabel
  param port: Port = 8080
  param replicas: int(0..) = 2
  param env: {[EnvName]: EnvValue} = {}
  param protocol: "http" | "grpc" | "tcp" = "http"
  param host: Hostname?

  let labels = { "app.kubernetes.io/name": name }

  check redundant: replicas > 1 || !host? else "a public service needs two replicas, not ${replicas}"

  resource deployment = Deployment {
    metadata: { name, labels }
    spec: {
      replicas: if (!scale?) replicas
      selector.matchLabels: labels
      template.spec.containers: {
        [name]: {
          image: "${registry}/${name}:${tag}"
          ports: [{ containerPort: port }]
          env: [for (k, v in env) match (v) { string => { name: k, value: v }, _ => { name: k } }]
          resources: { requests.memory: 128Mi, limits.memory: memory ?? 256Mi } // a comment
        }
      }
    }
  }
}
web.replicas: 12
each Container where (self.name == "web") { imagePullPolicy: "IfNotPresent" }
)";

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += text;
  return out;
}

/// Megabytes a second of the fastest of some rounds, by processor time: other programs on the machine count little.
template <typename Work>
double fastest(std::size_t bytes, Work work) {
  double best = 0;
  const auto repeats = std::max<std::size_t>(1, 1'000'000 / (bytes + 1));
  for (int round = 0; round < 5; ++round) {
    const auto begin = std::clock();
    for (std::size_t i = 0; i < repeats; ++i) work();
    const auto seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    best = std::max(best, static_cast<double>(bytes * repeats) / seconds / 1e6);
  }
  return best;
}

void measure(const char* name, const std::string& text) {
  const auto result = syntax::parse(source::FileId{0}, text);
  const auto lexing = fastest(text.size(), [&] { (void)syntax::lex(source::FileId{0}, text); });
  const auto parsing = fastest(text.size(), [&] { (void)syntax::parse(source::FileId{0}, text); });
  std::printf("%-24s %9zu bytes %8u tokens %8u nodes %4zu diagnostics   lex %6.1f MB/s   lex + parse %6.1f MB/s\n", name, text.size(),
              result.tree.tokens().size(), result.tree.size(), result.diagnostics.size(), lexing, parsing);
}

}  // namespace

int main(int count, char** arguments) {
  for (int i = 1; i < count; ++i) {
    std::ifstream file(arguments[i]);
    std::stringstream text;
    text << file.rdbuf();
    measure(arguments[i], text.str());
  }
  if (count > 1) return 0;
  measure("one component", std::string(piece));
  measure("100 kB", repeated(piece, 100'000));
  measure("8 MB", repeated(piece, 8'000'000));
  measure("64 MB", repeated(piece, 67'000'000));
  auto broken = repeated(piece, 100'000);
  for (std::size_t at = 50; at < broken.size(); at += 500) broken[at] = '@';
  measure("100 kB with mistakes", broken);
  measure("a million mistakes", repeated("let for = ]\n", 12'000'000));
  return 0;
}
