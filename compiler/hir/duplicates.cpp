#include "hir/duplicates.hpp"
#include "diag/codes/evaluation.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace kdsl::hir {
namespace {

namespace code = diag::code;

// The condition or loop that an entry stands under.
struct Guard {
  std::uint32_t outer = 0;
  std::uint32_t depth = 0;
  const Entry* entry = nullptr;  // an If or For
  bool otherwise = false;        // its `else` branch
};

// One written entry, seen from a place that its path passes through.
struct Setting {
  const Entry* entry = nullptr;
  std::uint32_t step = 0;  // of its path: the segment that leads on
  std::uint32_t guard = 0;
  bool byNumber = false;  // the segment is an int index
  std::uint64_t key = 0;  // else a symbol

  friend bool operator<(const Setting& a, const Setting& b) {
    if (a.byNumber != b.byNumber) return b.byNumber;
    if (a.key != b.key) return a.key < b.key;
    return a.entry->span.begin < b.entry->span.begin;
  }
  bool sameStep(const Setting& other) const { return byNumber == other.byNumber && key == other.key; }
};

// A place within the body under work, for the path that the message shows.
struct Place {
  std::uint32_t outer = 0;
  const Segment* step = nullptr;
};

// Settings that go on from one place: a range of Checker::settings_.
struct Work {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t place = 0;
};

// Entries that set one place are compared with at most so many others; more than that are found by evaluation.
constexpr std::size_t maxCompared = 32;

class Checker {
 public:
  Checker(const Module& module, std::string_view text, diag::Sink& sink)
      : module_(module), text_(text), sink_(sink), merged_(module.bodies.size()) {}

  void run() {
    // A body's id is smaller than those of the bodies inside, so braces are merged into the body around before they are visited themselves.
    for (std::uint32_t at = 0; at < module_.bodies.size(); ++at) {
      const auto& body = module_.bodies[at];
      const bool single = body.entryCount == 0 || (body.entryCount == 1 && module_.entries[body.firstEntry].kind == EntryKind::Set);
      if (single || merged_[at] || base::valid(body.parent)) continue;
      checkBody(BodyId{at});
    }
  }

 private:
  void checkBody(BodyId body) {
    settings_.clear();
    places_.assign(1, {});
    guards_.assign(1, {});
    collect(body, 0);
    work_.assign(1, {0, static_cast<std::uint32_t>(settings_.size()), 0});
    while (!work_.empty()) {
      const auto next = work_.back();
      work_.pop_back();
      split(next);
    }
  }

  // Adds the entries of a body and its branches.
  void collect(BodyId body, std::uint32_t guard) {
    for (const auto& entry : module_.entriesOf(module_[body])) {
      switch (entry.kind) {
        case EntryKind::Set: add({&entry, 0, guard}); break;
        case EntryKind::If:
        case EntryKind::For:
          collect(entry.then, addGuard(guard, entry, false));
          if (base::valid(entry.otherwise)) collect(entry.otherwise, addGuard(guard, entry, true));
          break;
        default: break;
      }
    }
  }

  std::uint32_t addGuard(std::uint32_t outer, const Entry& entry, bool otherwise) {
    guards_.push_back({outer, guards_[outer].depth + 1, &entry, otherwise});
    return static_cast<std::uint32_t>(guards_.size() - 1);
  }

  const Segment& stepOf(const Setting& setting) const { return module_.segments[setting.entry->firstSegment + setting.step]; }

  // Adds a setting if the next step of its path is known: computed keys are compared by nobody before evaluation.
  void add(Setting setting) {
    if (setting.step >= setting.entry->segmentCount) return;
    const auto& segment = stepOf(setting);
    auto name = segment.name;
    if (segment.kind == SegmentKind::Index) {
      if (segment.count != 1) return;
      const auto& index = module_[module_.exprLists[segment.first]];
      setting.byNumber = index.kind == ExprKind::Int;
      if (setting.byNumber) setting.key = static_cast<std::uint64_t>(module_.ints[index.a]);
      name = index.kind == ExprKind::String ? Symbol{index.a} : base::emptySymbol;
    }
    if (!setting.byNumber && name == base::emptySymbol && !segment.quoted) return;
    if (!setting.byNumber) setting.key = static_cast<std::uint64_t>(name);
    settings_.push_back(setting);
  }

  // Sorts settings by their next step, and compares those that go the same way.
  void split(Work work) {
    const auto begin = settings_.begin() + work.first;
    std::sort(begin, begin + work.count);
    const auto end = work.first + work.count;
    for (auto first = work.first; first < end;) {
      auto last = first + 1;
      while (last < end && settings_[last].sameStep(settings_[first])) ++last;
      if (last - first > 1) compare(first, last, work.place);
      first = last;
    }
  }

  void compare(std::uint32_t first, std::uint32_t last, std::uint32_t outer) {
    places_.push_back({outer, &stepOf(settings_[first])});
    const auto place = static_cast<std::uint32_t>(places_.size() - 1);
    const auto next = static_cast<std::uint32_t>(settings_.size());
    endings_.clear();
    for (auto at = first; at < last; ++at) {
      auto setting = settings_[at];
      if (++setting.step < setting.entry->segmentCount) {
        add(setting);
        continue;
      }
      if (const auto* braces = bracesOf(*setting.entry)) {
        merged_[braces->a] = true;
        collect(BodyId{braces->a}, setting.guard);
      }
      endings_.push_back(setting);
    }
    reportFirstClash(place);
    const auto count = static_cast<std::uint32_t>(settings_.size()) - next;
    if (count > 1) work_.push_back({next, count, place});
  }

