#include "query/ide/waive.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/evaluation.hpp"

namespace kdsl::query {

namespace code = diag::code;
using hir::EntryKind;

namespace {

/// Places that are tried: whoever asks waits for a build of each.
constexpr std::size_t mostTrials = 8;
constexpr std::string_view blanks = " \t\r\n";

bool holds(Span outer, Span inner) { return outer.begin <= inner.begin && inner.end <= outer.end; }

class Writer {
 public:
  Writer(const Facts& facts, Span at, std::string_view name) : facts_(facts), hir_(facts.hir()), text_(facts.text()), at_(at), waiver_(fmt::format("waive {} because \"…\"", name)) {}

  std::vector<diag::Edit> run() {
    std::vector<const hir::Body*> around;
    for (const auto& body : hir_.bodies) {
      if (isInBraces(body) && holds(body.span, at_)) around.push_back(&body);
    }
    std::ranges::sort(around, {}, [](const hir::Body* body) { return body->span.size(); });
    for (const auto* body : around) {
      for (const auto& path : pathsIn(*body)) add(*body, fmt::format("{}: {{ {} }}", path, waiver_));
      add(*body, waiver_);
    }
    const auto& file = hir_[hir_[hir::moduleItem].body];
    for (const auto& path : pathsIn(file)) addLine(fmt::format("{}: {{ {} }}", path, waiver_));
    addLine(waiver_);
    return std::move(edits_);
  }

 private:
  bool isInBraces(const hir::Body& body) const { return body.span.size() >= 2 && text_[body.span.begin] == '{' && text_[body.span.end - 1] == '}'; }

  /// The begins of the path of the entry that holds the place, the longest first: `a.b` and `a` of `a.b.c: v`.
  std::vector<std::string_view> pathsIn(const hir::Body& body) const {
    std::vector<std::string_view> paths;
    for (const auto& entry : hir_.entriesOf(body)) {
      if (entry.kind != EntryKind::Set || entry.segmentCount < 2 || !holds(entry.span, at_)) continue;
      const auto begin = hir_.segments[entry.firstSegment].span.begin;
      for (auto i = entry.segmentCount - 1; i > 0; --i) {
        const auto path = text_.substr(begin, hir_.segments[entry.firstSegment + i].span.begin - begin);
        paths.push_back(path.substr(0, path.find_last_not_of("?.[") + 1));
      }
    }
    return paths;
  }

  std::string indentationAt(std::uint32_t offset) const {
    const auto line = offset == 0 ? 0 : text_.rfind('\n', offset - 1) + 1;
    const auto end = text_.find_first_not_of(" \t", line);
    return std::string(text_.substr(line, std::min<std::size_t>(end, text_.size()) - line));
  }

  void insert(std::uint32_t offset, std::string text) { edits_.push_back({{facts_.file, {offset, offset}}, std::move(text)}); }

  /// At the end of what is between the braces.
  void add(const hir::Body& body, const std::string& entry) {
    const auto inner = text_.substr(body.span.begin + 1, body.span.size() - 2);
    const auto last = inner.find_last_not_of(blanks);
    if (last == std::string_view::npos) return insert(body.span.begin + 1, " " + entry + (inner.empty() ? " " : ""));
    const auto end = body.span.begin + 2 + static_cast<std::uint32_t>(last);
    const bool hasOwnLines = text_.substr(end, body.span.end - end).find('\n') != std::string_view::npos;
    if (!hasOwnLines) return insert(end, (text_[end - 1] == ',' ? " " : ", ") + entry);
    const auto first = body.span.begin + 1 + static_cast<std::uint32_t>(inner.find_first_not_of(blanks));
    const bool beginsLine = text_.substr(body.span.begin, first - body.span.begin).find('\n') != std::string_view::npos;
    insert(end, "\n" + (beginsLine ? indentationAt(first) : indentationAt(body.span.begin) + "  ") + entry);
  }

