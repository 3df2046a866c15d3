#include "marks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "case.hpp"
#include "edits.hpp"
#include "query/ide/assistant.hpp"

namespace kdsl::cases {
namespace {

constexpr std::string_view verbs[] = {"hover", "declares", "goes to", "offers", "becomes", "fixes"};
constexpr std::string_view renameVerb = "rename to";

/// `verb: words`, with the new name behind the verb of a rename; without a verb if it is no mark.
Mark markIn(std::string_view rest) {
  Mark mark;
  const auto colon = rest.find(':');
  if (colon == std::string_view::npos) return mark;
  const auto verb = rest.substr(0, colon);
  mark.words = std::string(trim(rest.substr(colon + 1)));
  if (verb.starts_with(renameVerb)) {
    mark.verb = std::string(renameVerb);
    mark.newName = std::string(trim(verb.substr(renameVerb.size())));
  } else if (std::ranges::find(verbs, verb) != std::end(verbs)) {
    mark.verb = std::string(verb);
  }
  return mark;
}

class Comparison {
 public:
  Comparison(query::Session& session, source::FileId file, const std::vector<Mark>& marks, const std::vector<diag::Diagnostic>& diagnostics)
      : session_(session), file_(file), marks_(marks), diagnostics_(diagnostics) {}

  std::string run() {
    for (const auto& mark : marks_) {
      if (mark.verb == "hover") hover(mark);
      if (mark.verb == "goes to") goesTo(mark);
      if (mark.verb == "offers") offers(mark);
      if (mark.verb == "fixes") fixes(mark);
      if (mark.verb == renameVerb) rename(mark);
    }
    return out_;
  }

 private:
  void wrong(const Mark& mark, const std::string& seen) {
    const auto verb = mark.newName.empty() ? mark.verb : mark.verb + " " + mark.newName;
    out_ += fmt::format("line {} column {}: {}: {}; seen: {}\n", mark.line + 1, mark.column + 1, verb, mark.words, seen);
  }

  std::uint32_t offsetOf(const Mark& mark) const {
    const auto& source = session_.files()[file_];
    return source.lines().offset(source.text, {mark.line, mark.column}, source::ColumnUnit::Utf8);
  }

  void hover(const Mark& mark) {
    const auto hover = assistant_.hover(file_, offsetOf(mark));
    if (!hover || hover->markdown.find(mark.words) == std::string::npos) wrong(mark, hover ? hover->markdown : "nothing");
  }

  void goesTo(const Mark& mark) {
    const auto target = std::ranges::find_if(marks_, [&](const Mark& other) { return other.verb == "declares" && other.words == mark.words; });
    const auto places = assistant_.definitions(file_, offsetOf(mark));
    const bool isThere = target != marks_.end() && std::ranges::any_of(places, [&](const source::Location& place) {
      return place.file == file_ && place.span.begin == offsetOf(*target) && place.span.size() == target->width;
    });
    if (!isThere) wrong(mark, fmt::format("{} places", places.size()));
  }

  void offers(const Mark& mark) {
    const auto list = assistant_.complete(file_, offsetOf(mark), /*snippets=*/true);
    for (std::size_t at = 0; at < mark.words.size();) {
      const auto comma = std::min(mark.words.find(", ", at), mark.words.size());
      auto word = std::string_view(mark.words).substr(at, comma - at);
      at = comma + 2;
      const bool isWanted = !word.starts_with('!');
      if (!isWanted) word.remove_prefix(1);
      const bool isThere = std::ranges::any_of(list.items, [&](const query::Completion& item) { return item.label == word; });
      if (isThere != isWanted) wrong(mark, fmt::format("`{}` is {}", word, isThere ? "there" : "not there"));
    }
  }

