#include "eval/place_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/near_name.hpp"

namespace kdsl::eval {
namespace {

/// One step: a name, or the parts of a key in brackets.
struct Step {
  std::string key;   // parts joined by keySeparator
  std::string text;  // as to append to a path
  std::size_t end = 0;
};

bool isBare(std::string_view key) {
  return !key.empty() && !(key[0] >= '0' && key[0] <= '9') && std::all_of(key.begin(), key.end(), [](char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

/// `"k"`, `53` or a bare word at `at`, which moves behind it.
std::optional<std::string> keyPart(std::string_view path, std::size_t& at) {
  std::string out;
  if (at < path.size() && (path[at] == '"' || path[at] == '\'')) {
    const char quote = path[at++];
    for (; at < path.size() && path[at] != quote; ++at) {
      if (path[at] == '\\' && at + 1 < path.size()) ++at;
      out += path[at];
    }
    if (at == path.size()) return std::nullopt;
    ++at;
    return out;
  }
  while (at < path.size() && path[at] != ']' && path[at] != ',') out += path[at++];
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out.empty() ? std::nullopt : std::optional(out);
}

std::optional<Step> nextStep(std::string_view path, std::size_t at, bool isFirst) {
  Step step;
  if (path[at] == '?') ++at;
  if (at < path.size() && path[at] == '[') {
    do {
      ++at;
      while (at < path.size() && path[at] == ' ') ++at;
      const auto part = keyPart(path, at);
      if (!part) return std::nullopt;
      if (!step.key.empty()) step.key += keySeparator;
      step.key += *part;
      while (at < path.size() && path[at] == ' ') ++at;
    } while (at < path.size() && path[at] == ',');
    if (at == path.size() || path[at] != ']') return std::nullopt;
    step.end = at + 1;
    return step;
  }
  if (!isFirst) {
    if (at == path.size() || path[at] != '.') return std::nullopt;
    ++at;
  }
  const auto end = std::min(path.find_first_of(".[?", at), path.size());
  step.key = std::string(path.substr(at, end - at));
  step.end = end;
  return step.key.empty() ? std::nullopt : std::optional(step);
}

std::string appended(const std::string& path, const std::string& key) {
  if (isBare(key)) return path.empty() ? key : fmt::format("{}.{}", path, key);
  std::string parts;
  for (std::string_view rest = key;;) {
    const auto cut = std::min(rest.find(keySeparator), rest.size());
    const auto part = rest.substr(0, cut);
    const bool number = !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    parts += fmt::format("{}{}{}{}", parts.empty() ? "" : ", ", number ? "" : "\"", part, number ? "" : "\"");
    if (cut == rest.size()) return fmt::format("{}[{}]", path, parts);
    rest = rest.substr(cut + 1);
  }
}

}  // namespace

/// Walks one path; `found` says how far it came.
class PathWalk {
 public:
  PathWalk(Evaluator& evaluator, FoundPlace& found) : e_(evaluator), found_(found) {}

  /// False when the walk ends: a problem, or a value that is not there.
  bool step(const std::string& key) {
    const bool isRoot = found_.path.empty() && found_.place->isInstance;  // there, whether or not something is set from outside
    const auto value = isRoot ? Value::record(found_.place) : e_.force(found_.place);
    if (value.isError()) return fail(fmt::format("`{}` has an error", shown()), {});
    if (value.is(ValueKind::List)) return element(value, key);
    if (value.isAbsent()) return false;
    if (!value.is(ValueKind::Record)) return fail(fmt::format("`{}` has no fields: it is {}", shown(), e_.describe(value, found_.place->type)), {});
    auto* place = value.asRecord();
    const auto& record = e_.fold(place);
    const auto symbol = base::intern(key);
    auto* child = e_.child(place, symbol);
    if (record.keyed && child == nullptr) child = leadingRow(place, key);
    const bool declared = child != nullptr && child->member != nullptr;
    if (child == nullptr || (!declared && !isWritten(child))) return missing(place, record, key);
    found_.place = child;
    found_.path = appended(found_.path, record.keyed ? std::string(base::text(child->key)) : key);
    return true;
  }

  bool fail(std::string problem, std::string near) {
    found_.place = nullptr;
    found_.problem = std::move(problem);
    found_.near = std::move(near);
    return false;
  }

 private:
  static bool isWritten(const Place* place) {
    const auto all = place->contributions.span();
    return std::any_of(all.begin(), all.end(), [](const Contribution& contribution) { return contribution.verb != Verb::Each; });
  }

  std::string shown() const { return found_.path.empty() ? "the file" : found_.path; }

  /// The row of which the key begins so, if there is one.
  Place* leadingRow(Place* place, const std::string& key) {
    Place* found = nullptr;
    for (const auto& [rowKey, row] : e_.rows(place)) {
      if (!base::text(rowKey).starts_with(key + keySeparator)) continue;
      if (found != nullptr) return nullptr;
      found = row;
    }
    return found;
  }

  /// The entry that took an element out of a keyed list.
  source::Location deletionOf(const Place* place, const std::string& key) {
    for (auto i = place->contributions.size(); i-- > 0;) {
      const auto contribution = place->contributions[i];
      if (contribution.source != Contribution::Source::Path || contribution.entry == nullptr) continue;
      const auto& hir = *contribution.scope->module->hir;
      const bool last = contribution.segment + 1 == contribution.entry->firstSegment + contribution.entry->segmentCount;
      if (!last || !base::valid(contribution.entry->value) || hir[contribution.entry->value].kind != hir::ExprKind::Absent) continue;
      Symbol name;
      if (e_.segmentKey(contribution.scope, hir.segments[contribution.segment], name) && base::text(name) == key) return e_.locationOf(contribution.scope, contribution.entry->span);
    }
    return {};
  }

  bool missing(Place* place, const Record& record, const std::string& key) {
    std::vector<std::string> names;
    if (record.nominal != nullptr) {
      for (const auto& member : record.nominal->members) names.emplace_back(base::text(member.name));
    } else {
      for (const auto other : e_.keys(place)) names.push_back(Evaluator::printable(other));
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    std::string there;
    if (record.nominal == nullptr) {
      for (std::size_t i = 0; i < names.size() && i < 8; ++i) there += fmt::format("{}`{}`", i == 0 ? "; there is " : ", ", names[i]);
    }
    if (record.keyed) found_.deletedAt = deletionOf(place, key);
    const auto near = std::string(base::nearest(key, views));
    return fail(fmt::format("`{}` has no `{}`{}", shown(), Evaluator::printable(base::intern(key)), near.empty() ? there : ""), near);
  }

  /// An element of a plain list, by its position.
  bool element(Value value, const std::string& key) {
    const auto& list = value.asList();
    std::size_t position = 0;
    const auto result = std::from_chars(key.data(), key.data() + key.size(), position);
    if (result.ec != std::errc{} || result.ptr != key.data() + key.size()) return fail(fmt::format("`{}` is a list: its elements are `{}[0]` to `[{}]`", shown(), shown(), list.items.size() - 1), {});
    if (position >= list.items.size()) return fail(fmt::format("`{}` has {} elements, the first is 0", shown(), list.items.size()), {});
    found_.path += fmt::format("[{}]", position);
    if (list.items[position].is(ValueKind::Record)) {
      found_.place = list.items[position].asRecord();
      return true;
    }
    found_.place = elementOfList(e_, found_.place, position);
    return true;
  }

  Evaluator& e_;
  FoundPlace& found_;
};

Place* elementOfList(Evaluator& evaluator, Place* list, std::size_t position) {
  const auto value = evaluator.force(list);
  const auto& elements = value.asList();
  Contribution contribution;
  contribution.source = Contribution::Source::Ready;
  contribution.value = elements.items[position];
  contribution.at = position < elements.origins.size() ? elements.origins[position] : list->made;
  const auto type = evaluator.types()[evaluator.types().underlying(list->type)].element;
  auto* item = evaluator.anonymous(type, contribution);
  item->parent = list;
  item->key = base::intern(std::to_string(position));
  item->elementOfList = true;
  return item;
}

FoundPlace findPlace(Evaluator& evaluator, Place* from, std::string prefix, std::string_view path) {
  FoundPlace found;
  found.place = from;
  found.path = std::move(prefix);
  PathWalk walk(evaluator, found);
  for (std::size_t at = 0; at < path.size();) {
    const auto step = nextStep(path, at, at == 0);
    if (!step) {
      walk.fail(fmt::format("`{}` is no path: write `web.spec.replicas`, `labels[\"a.b/c\"]` or `ports[53, \"UDP\"]`", path), {});
      return found;
    }
    if (!walk.step(step->key)) {
      if (found.place != nullptr) found.rest = std::string(path.substr(at));
      return found;
    }
    at = step->end;
  }
  return found;
}

}  // namespace kdsl::eval
