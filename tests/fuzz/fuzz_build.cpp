// Any text is parsed, checked, evaluated and dumped within small limits: it never crashes or runs away, what fails says so, and what is written
// is YAML. A second build of the same session, after an edit and back, gives the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "codec/read.hpp"
#include "query/session.hpp"

namespace {

using namespace kdsl;

constexpr eval::Limits limits{.steps = 100'000, .depth = 400, .memoryBytes = std::size_t{16} << 20, .outputBytes = std::size_t{256} << 10};

void require(bool holds) {
  if (!holds) std::abort();
}

std::string joined(const query::BuildResult& result) {
  std::string out;
  for (const auto& object : result.objects) {
    if (!out.empty()) out += "---\n";
    out += object.text;
  }
  return out;
}

bool hasError(const query::BuildResult& result) {
  return std::any_of(result.diagnostics.begin(), result.diagnostics.end(), [](const diag::Diagnostic& diagnostic) { return diagnostic.severity == diag::Severity::Error; });
}

/// Places are in the text that they speak of.
void checkPlaces(const query::Session& session, const query::BuildResult& result) {
  const auto check = [&](const source::Location& at) {
    if (!base::valid(at.file)) return;
    require(at.span.begin <= at.span.end && at.span.end <= session.files()[at.file].text.size());
  };
  for (const auto& diagnostic : result.diagnostics) {
    check(diagnostic.primary.at);
    for (const auto& related : diagnostic.related) check(related.at);
  }
}

/// Inputs share a session, since checking the prelude takes longer than most of them; a new one now and then, since a session keeps what it has seen.
query::Session& sharedSession() {
  constexpr int inputsEach = 200;
  static std::optional<query::Session> session;
  static int inputs = 0;
  if (inputs++ % inputsEach == 0) session.emplace(query::Options{"/nowhere", 36});
  return *session;
}

void tryText(std::string_view text) {
  auto& session = sharedSession();
  query::BuildOptions options;
  options.limits = limits;
  const auto file = session.openText("<input>", std::string(text));
  const auto first = session.build(file, options);
  require(first.ok == !hasError(first));
  checkPlaces(session, first);
  const auto output = joined(first);
  if (first.ok) require(codec::readYaml(output, {.depth = 1000}).ok());
  (void)session.dump(file, "hir");
  (void)session.dump(file, "types");
  session.setText(file, "let edited = 1\n");
  (void)session.staticErrors(file);
  session.setText(file, std::string(text));
  const auto second = session.build(file, options);
  require(second.ok == first.ok && joined(second) == output);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  query::onLargeStack([&] { tryText(text); });
  return 0;
}
