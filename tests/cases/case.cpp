#include "case.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "marks.hpp"

namespace kdsl::cases {
namespace {

bool takeCode(std::string_view& rest, Expectation& expectation) {
  const auto end = rest.find(' ');
  expectation.code = std::string(rest.substr(0, end));
  expectation.words = end == std::string_view::npos ? std::string() : std::string(trim(rest.substr(end)));
  return !expectation.code.empty();
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

bool mentions(const diag::Diagnostic& diagnostic, const std::string& words) {
  if (words.empty() || diag::message(diagnostic).find(words) != std::string::npos || diagnostic.primary.text.find(words) != std::string::npos) return true;
  for (const auto& note : diagnostic.notes) {
    if (note.find(words) != std::string::npos) return true;
  }
  for (const auto& label : diagnostic.related) {
    if (label.text.find(words) != std::string::npos) return true;
  }
  return false;
}

std::vector<Expectation> expectationsOf(std::string_view text) {
  std::vector<Expectation> found;
  std::uint32_t line = 0, codeLine = 0;
  while (true) {
    const auto end = text.find('\n');
    const auto whole = text.substr(0, end);
    const auto begin = whole.find("//");
    bool isExpectation = false;
    if (begin != std::string_view::npos && trim(whole.substr(0, begin)).empty()) {
      Expectation expectation;
      auto rest = trim(whole.substr(begin + 2));
      if (rest.starts_with("at end ")) {
        rest = trim(rest.substr(7));
        expectation.anywhere = true;
        isExpectation = takeCode(rest, expectation);
      } else if (rest.starts_with("^")) {
        expectation.line = codeLine;
        expectation.column = static_cast<std::uint32_t>(rest.data() - whole.data());
        while (rest.starts_with("^")) {
          ++expectation.width;
          rest.remove_prefix(1);
        }
        rest = trim(rest);
        if (isMark(rest)) {
          // The line of the code stays what it is, for what else is said of it.
          if (end == std::string_view::npos) return found;
          text.remove_prefix(end + 1);
          ++line;
          continue;
        }
        isExpectation = takeCode(rest, expectation);
      }
      if (isExpectation) found.push_back(std::move(expectation));
    }
    if (!isExpectation) codeLine = line;
    if (end == std::string_view::npos) return found;
    text.remove_prefix(end + 1);
    ++line;
  }
}

std::vector<query::Parameter> parametersOf(std::string_view text) {
  constexpr std::string_view head = "// -p ";
  std::vector<query::Parameter> found;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = trim(text.substr(0, end));
    const auto equals = line.find('=');
    if (line.starts_with(head) && equals != std::string_view::npos) {
      found.push_back({std::string(line.substr(head.size(), equals - head.size())), std::string(line.substr(equals + 1))});
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return found;
}

std::string compare(const source::FileTable& files, source::FileId file, const std::vector<diag::Diagnostic>& found, const std::vector<Expectation>& expected) {
  std::string out;
  std::vector<bool> met(expected.size(), false);
  for (const auto& diagnostic : found) {
    const auto at = diagnostic.primary.at;
    const bool here = at.file == file;
    source::LineColumn begin, end;
    if (here) {
      begin = files[file].lines().lineColumn(files[file].text, at.span.begin, source::ColumnUnit::Utf8);
      end = files[file].lines().lineColumn(files[file].text, at.span.end, source::ColumnUnit::Utf8);
    }
    bool matched = false;
    for (std::size_t i = 0; i < expected.size() && !matched; ++i) {
      const auto& wanted = expected[i];
      if (met[i] || wanted.code != diag::codeText(diagnostic) || !mentions(diagnostic, wanted.words)) continue;
      if (!wanted.anywhere) {
        if (!here || begin.line != wanted.line || begin.column != wanted.column) continue;
        if (end.line == begin.line && std::max(1u, end.column - begin.column) != wanted.width) continue;
      }
      met[i] = matched = true;
    }
    if (matched) continue;
    const auto where = base::valid(at.file) ? fmt::format("{}:{}:{} (+{})", files[at.file].displayPath, begin.line + 1, begin.column + 1, at.span.size()) : std::string("no place");
    out += fmt::format("not expected: {} {}: {}", where, diag::codeText(diagnostic), diag::message(diagnostic));
    if (!diagnostic.primary.text.empty()) out += fmt::format(" | {}", diagnostic.primary.text);
    for (const auto& note : diagnostic.notes) out += fmt::format(" = {}", note);
    out += '\n';
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (!met[i]) out += fmt::format("not found: line {} column {} width {}: {} {}\n", expected[i].line + 1, expected[i].column + 1, expected[i].width, expected[i].code, expected[i].words);
  }
  return out;
}

}  // namespace kdsl::cases
