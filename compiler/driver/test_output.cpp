#include "driver/test_output.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "driver/terminal.hpp"

namespace kdsl::driver {
namespace {

std::size_t lineOf(const source::FileTable& files, source::Location at) {
  const auto& file = files[at.file];
  return file.lines().lineColumn(file.text, at.span.begin, source::ColumnUnit::Utf8).line + 1;
}

std::string firstMessage(const std::vector<diag::Diagnostic>& diagnostics) {
  for (const auto& diagnostic : diagnostics) {
    if (diagnostic.severity == diag::Severity::Error) return fmt::format("{}: {}", diag::codeText(diagnostic), diag::message(diagnostic));
  }
  return {};
}

/// The diagnostics as text without colours: what goes into files.
std::string plainText(const source::FileTable& files, const std::vector<diag::Diagnostic>& diagnostics) {
  diag::Report report;
  report.add(files, diagnostics);
  ReportOptions options;
  options.color = ColorChoice::Never;
  options.quiet = true;  // no summary
  return reportText(report, options, 1);
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n':
      case '\t': out += c; break;
      default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;  // XML 1.0 has no other control characters
    }
  }
  return out;
}

void appendIndented(std::string& out, std::string_view text, std::string_view indent) {
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    out += indent;
    out += text.substr(at, end - at);
    out += '\n';
    at = end + 1;
  }
}

}  // namespace

TestTotals totalsOf(const std::vector<FileTests>& files) {
  TestTotals totals;
  for (const auto& file : files) {
    bool broken = false;
    for (const auto& diagnostic : file.run.diagnostics) broken |= diagnostic.severity == diag::Severity::Error;
    totals.broken += broken ? 1 : 0;
    for (const auto& test : file.run.tests) {
      ++(test.passed ? totals.passed : totals.failed);
      totals.milliseconds += test.milliseconds;
    }
  }
  return totals;
}

std::string testsAsText(const std::vector<FileTests>& files, const TestTotals& totals, const ReportOptions& options, bool verbose, int descriptor) {
  const bool color = wantsColor(options.color, descriptor);
  const auto painted = [&](std::string_view text, int code) { return color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text); };
  std::string out;
  ReportOptions inner = options;
  inner.quiet = true;  // the totals stand below
  for (const auto& file : files) {
    if (!file.run.diagnostics.empty()) {
      diag::Report report;
      report.add(*file.files, wanted(file.run.diagnostics, options));
      out += reportText(report, inner, descriptor);
    }
    for (const auto& test : file.run.tests) {
      if (test.passed && !verbose) continue;
      out += fmt::format("{} {} ({}:{}, {:.1f} ms)\n", test.passed ? painted("ok", 32) : painted("FAIL", 31), test.title, file.path, lineOf(*file.files, test.at), test.milliseconds);
      if (test.passed) continue;
      diag::Report report;
      report.add(*file.files, wanted(test.diagnostics, options));
      out += reportText(report, inner, descriptor);
      out += '\n';
    }
  }
  out += fmt::format("{} passed, {} failed", totals.passed, totals.failed);
  if (totals.broken != 0) out += fmt::format(", {} file{} with errors", totals.broken, totals.broken == 1 ? "" : "s");
  return out + fmt::format(", in {:.0f} ms\n", totals.milliseconds);
}

