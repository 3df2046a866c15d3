// Keyed lists (step 7 of the algorithm): an ordered table key → contributions, filled body by body.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/near_name.hpp"
#include "diag/codes/evaluation.hpp"
#include "eval/evaluator.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using source::Location;
using types::TypeKind;

namespace {

/// `53` of `53␟UDP`.
std::string_view leadingPart(std::string_view key) { return key.substr(0, key.find(keySeparator)); }

}  // namespace

class KeyedBuilder {
 public:
  KeyedBuilder(Evaluator& evaluator, Place* place, Record& record) : e_(evaluator), place_(place), record_(record), element_(e_.types()[record.type].element), keyFields_(e_.types()[record.type].keys) {}

  void run() {
    const auto& all = place_->contributions;
    for (std::uint32_t begin = 0; begin < all.size();) {
      auto end = begin + 1;
      while (end < all.size() && all[end].body == all[begin].body) ++end;
      runBody(begin, end);
      begin = end;
    }
    for (const auto& row : rows_) e_.addRow(record_, row.place);
  }

 private:
  struct Row {
    Symbol key;
    Place* place;
    bool probed = false;    // its place was read, so it takes no more contributions: it is copied first
    std::uint32_t body = 0; // the body that made it
  };

  static int phase(const Contribution& c) {
    switch (c.verb) {
      case Verb::Each: return 0;
      case Verb::Append:
      case Verb::Prepend: return 2;
      default: return c.source == Contribution::Source::Path ? 3 : 1;
    }
  }

  /// Within one body: the literal, then what is added, then what is addressed.
  void runBody(std::uint32_t begin, std::uint32_t end) {
    emptyBelow_ = rows_.empty();
    for (int wanted = 0; wanted <= 3; ++wanted) {
      for (auto i = begin; i < end; ++i) {
        const auto contribution = place_->contributions[i];
        if (phase(contribution) == wanted) apply(contribution, i);
      }
    }
  }

  void apply(const Contribution& c, std::uint32_t index) {
    if (c.verb == Verb::Each) {
      for (auto& row : rows_) add(row, c);
      eaches_.push_back(c);
      return;
    }
    if (c.source == Contribution::Source::Path) {
      address(c);
      return;
    }
    if (!e_.held(c.guard)) return;
    if (c.quiet && rows_.empty()) return;
    switch (c.verb) {
      case Verb::Absent: rows_.clear(); return;
      case Verb::Replace:
        rows_.clear();
        emptyBelow_ = true;
        setList(c, index, Add::Merge);
        return;
      case Verb::Append: setList(c, index, Add::Last); return;
      case Verb::Prepend:
        insertAt_ = 0;
        setList(c, index, Add::First);
        return;
      default: setList(c, index, Add::Merge);
    }
  }

  enum class Add { Merge, Last, First };

  /// The elements of one list, or the entries of one `{ key: element }`.
  void setList(const Contribution& c, std::uint32_t index, Add how) {
    if (c.source == Contribution::Source::Expr) {
      const auto& hir = *c.scope->module->hir;
      const auto& expr = hir[c.expr];
      if (expr.kind == hir::ExprKind::List) {
        e_.forElements(Env{c.scope, place_, index}, expr.a, expr.b, [&](const Env& env, hir::ExprId item, Value value) {
          auto element = c;
          element.verb = Verb::Set;
          if (base::valid(item)) {
            element.expr = item;
            element.scope = env.scope;
            element.source = Contribution::Source::Expr;
            element.at = e_.locationOf(env.scope, (*env.scope->module->hir)[item].span);
          } else {
            element.source = Contribution::Source::Ready;
            element.value = value;
          }
          addElement(element, how);
          return true;
        });
        return;
      }
      if (expr.kind == hir::ExprKind::Record) {
        setBraces(c, how);
        return;
      }
    }
    const auto value = e_.evalContribution(place_, index);
    if (value.is(ValueKind::List)) {
      const auto& list = value.asList();
      for (std::size_t i = 0; i < list.items.size(); ++i) {
        auto element = c;
        element.verb = Verb::Set;
        element.source = Contribution::Source::Ready;
        element.value = list.items[i];
        if (i < list.origins.size() && base::valid(list.origins[i].file)) element.at = list.origins[i];
        addElement(element, how);
      }
    } else if (value.is(ValueKind::Record)) {
      auto& record = e_.fold(value.asRecord());
      if (record.keyed) {
        for (const auto& row : e_.rows(value.asRecord())) {
          auto element = c;
          element.verb = Verb::Set;
          element.source = Contribution::Source::Ready;
          element.value = Value::record(row.place);
          addElement(element, how);
        }
      } else {
        auto entries = c;
        entries.source = Contribution::Source::Ready;
        entries.value = value;
        setBraces(entries, how);
      }
    } else if (value.isError()) {
      record_.poisoned = true;
    } else if (!value.isAbsent()) {
      e_.mismatch(value, record_.type, c.at, place_);
      record_.poisoned = true;
    }
  }