  /// `TITLE -> TEXT`: a fix of that title stands at the place, makes that of the lines that it changes, and removes what it is for.
  void fixes(const Mark& mark) {
    const auto arrow = mark.words.rfind(" -> ");
    const auto title = std::string(trim(std::string_view(mark.words).substr(0, arrow)));
    const auto text = arrow == std::string::npos ? std::string() : std::string(trim(std::string_view(mark.words).substr(arrow + 4)));
    std::string titles;
    for (const auto& diagnostic : diagnostics_) {
      const auto& at = diagnostic.primary.at;
      if (at.file != file_ || offsetOf(mark) < at.span.begin || offsetOf(mark) > at.span.end) continue;
      auto all = diagnostic.fixes;
      if (auto waiver = assistant_.waiver(file_, diagnostic)) all.push_back(std::move(*waiver));
      for (const auto& fix : all) {
        titles += (titles.empty() ? "" : ", ") + fix.title;
        if (fix.title != title) continue;
        Edits edits(session_);
        for (const auto& edit : fix.edits) edits.add(edit.at, edit.text);
        const auto before = session_.files()[file_].text;
        edits.apply();
        const auto changed = changedLines(before, session_.files()[file_].text);
        const auto left = session_.check(file_);
        edits.undo();
        if (changed != text) wrong(mark, changed);
        const auto isSame = [&](const diag::Diagnostic& other) { return other.code == diagnostic.code; };
        if (std::ranges::count_if(left, isSame) >= std::ranges::count_if(diagnostics_, isSame)) wrong(mark, "the problem is still there");
        return;
      }
    }
    wrong(mark, titles.empty() ? "no fix" : titles);
  }

  /// Those of the file, and of others that a rename changes.
  std::vector<std::string> problems(const Edits& edits) {
    std::vector<std::string> found;
    for (const auto& one : session_.check(file_)) found.push_back(diag::codeText(one));
    for (const auto file : edits.files()) {
      for (const auto& one : session_.staticErrors(file)) found.push_back(session_.files()[file].path + diag::codeText(one));
    }
    std::ranges::sort(found);
    return found;
  }

  /// The places that change are those of the marks that say so, the problems stay what they are, and the old name brings the old text back.
  void rename(const Mark& mark) {
    const auto result = assistant_.rename(file_, offsetOf(mark), mark.newName);
    if (mark.words.starts_with("refused")) {
      if (result.refusal.find(trim(std::string_view(mark.words).substr(std::string_view("refused").size()))) == std::string::npos || result.refusal.empty()) wrong(mark, result.refusal);
      return;
    }
    if (!result.refusal.empty()) return wrong(mark, result.refusal);
    Edits edits(session_);
    for (const auto& edit : result.edits) edits.add(edit.at, edit.text);
    if (const auto places = edits.placesIn(file_); places != placesOf(mark)) wrong(mark, "here " + places);
    if (const auto others = edits.countsBeside(file_); others != mark.words) wrong(mark, "other files: " + others);
    const std::string name(session_.files()[file_].text.substr(offsetOf(mark), mark.width));
    const auto place = edits.offsetAfter(file_, offsetOf(mark));
    const auto before = problems(edits);
    edits.apply();
    assistant_.changed();
    if (problems(edits) != before) wrong(mark, "other problems: " + fmt::format("{}", fmt::join(problems(edits), " ")));
    const auto back = assistant_.rename(file_, place, name);
    if (!back.refusal.empty()) wrong(mark, "back: " + back.refusal);
    Edits backEdits(session_);
    for (const auto& edit : back.edits) backEdits.add(edit.at, edit.text);
    backEdits.apply();
    if (!edits.isUndone()) wrong(mark, "the old name gives another text");
    edits.undo();
    assistant_.changed();
  }

  std::string placesOf(const Mark& rename) const {
    std::vector<std::string> places;
    for (const auto& mark : marks_) {
      const bool isRename = mark.verb == renameVerb && mark.newName == rename.newName;
      const bool isMeant = mark.verb == "becomes" && hasWord(mark.words, rename.newName);
      if (isRename || isMeant) places.push_back(placeText(mark.line, mark.column, isRename ? mark.newName : mark.words));
    }
    return joinedPlaces(std::move(places));
  }

  query::Session& session_;
  source::FileId file_;
  const std::vector<Mark>& marks_;
  const std::vector<diag::Diagnostic>& diagnostics_;
  query::Assistant assistant_{session_};
  std::string out_;
};

}  // namespace

bool isMark(std::string_view rest) { return !markIn(rest).verb.empty(); }

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
    auto mark = markIn(width == std::string_view::npos ? std::string_view() : trim(comment.substr(width)));
    if (mark.verb.empty()) continue;
    mark.line = codeLine;
    mark.column = static_cast<std::uint32_t>(comment.data() - whole.data());
    mark.width = static_cast<std::uint32_t>(width);
    found.push_back(std::move(mark));
  }
  return found;
}

std::string compareMarks(query::Session& session, source::FileId file, const std::vector<Mark>& marks, const std::vector<diag::Diagnostic>& diagnostics) {
  return Comparison(session, file, marks, diagnostics).run();
}

}  // namespace kdsl::cases