std::string coverageAsText(const std::vector<FileTests>& files) {
  // A point that several test files see is reached if one of them reached it.
  std::map<std::tuple<std::string, std::uint32_t, query::ReachKind>, query::ReachPoint> points;
  for (const auto& file : files) {
    for (const auto& point : file.run.reach) {
      auto& known = points[{point.path, point.offset, point.kind}];
      const bool reached = known.reached || point.reached;
      known = point;
      known.reached = reached;
    }
  }
  struct Sort {
    query::ReachKind kind;
    std::string_view plural, missing;
  };
  static constexpr Sort sorts[] = {{query::ReachKind::Component, "components", "never made"},
                                   {query::ReachKind::Param, "params", "never set"},
                                   {query::ReachKind::Check, "checks", "never failed"},
                                   {query::ReachKind::Branch, "branches", "never taken"}};
  std::string summary = "coverage:", missed;
  for (const auto& sort : sorts) {
    std::size_t all = 0, reached = 0;
    for (const auto& [key, point] : points) {
      if (point.kind != sort.kind) continue;
      ++all;
      reached += point.reached ? 1 : 0;
      if (!point.reached) missed += fmt::format("  {}:{}: {}{}{}\n", point.displayPath, point.line, point.name.empty() ? sort.plural.substr(0, sort.plural.size() - (sort.kind == query::ReachKind::Branch ? 2 : 1)) : std::string_view(point.name), " ", sort.missing);
    }
    summary += fmt::format("{} {} {}/{}", summary.back() == ':' ? "" : ",", sort.plural, reached, all);
  }
  return summary + "\n" + missed;
}

std::string testsAsTap(const std::vector<FileTests>& files) {
  std::string lines;
  std::size_t number = 0;
  for (const auto& file : files) {
    const auto broken = firstMessage(file.run.diagnostics);
    if (!broken.empty()) {
      lines += fmt::format("not ok {} - {}\n", ++number, file.path);
      appendIndented(lines, plainText(*file.files, file.run.diagnostics), "  # ");
    }
    for (const auto& test : file.run.tests) {
      lines += fmt::format("{} {} - {}: {}\n", test.passed ? "ok" : "not ok", ++number, file.path, test.title);
      if (!test.passed) appendIndented(lines, plainText(*file.files, test.diagnostics), "  # ");
    }
  }
  return fmt::format("TAP version 13\n1..{}\n{}", number, lines);
}

std::string testsAsJunit(const std::vector<FileTests>& files, const TestTotals& totals) {
  auto out = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.4f}\">\n", totals.passed + totals.failed, totals.failed,
                         totals.broken, totals.milliseconds / 1000);
  for (const auto& file : files) {
    const auto broken = firstMessage(file.run.diagnostics);
    if (file.run.tests.empty() && broken.empty()) continue;
    std::size_t failures = 0;
    for (const auto& test : file.run.tests) failures += test.passed ? 0 : 1;
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n", xml(file.path), file.run.tests.size(), failures, broken.empty() ? 0 : 1);
    if (!broken.empty()) {
      out += fmt::format("    <testcase classname=\"{}\" name=\"(the file)\"><error message=\"{}\">{}</error></testcase>\n", xml(file.path), xml(broken), xml(plainText(*file.files, file.run.diagnostics)));
    }
    for (const auto& test : file.run.tests) {
      out += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.4f}\"", xml(file.path), xml(test.title), test.milliseconds / 1000);
      if (test.passed) {
        out += "/>\n";
      } else {
        out += fmt::format("><failure message=\"{}\">{}</failure></testcase>\n", xml(firstMessage(test.diagnostics)), xml(plainText(*file.files, test.diagnostics)));
      }
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

std::string testsAsJson(const std::vector<FileTests>& files, const TestTotals& totals) {
  using Json = nlohmann::ordered_json;
  auto tests = Json::array();
  auto broken = Json::array();
  for (const auto& file : files) {
    if (const auto message = firstMessage(file.run.diagnostics); !message.empty()) broken.push_back({{"file", file.path}, {"message", message}});
    for (const auto& test : file.run.tests) {
      auto messages = Json::array();
      for (const auto& diagnostic : test.diagnostics) messages.push_back({{"code", diag::codeText(diagnostic)}, {"message", diag::message(diagnostic)}});
      tests.push_back({{"file", file.path},
                       {"line", lineOf(*file.files, test.at)},
                       {"title", test.title},
                       {"passed", test.passed},
                       {"checks", test.checks},
                       {"milliseconds", test.milliseconds},
                       {"diagnostics", std::move(messages)}});
    }
  }
  return Json{{"passed", totals.passed}, {"failed", totals.failed}, {"tests", std::move(tests)}, {"broken", std::move(broken)}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kdsl::driver
