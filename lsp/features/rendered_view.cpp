#include "lsp/features/rendered_view.hpp"

#include <algorithm>
#include <ctime>

#include "query/ide/text_change.hpp"

namespace kdsl::lsp {
namespace {

std::uint32_t linesIn(std::string_view text) { return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')); }

std::string timeOfDay() {
  const auto now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  char text[16];
  return {text, std::strftime(text, sizeof text, "%H:%M:%S", &parts)};
}

void addComment(RenderedView& view, std::string line) {
  std::replace(line.begin(), line.end(), '\n', ' ');
  view.text += "# " + line + "\n";
  ++view.commentLines;
}

void addProblems(RenderedView& view, const query::BuildResult& build) {
  view.ok = build.ok;
  for (const auto& one : build.diagnostics) {
    auto line = diag::codeText(one) + ": " + diag::message(one);
    if (one.severity == diag::Severity::Error) addComment(view, line);
    view.problems.push_back(std::move(line));
  }
}

RenderedView::Made madeBy(const query::BuildResult& build, const source::FileTable& files) {
  RenderedView::Made made;
  made.time = timeOfDay();
  std::uint32_t line = 0;
  for (const auto& object : build.objects) {
    if (line != 0) {
      made.yaml += "---\n";
      ++line;
    }
    for (auto source : object.lines) {
      source.line += line;
      made.lines.push_back(source);
      for (const auto file : {source.at.file, source.origin.file}) {
        if (base::valid(file) && !files[file].builtIn) made.texts.try_emplace(file, files[file].text);
      }
    }
    const auto count = linesIn(object.text);
    made.objects.push_back({object.apiVersion, object.kind, object.name, object.namespace_, line, count});
    made.yaml += object.text;
    line += count;
  }
  return made;
}

/// Where sources of lines are in the present texts.
class Movement {
 public:
  Movement(const std::map<FileId, std::string>& texts, const source::FileTable& files) {
    for (const auto& [file, text] : texts) changes_.emplace(file, query::TextChange(text, files[file].text));
  }

  /// False if it is gone.
  bool move(source::Location& at) const {
    const auto change = changes_.find(at.file);
    if (change == changes_.end()) return true;
    const auto begin = change->second.after(at.span.begin), end = change->second.after(at.span.end);
    if (begin && end) at.span = {*begin, *end};
    return begin && end;
  }

 private:
  std::map<FileId, query::TextChange> changes_;
};

/// Below the problems what was made, now or before.
void addMade(RenderedView& view, const source::FileTable& files) {
  if (view.isOld) addComment(view, "below is what was built last, at " + view.made->time);
  view.text += view.made->yaml;
  view.objects = view.made->objects;
  for (auto& object : view.objects) object.line += view.commentLines;
  const Movement movement(view.isOld ? view.made->texts : std::map<FileId, std::string>(), files);
  for (auto source : view.made->lines) {
    source.line += view.commentLines;
    if (movement.move(source.at) && movement.move(source.origin)) view.lines.push_back(source);
  }
}

}  // namespace

std::size_t RenderedView::offsetOf(std::uint32_t line) const {
  std::size_t at = 0;
  for (; line > 0 && at < text.size(); --line) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return at;
}

std::string_view RenderedView::yaml() const { return std::string_view(text).substr(offsetOf(commentLines)); }

std::string_view RenderedView::textOf(const Object& object) const {
  const auto begin = offsetOf(object.line);
  return std::string_view(text).substr(begin, offsetOf(object.line + object.lines) - begin);
}

std::vector<source::Location> RenderedView::sourcesOf(std::uint32_t line) const {
  auto found = std::upper_bound(lines.begin(), lines.end(), line, [](std::uint32_t wanted, const emit::LineSource& source) { return wanted < source.line; });
  if (found == lines.begin()) return {};
  --found;
  std::vector<source::Location> places;
  if (base::valid(found->origin.file)) places.push_back(found->origin);
  if (base::valid(found->at.file) && !(found->at == found->origin)) places.push_back(found->at);
  return places;
}

namespace {

/// Whether a text may be what stands from within a key, of a path the last one, to its value: `licas: `.
bool isRestOfKey(std::string_view text) {
  const auto colon = text.rfind(':');
  return colon != std::string_view::npos && text.find_first_of("{}(),=. ") >= colon && text.find_first_not_of(' ', colon + 1) == std::string_view::npos;
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> RenderedView::linesOf(const source::FileTable& files, FileId file, std::uint32_t offset) const {
  // Meant is the smallest value that the caret is in, or is on the key of; without one a value that begins on its line.
  const auto& source = files[file].text;
  const auto lineBegin = offset == 0 ? 0 : source.rfind('\n', offset - 1) + 1;
  const auto lineEnd = std::min(source.find('\n', offset), source.size());
  std::vector<std::pair<std::size_t, std::uint32_t>> sized;  // size of the source, line
  const auto add = [&](const source::Location& at, std::uint32_t line) {
    if (at.file != file) return;
    const bool isHere = lineBegin <= at.span.begin && at.span.begin <= lineEnd;
    const bool contains = at.span.begin <= offset && offset <= at.span.end;
    const bool isMeant = contains || (isHere && offset < at.span.begin && isRestOfKey(std::string_view(source).substr(offset, at.span.begin - offset)));
    if (isHere || isMeant) sized.emplace_back(isMeant ? at.span.size() : source.size() + at.span.size(), line);
  };
  for (const auto& line : lines) {
    add(line.at, line.line);
    if (!(line.origin == line.at)) add(line.origin, line.line);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  if (sized.empty()) return ranges;
  const auto smallest = std::min_element(sized.begin(), sized.end())->first;
  std::erase_if(sized, [&](const auto& one) { return one.first != smallest; });
  std::sort(sized.begin(), sized.end());
  for (const auto& [size, line] : sized) {
    if (!ranges.empty() && line <= ranges.back().second + 1) {
      ranges.back().second = line;
    } else {
      ranges.emplace_back(line, line);
    }
  }
  return ranges;
}

const RenderedView* RenderedViews::of(Context& context, const BuildChoice& choice, std::string& problem) {
  auto build = openBuild(context, choice);
  problem = build.problem;
  if (!problem.empty()) return nullptr;
  const auto key = choice.key();
  // What was committed is looked up each time: a revision is often the name of a branch.
  const auto revision = build.own == nullptr ? build.session->revision(build.root) : 0;
  auto known = std::find_if(views_.begin(), views_.end(), [&](const RenderedView& view) { return view.key == key; });
  if (known == views_.end() || build.own != nullptr || known->revision != revision) {
    RenderedView view;
    view.key = key;
    view.revision = revision;
    view.root = build.own == nullptr ? build.root : base::none<FileId>;
    auto result = build.session->rendered(build.root, build.options);
    if (result.stopped) {
      problem = "cancelled";
      return nullptr;
    }
    const auto& files = build.session->files();
    addProblems(view, result);
    view.isOld = !result.ok && result.objects.empty() && build.own == nullptr && known != views_.end() && !known->made->objects.empty();
    view.made = view.isOld ? known->made : std::make_shared<const RenderedView::Made>(madeBy(result, files));
    addMade(view, files);
    if (build.own != nullptr) view.lines.clear();
    if (known != views_.end()) views_.erase(known);
    if (views_.size() == kept) views_.erase(views_.begin());
    views_.push_back(std::move(view));
  } else {
    std::rotate(known, known + 1, views_.end());
  }
  return &views_.back();
}

}  // namespace kdsl::lsp