  /// Braces are folded as a map of elements first: that gives conditions, loops, computed keys and paths their meaning.
  void setBraces(const Contribution& c, Add how) {
    auto inner = c;
    inner.verb = Verb::Set;
    auto* map = e_.anonymous(e_.types().map(types::stringType, element_), inner);
    map->parent = place_->parent;
    map->key = place_->key;
    for (const auto key : e_.keys(map)) {
      auto* entry = e_.child(map, key);
      makeOrAddress(key, entry, c, how);
    }
  }

  void makeOrAddress(Symbol key, Place* entry, const Contribution& c, Add how) {
    bool anyHeld = false;
    std::uint32_t whole = 0;
    for (const auto& contribution : entry->contributions) {
      if (!e_.held(contribution.guard)) continue;
      anyHeld = true;
      if (contribution.source != Contribution::Source::Path && contribution.verb == Verb::Set) ++whole;
    }
    if (!anyHeld) return;
    auto* row = find(key, c.at);
    if (row != nullptr && whole > 1 && row->body == c.body) row = nullptr;
    if (whole > 1 && emptyBelow_) {
      reportDuplicate(key, e_.keyLocation(entry->contributions[1]), e_.keyLocation(entry->contributions[0]));
      return;
    }
    if (row == nullptr) {
      if (!emptyBelow_ && how == Add::Merge) {
        const auto& first = entry->contributions[0];
        if (!first.quiet) reportMissing(key, e_.keyLocation(first));
        return;
      }
      row = makeRow(key, c);
    } else if (how != Add::Merge) {
      reportAdded(key, e_.keyLocation(entry->contributions[0]), *row);
      return;
    }
    for (auto contribution : entry->contributions) {
      contribution.body = c.body;
      contribution.strict = false;
      if (contribution.verb == Verb::Absent) {
        if (e_.held(contribution.guard)) remove(row);
        return;
      }
      if (contribution.verb == Verb::Replace) reset(*row);
      add(*row, contribution);
    }
    rekey(*row);
  }

  /// A row made by its key: the key field is set from it.
  Row* makeRow(Symbol key, const Contribution& c) {
    std::vector<TableEntry> fields;
    std::string_view rest = base::text(key);
    for (const auto field : keyFields_) {
      if (rest.empty()) break;
      const auto part = leadingPart(rest);
      rest = part.size() == rest.size() ? std::string_view{} : rest.substr(part.size() + 1);
      fields.push_back({field, keyValue(field, part), c.at});
    }
    Contribution contribution;
    contribution.setTable(e_.arena_.copy(std::span<const TableEntry>(fields)));
    contribution.declared = true;
    contribution.at = c.at;
    auto* row = insert(key, c.body, rows_.size());
    addMade(*row, contribution);
    return row;
  }

  Value keyValue(Symbol field, std::string_view text) {
    const types::Member* member = nullptr;
    Record shape;
    shape.type = e_.types().underlying(element_);
    shape.nominal = e_.nominalOf(shape.type);
    const auto type = e_.types().underlying(e_.childType(shape, field, member));
    const auto kind = e_.types().kind(type);
    if (kind == TypeKind::Int || kind == TypeKind::IntLiteral || kind == TypeKind::Union) {
      std::int64_t number = 0;
      const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
      if (result.ec == std::errc{} && result.ptr == text.data() + text.size()) return Value::integer(number);
    }
    return Value::string(base::intern(text));
  }