  /// Below the declaration or entry of the file that holds the place.
  void addLine(const std::string& entry) {
    auto end = at_.end;
    for (const auto id : hir_.childrenOf(hir_[hir::moduleItem])) {
      if (holds(hir_[id].span, at_)) end = std::max(end, hir_[id].span.end);
    }
    for (const auto& one : hir_.entriesOf(hir_[hir_[hir::moduleItem].body])) {
      if (holds(one.span, at_)) end = std::max(end, one.span.end);
    }
    const auto line = text_.find('\n', end);
    insert(static_cast<std::uint32_t>(std::min(line, text_.size())), "\n" + entry);
  }

  const Facts& facts_;
  const hir::Module& hir_;
  std::string_view text_;
  Span at_;
  std::string waiver_;
  std::vector<diag::Edit> edits_;
};

/// A check says where it stands if nothing was set: a waiver there would lift it for all that it is about.
bool isCheck(const hir::Module& module, Span at) {
  return std::ranges::any_of(module.entries, [&](const hir::Entry& entry) { return entry.kind == EntryKind::Check && holds(entry.span, at); });
}

}  // namespace

std::vector<diag::Edit> waiverEdits(const Facts& facts, Span at, std::string_view name) { return Writer(facts, at, name).run(); }

std::optional<diag::Fix> Waivers::of(FileId root, const diag::Diagnostic& failed, const std::atomic<bool>* stop) {
  if ((failed.code != code::check_failed && failed.code != code::warn_failed) || failed.displayCode.empty()) return std::nullopt;
  std::vector<source::Location> places{failed.primary.at};
  for (const auto& one : failed.related) places.push_back(one.at);
  std::vector<diag::Edit> edits, ofFiles;
  for (const auto& at : places) {
    if (!base::valid(at.file) || session_.files()[at.file].builtIn) continue;
    const auto facts = session_.facts(at.file);
    if (isCheck(facts.hir(), at.span)) continue;
    auto found = waiverEdits(facts, at.span, failed.displayCode);
    ofFiles.push_back(std::move(found.back()));
    found.pop_back();
    for (auto& edit : found) edits.push_back(std::move(edit));
  }
  // One for all of a file only where there is no narrower one.
  for (auto& edit : ofFiles) edits.push_back(std::move(edit));
  std::size_t trials = 0;
  for (auto& edit : edits) {
    if (trials++ == mostTrials || (stop != nullptr && *stop)) break;
    if (lifts(root, edit, failed, stop)) return diag::Fix{fmt::format("waive `{}` with a reason", failed.displayCode), {std::move(edit)}};
  }
  return std::nullopt;
}

bool Waivers::lifts(FileId root, const diag::Edit& edit, const diag::Diagnostic& failed, const std::atomic<bool>* stop) {
  if (trial_ == nullptr) trial_ = std::make_unique<Session>(session_.options());
  auto all = session_.closure(root);
  if (std::ranges::find(all, edit.at.file) == all.end()) return false;
  for (const auto file : all) {
    const auto& known = session_.files()[file];
    if (known.builtIn) continue;
    auto text = known.text;
    if (file == edit.at.file) text.replace(edit.at.span.begin, edit.at.span.size(), edit.text);
    const auto copy = trial_->find(known.path);
    if (!base::valid(copy) || trial_->files()[copy].text != text) trial_->openText(known.path, std::move(text));
  }
  BuildOptions options;
  options.limits.stop = stop;
  const auto result = trial_->build(trial_->find(session_.files()[root].path), options);
  if (result.stopped || std::ranges::none_of(result.waivers, [&](const Waived& one) { return one.name == failed.displayCode; })) return false;
  auto begin = failed.primary.at.span.begin;
  if (failed.primary.at.file == edit.at.file && edit.at.span.begin <= begin) begin += static_cast<std::uint32_t>(edit.text.size());
  const auto& path = session_.files()[failed.primary.at.file].path;
  return std::ranges::none_of(result.diagnostics, [&](const diag::Diagnostic& one) {
    return one.displayCode == failed.displayCode && one.primary.at.span.begin == begin && base::valid(one.primary.at.file) && trial_->files()[one.primary.at.file].path == path;
  });
}

}  // namespace kdsl::query