  void reportFirstClash(std::uint32_t place) {
    for (std::size_t second = 1; second < endings_.size(); ++second) {
      for (std::size_t first = 0; first < second && first < maxCompared; ++first) {
        if (!clash(endings_[first], endings_[second])) continue;
        report(endings_[first], endings_[second], place);
        return;
      }
    }
  }

  const Expr* bracesOf(const Entry& entry) const {
    if (!base::valid(entry.value) || entry.verb == Verb::Append || entry.verb == Verb::Prepend) return nullptr;
    const auto& value = module_[entry.value];
    return value.kind == ExprKind::Record ? &value : nullptr;
  }

  bool clash(const Setting& a, const Setting& b) const {
    if (!mayHoldTogether(a.guard, b.guard)) return false;
    const auto& first = *a.entry;
    const auto& second = *b.entry;
    const auto joins = [](const Entry& entry) { return entry.verb == Verb::Append || entry.verb == Verb::Prepend; };
    if (joins(first) || joins(second)) return false;
    if (first.verb == Verb::Replace && second.verb == Verb::Replace) return true;
    if (bracesOf(first) != nullptr || bracesOf(second) != nullptr) return false;
    return setsWhole(first) || setsWhole(second);
  }

  // True if both certainly hold, or one always holds when the other does.
  bool mayHoldTogether(std::uint32_t a, std::uint32_t b) const {
    while (guards_[a].depth > guards_[b].depth) a = guards_[a].outer;
    while (guards_[b].depth > guards_[a].depth) b = guards_[b].outer;
    return a == b;
  }

  bool setsWhole(const Entry& entry) const {
    if (entry.verb == Verb::External || entry.verb == Verb::Replace) return true;
    return base::valid(entry.value) && isWhole(entry.value);
  }

  // A value that is set, not merged, whatever the place's type.
  bool isWhole(ExprId id) const {
    const auto& expr = module_[id];
    switch (expr.kind) {
      case ExprKind::Null:
      case ExprKind::Absent:
      case ExprKind::Bool:
      case ExprKind::Int:
      case ExprKind::Float:
      case ExprKind::Unit:
      case ExprKind::String:
      case ExprKind::Interpolation:
      case ExprKind::Present:
      case ExprKind::Not:
      case ExprKind::Negate:
      case ExprKind::Is:
      case ExprKind::List: return true;
      case ExprKind::Binary: return expr.op != BinaryOp::Coalesce;
      case ExprKind::If: return isWhole(ExprId{expr.b}) && (!base::valid(ExprId{expr.c}) || isWhole(ExprId{expr.c}));
      default: return false;
    }
  }

  void report(const Setting& first, const Setting& second, std::uint32_t place) {
    auto& diagnostic = sink_.report(code::set_twice, at(second.entry->span), {pathText(place)});
    diagnostic.label("and here").also(at(first.entry->span), "first here");
    if (first.guard == second.guard) {
      diagnostic.note("a later layer overrides an earlier one; within one body, drop one");
    } else {
      const bool firstHolds = guards_[first.guard].depth < guards_[second.guard].depth;
      suggestCondition(firstHolds ? first : second, firstHolds ? second : first, diagnostic);
    }
  }

  // `replicas: 1` and `if (prod) replicas: 3` are meant as one entry with a condition in its value.
  void suggestCondition(const Setting& always, const Setting& sometimes, diag::Diagnostic& diagnostic) const {
    const auto& guard = guards_[sometimes.guard];
    const auto& branch = *guard.entry;
    const auto plain = [](const Entry& entry) {
      return entry.verb == Verb::Set && !entry.quiet && !entry.isFinal && base::valid(entry.value);
    };
    const bool alone = guard.outer == always.guard && branch.kind == EntryKind::If && !base::valid(branch.otherwise) &&
                       module_[branch.then].entryCount == 1 && &module_.entriesOf(module_[branch.then])[0] == sometimes.entry;
    if (!alone || !plain(*always.entry) || !plain(*sometimes.entry)) {
      diagnostic.note("one of them holds whatever the condition says; put the condition into the value");
      return;
    }
    const auto value = "if (" + textOf(branch.value) + ") " + textOf(sometimes.entry->value) + " else " + textOf(always.entry->value);
    const auto& path = *always.entry;
    const Span keys{path.span.begin, module_.segmentsOf(path).back().span.end};
    diagnostic.note("write `" + std::string(text_.substr(keys.begin, keys.size())) + ": " + value + "`");
    if (!path.shorthand) {
      diagnostic.fix("put the condition into the value", {{at(module_[path.value].span), value}, {at(branch.span), ""}});
    }
  }

  std::string textOf(ExprId id) const { return std::string(text_.substr(module_[id].span.begin, module_[id].span.size())); }

  std::string pathText(std::uint32_t place) const {
    std::vector<const Segment*> steps;
    for (; place != 0; place = places_[place].outer) steps.push_back(places_[place].step);
    std::string path;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      if (!path.empty() && (*step)->kind == SegmentKind::Name) path += '.';
      path += text_.substr((*step)->span.begin, (*step)->span.size());
    }
    return path;
  }

  source::Location at(Span span) const { return {module_.file, span}; }

  const Module& module_;
  std::string_view text_;
  diag::Sink& sink_;
  std::vector<bool> merged_;  // by BodyId: compared as a part of the body around it
  // Of the body under work:
  std::vector<Setting> settings_;
  std::vector<Place> places_;  // [0] is the body itself
  std::vector<Guard> guards_;  // [0] always holds
  std::vector<Work> work_;
  std::vector<Setting> endings_;
};

}  // namespace

void duplicateEntries(const Module& module, std::string_view text, diag::Sink& sink) { Checker(module, text, sink).run(); }

}  // namespace kdsl::hir
