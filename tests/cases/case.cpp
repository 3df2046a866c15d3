#include "case.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "query/ide/assistant.hpp"

namespace kdsl::cases {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// The verbs of marks, which are no codes.
constexpr std::string_view verbs[] = {"hover:", "declares:", "goes to:", "offers:"};

std::string_view verbOf(std::string_view rest) {
  const auto found = std::ranges::find_if(verbs, [&](std::string_view verb) { return rest.starts_with(verb); });
  return found == std::end(verbs) ? std::string_view() : *found;
}

bool takeCode(std::string_view& rest, Expectation& expectation) {
  const auto end = rest.find(' ');
  expectation.code = std::string(rest.substr(0, end));
  expectation.words = end == std::string_view::npos ? std::string() : std::string(trim(rest.substr(end)));
  return !expectation.code.empty();
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

}  // namespace

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
        if (!verbOf(rest).empty()) {
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

std::vector<Mark> marksOf(std::string_view text) {
  std::vector<Mark> found;
  std::uint32_t line = 0, codeLine = 0;
  for (std::size_t at = 0; at <= text.size(); ++line) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto whole = text.substr(at, end - at);
    at = end + 1;
    const auto begin = whole.find("//");
    const auto comment = begin == std::string_view::npos || !trim(whole.substr(0, begin)).empty() ? std::string_view() : trim(whole.substr(begin + 2));
    if (!comment.starts_with('^')) {
      codeLine = line;
      continue;
    }
    const auto width = comment.find_first_not_of('^');
    const auto rest = width == std::string_view::npos ? std::string_view() : trim(comment.substr(width));
    const auto verb = verbOf(rest);
    if (verb.empty()) continue;
    found.push_back({codeLine, static_cast<std::uint32_t>(comment.data() - whole.data()), static_cast<std::uint32_t>(width), std::string(verb.substr(0, verb.size() - 1)),
                     std::string(trim(rest.substr(verb.size())))});
  }
  return found;
}

std::string compareMarks(query::Session& session, source::FileId file, const std::vector<Mark>& marks) {
  std::string out;
  query::Assistant assistant(session);
  const auto offsetOf = [&](const Mark& mark) {
    const auto& source = session.files()[file];
    return source.lines().offset(source.text, {mark.line, mark.column}, source::ColumnUnit::Utf8);
  };
  for (const auto& mark : marks) {
    const auto wrong = [&](const std::string& seen) { out += fmt::format("line {} column {}: {}: {}; seen: {}\n", mark.line + 1, mark.column + 1, mark.verb, mark.words, seen); };
    if (mark.verb == "hover") {
      const auto hover = assistant.hover(file, offsetOf(mark));
      if (!hover || hover->markdown.find(mark.words) == std::string::npos) wrong(hover ? hover->markdown : "nothing");
    } else if (mark.verb == "goes to") {
      const auto target = std::ranges::find_if(marks, [&](const Mark& other) { return other.verb == "declares" && other.words == mark.words; });
      const auto places = assistant.definitions(file, offsetOf(mark));
      const bool isThere = target != marks.end() && std::ranges::any_of(places, [&](const source::Location& place) {
        return place.file == file && place.span.begin == offsetOf(*target) && place.span.size() == target->width;
      });
      if (!isThere) wrong(fmt::format("{} places", places.size()));
    } else if (mark.verb == "offers") {
      const auto list = assistant.complete(file, offsetOf(mark), /*snippets=*/true);
      for (std::size_t at = 0; at < mark.words.size();) {
        const auto comma = std::min(mark.words.find(", ", at), mark.words.size());
        auto word = std::string_view(mark.words).substr(at, comma - at);
        at = comma + 2;
        const bool isWanted = !word.starts_with('!');
        if (!isWanted) word.remove_prefix(1);
        const bool isThere = std::ranges::any_of(list.items, [&](const query::Completion& item) { return item.label == word; });
        if (isThere != isWanted) wrong(fmt::format("`{}` is {}", word, isThere ? "there" : "not there"));
      }
    }
  }
  return out;
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