  void addElement(const Contribution& element, Add how) {
    // The key is read from this element alone, with the defaults of its fields.
    auto* probe = e_.makePlace(place_, place_->key, element_);
    probe->elementOfList = true;
    probe->made = element.at;
    for (const auto& each : eaches_) e_.push(probe, each);
    e_.push(probe, element);
    Symbol key;
    if (!readKey(probe, key)) {
      record_.poisoned = true;
      return;
    }
    if (auto* row = find(key, element.at, true)) {
      if (row->body == element.body && how == Add::Merge) {
        reportDuplicate(key, element.at, row->place->made);
        return;
      }
      if (how != Add::Merge) {
        reportAdded(key, element.at, *row);
        return;
      }
      add(*row, element);
      return;
    }
    const auto at = how == Add::First ? insertAt_++ : rows_.size();
    probe->key = key;
    rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(at), Row{key, probe, true, element.body});
  }

  void address(const Contribution& c) {
    const auto& hir = *c.scope->module->hir;
    const auto& segment = hir.segments[c.segment];
    Symbol key;
    if (!e_.segmentKey(c.scope, segment, key)) return;
    auto* row = find(key, e_.locationOf(c.scope, segment.span));
    if (row == nullptr) {
      if (ambiguous_ || c.quiet || c.entry->quiet || !e_.held(c.guard)) return;
      if (c.segment + 1 < c.entry->firstSegment + c.entry->segmentCount && hir.segments[c.segment + 1].quiet) return;
      reportMissing(key, e_.locationOf(c.scope, segment.span));
      return;
    }
    Layer layer;
    layer.isFinal = c.isFinal;
    layer.body = c.body;
    layer.via = c.via;
    auto* scratch = e_.makePlace(nullptr, key, element_);
    e_.addFromPath(layer, *c.entry, c.segment, c.scope, c.guard, scratch);
    auto contribution = scratch->contributions[0];
    contribution.strict = contribution.quiet = false;
    if (contribution.verb == Verb::Absent) {
      if (e_.held(contribution.guard)) remove(row);
      return;
    }
    if (contribution.verb == Verb::Replace && e_.held(contribution.guard)) reset(*row);
    add(*row, contribution);
    rekey(*row);
  }

  // --- the table ---

  /// The row of a whole key, or the only one that begins with it. `exact`: whole keys only.
  Row* find(Symbol key, Location at, bool exact = false) {
    ambiguous_ = false;
    Row* found = nullptr;
    for (auto& row : rows_) {
      if (row.key == key) return &row;
      if (exact || keyFields_.size() < 2 || !base::text(row.key).starts_with(base::text(key)) || base::text(row.key)[base::text(key).size()] != keySeparator) continue;
      if (found != nullptr) {
        ambiguous_ = true;
        auto& diagnostic = e_.report(code::several_elements, at, {name(), Evaluator::printable(key)});
        diagnostic.also(found->place->made, fmt::format("`{}`", Evaluator::printable(found->key)));
        diagnostic.also(row.place->made, fmt::format("`{}`", Evaluator::printable(row.key)));
        diagnostic.note(fmt::format("its elements are keyed by {}: write all parts, `[{}]`", keyNames(), quoted(row.key)));
        return nullptr;
      }
      found = &row;
    }
    return found;
  }

  Row* insert(Symbol key, std::uint32_t body, std::size_t at) {
    auto* place = e_.makePlace(place_, key, element_);
    place->elementOfList = true;
    for (const auto& each : eaches_) e_.push(place, each);
    rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(at), Row{key, place, false, body});
    return &rows_[at];
  }

  void addMade(Row& row, const Contribution& c) {
    // What makes a row stands before the `each`s that were seen: they refine it.
    auto& list = row.place->contributions;
    list.insert(e_.arena_, 0, c);
    row.place->made = c.at;
  }

  void add(Row& row, const Contribution& c) {
    if (row.probed) {
      auto* fresh = e_.makePlace(place_, row.key, element_);
      fresh->elementOfList = true;
      fresh->made = row.place->made;
      for (const auto& old : row.place->contributions) e_.push(fresh, old);
      row.place = fresh;
      row.probed = false;
    }
    e_.push(row.place, c);
  }

  /// `replace` drops what is below, but the row keeps its key.
  void reset(Row& row) {
    const auto key = row.key;
    auto* fresh = e_.makePlace(place_, key, element_);
    fresh->elementOfList = true;
    row.place = fresh;
    row.probed = false;
    std::vector<TableEntry> fields;
    std::string_view rest = base::text(key);
    for (const auto field : keyFields_) {
      const auto part = leadingPart(rest);
      rest = part.size() == rest.size() ? std::string_view{} : rest.substr(part.size() + 1);
      fields.push_back({field, keyValue(field, part), {}});
    }
    Contribution made;
    made.setTable(e_.arena_.copy(std::span<const TableEntry>(fields)));
    e_.push(fresh, made);
  }

  void remove(Row* row) { rows_.erase(rows_.begin() + (row - rows_.data())); }

  bool readKey(Place* probe, Symbol& key) {
    if (e_.fold(probe).poisoned) return false;  // what it is made of has an error, which was reported
    std::string joined;
    for (std::size_t i = 0; i < keyFields_.size(); ++i) {
      auto* field = e_.child(probe, keyFields_[i]);
      const auto value = e_.read(field, probe->made, Missing::Tolerate);
      if (value.isError()) return false;
      if (value.isAbsent()) {
        e_.report(code::key_missing, probe->made, {name(), std::string(base::text(keyFields_[i]))}).label(fmt::format("needs `{}`", base::text(keyFields_[i]))).note("the key tells elements apart: other layers refine them by it");
        return false;
      }
      if (keyFields_.size() == 1) {
        key = e_.keyOf(value);
        return true;
      }
      if (i != 0) joined += keySeparator;
      joined += base::text(e_.keyOf(value));
    }
    key = base::intern(joined);
    return true;
  }

  /// A path that sets a key field moves the row to the new key.
  void rekey(Row& row) {
    const auto& last = row.place->contributions.back();
    bool touches = last.source != Contribution::Source::Path;
    if (!touches) {
      const auto& segment = last.scope->module->hir->segments[last.segment];
      touches = segment.kind == hir::SegmentKind::Name && std::find(keyFields_.begin(), keyFields_.end(), segment.name) != keyFields_.end();
    }
    if (!touches) return;
    row.place->made = base::valid(row.place->made.file) ? row.place->made : last.at;
    row.probed = true;
    Symbol key;
    if (!readKey(row.place, key) || key == row.key) return;
    row.key = key;
    row.place->key = key;
  }

  // --- messages ---

  std::string name() const { return e_.pathOf(place_); }

  std::string keyNames() const {
    std::string out;
    for (const auto field : keyFields_) out += fmt::format("{}`{}`", out.empty() ? "" : " and ", base::text(field));
    return out;
  }

  static std::string quoted(Symbol key) {
    std::string out;
    std::string_view rest = base::text(key);
    while (true) {
      const auto part = leadingPart(rest);
      const bool number = !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
      out += fmt::format("{}{}", out.empty() ? "" : ", ", number ? std::string(part) : fmt::format("\"{}\"", part));
      if (part.size() == rest.size()) return out;
      rest = rest.substr(part.size() + 1);
    }
  }

  /// `at` is the key as it is written: `["web"]`, or `web` behind a dot or before a colon.
  void reportMissing(Symbol key, Location at) {
    record_.poisoned = true;
    if (!e_.isNews(code::no_element, at)) return;
    auto& diagnostic = e_.report(code::no_element, at, {name(), Evaluator::printable(key)});
    std::vector<std::string> texts;
    texts.reserve(rows_.size());
    for (const auto& row : rows_) texts.push_back(Evaluator::printable(row.key));
    std::vector<std::string_view> names(texts.begin(), texts.end());
    if (const auto near = base::nearest(base::text(key), names); !near.empty()) {
      diagnostic.label(fmt::format("did you mean `{}`?", near));
      const auto written = e_.inputs().sourceText(at.file, at.span);
      if (written == Evaluator::printable(key)) diagnostic.fixReplace(fmt::format("write `{}`", near), at, std::string(near));
      if (written == fmt::format("[\"{}\"]", Evaluator::printable(key))) diagnostic.fixReplace(fmt::format("write `[\"{}\"]`", near), at, fmt::format("[\"{}\"]", near));
    }
    std::string there;
    for (std::size_t i = 0; i < rows_.size() && i < 8; ++i) there += fmt::format("{}`{}`", i == 0 ? "" : ", ", texts[i]);
    const auto braces = keyFields_.size() == 1 && place_->key != base::emptySymbol ? fmt::format("`{}: {{ {}: {{ … }} }}` makes an element", base::text(place_->key), Evaluator::printable(key)) : "`append [..]` adds an element";
    diagnostic.note(rows_.empty() ? "the list is empty here: " + braces : fmt::format("there is {}; `append [..]` adds an element", there));
    for (std::size_t i = 0; i < rows_.size() && i < 3; ++i) diagnostic.also(rows_[i].place->made, fmt::format("`{}` is made here", texts[i]));
  }

  void reportDuplicate(Symbol key, Location at, Location first) {
    record_.poisoned = true;
    if (e_.isNews(code::duplicate_element, at)) e_.report(code::duplicate_element, at, {name(), Evaluator::printable(key)}).label("again here").also(first, "first here");
  }

  void reportAdded(Symbol key, Location at, const Row& row) {
    if (!e_.isNews(code::element_exists, at)) return;
    auto& diagnostic = e_.report(code::element_exists, at, {name(), Evaluator::printable(key)}).label("added here");
    diagnostic.also(row.place->made, "already made here, by a weaker layer");
    diagnostic.note(fmt::format("to refine it, address it: `{}[{}]: {{ … }}`", base::text(place_->key), quoted(key)));
  }

  Evaluator& e_;
  Place* place_;
  Record& record_;
  TypeId element_;
  std::vector<Symbol> keyFields_;
  std::vector<Row> rows_;
  std::vector<Contribution> eaches_;
  std::size_t insertAt_ = 0;
  bool emptyBelow_ = true;
  bool ambiguous_ = false;
};

void Evaluator::buildRows(Place* place, Record& record) {
  if (record.rowsBuilt) return;
  if (record.rowsBuilding) {
    if (!record.poisoned) cycle(place);
    record.poisoned = true;
    return;
  }
  record.rowsBuilding = true;
  KeyedBuilder(*this, place, record).run();
  record.rowsBuilt = true;
}

std::span<const Child> Evaluator::rows(Place* place) {
  auto& record = fold(place);
  buildRows(place, record);
  return record.children.list.span();
}

}  // namespace kdsl::eval
