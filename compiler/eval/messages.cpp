// What evaluation says, and the names that it uses for places.
#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "base/near_name.hpp"
#include "diag/codes/evaluation.hpp"
#include "diag/codes/limits.hpp"
#include "eval/evaluator.hpp"
#include "types/documentation.hpp"

namespace kdsl::eval {

using diag::Code;
namespace code = diag::code;
using source::Location;

std::string Evaluator::printable(Symbol key) {
  std::string out;
  for (const char c : base::text(key)) {
    if (c == keySeparator) {
      out += ", ";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Evaluator::nameOfType(const Place* place) const {
  const auto* nominal = place->record == nullptr ? nullptr : place->record->nominal;
  return nominal == nullptr ? types().print(types().required(place->type)) : std::string(base::text(nominal->name));
}

std::string Evaluator::pathOf(const Place* place) const {
  const auto* root = place;
  std::vector<const Place*> chain;
  for (; place != nullptr && (place->parent != nullptr || place->key != base::emptySymbol); place = place->parent) {
    chain.push_back(place);
    if (chain.size() > 64) break;
  }
  // A value without a name, such as an argument, is called by its type.
  if (chain.empty()) return root == nullptr ? "the value" : nameOfType(root);
  std::string out;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    const auto key = base::text((*it)->key);
    const bool bare = !key.empty() && !(key[0] >= '0' && key[0] <= '9') && std::all_of(key.begin(), key.end(), [](char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    const bool number = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (bare) {
      if (!out.empty()) out += '.';
      out += key;
    } else if (number || key.find(keySeparator) != std::string_view::npos) {
      out += fmt::format("[{}]", printable((*it)->key));
    } else {
      out += fmt::format("[\"{}\"]", key);
    }
  }
  return out;
}

std::string Evaluator::quotedPath(const Place* place) const { return place == nullptr ? "this" : fmt::format("`{}`", pathOf(place)); }

Location Evaluator::whereSet(const Place* place) const {
  for (auto i = place->contributions.size(); i-- > 0;) {
    const auto& contribution = place->contributions[i];
    if (contribution.verb != Verb::Each && base::valid(contribution.at.file)) return contribution.at;
  }
  if (base::valid(place->made.file)) return place->made;
  return place->parent == nullptr ? Location{} : whereSet(place->parent);
}

/// Names the value that was being computed: `place`, else the innermost one that has a name.
void Evaluator::reportExhausted(Code code, const Place* place, std::string limit, Location at) {
  const auto isNamed = [](const Place* candidate) { return candidate != nullptr && (candidate->parent != nullptr || candidate->key != base::emptySymbol); };
  const Place* blamed = isNamed(place) ? place : nullptr;
  for (auto i = running_.size(); blamed == nullptr && i-- > 0;) {
    if (isNamed(running_[i])) blamed = running_[i];
  }
  const auto set = blamed == nullptr ? Location{} : whereSet(blamed);
  report(code, base::valid(set.file) ? set : at, {blamed == nullptr ? "the build" : quotedPath(blamed), std::move(limit)});
}

/// The key of an entry as it is written; the value of what is no entry.
Location Evaluator::keyLocation(const Contribution& contribution) const {
  if (contribution.entry == nullptr || contribution.entry->segmentCount == 0 || contribution.scope == nullptr) return contribution.at;
  const bool goesOn = contribution.source == Contribution::Source::Path;
  const auto segment = goesOn ? contribution.segment - 1 : contribution.entry->firstSegment + contribution.entry->segmentCount - 1;
  return locationOf(contribution.scope, contribution.scope->module->hir->segments[segment].span);
}

bool Evaluator::enter(const Place* place) {
  if (exhausted_) return false;
  if (running_.size() >= limits_.depth) {
    exhausted_ = true;
    reportExhausted(code::depth_exhausted, place, fmt::format("{}", limits_.depth));
    return false;
  }
  running_.push_back(place);
  return true;
}

void Evaluator::reportSetTwice(Place* place, std::uint32_t winner) {
  const auto strongest = place->contributions[winner];
  if (strongest.declared || strongest.verb != Verb::Set || strongest.source == Contribution::Source::Table) return;
  for (auto i = winner; i-- > 0;) {
    const auto other = place->contributions[i];
    if (other.body != strongest.body) continue;
    if (other.verb != Verb::Set || other.entry == strongest.entry || other.quiet || strongest.quiet || !held(other.guard)) continue;
    auto& diagnostic = report(code::set_twice, strongest.at, {pathOf(place)}).label("and here");
    diagnostic.also(other.at, "first here");
    diagnostic.note("a later layer overrides an earlier one; within one body, drop one");
    return;
  }
}

void Evaluator::reportNotMade(Place* place, const Contribution& contribution) {
  const auto at = contribution.at;
  if (place->parent != nullptr && place->parent->record != nullptr && place->parent->record->poisoned) return;
  if (!place->isResource) {
    reportNoEntry(place, at);
    return;
  }
  // The condition of `resource x = if (c) …`, and what its parts are: computed before the report, since computing may report.
  Location condition;
  std::vector<std::string> parts;
  for (const auto& made : place->contributions) {
    if (!made.declared || made.scope == nullptr || !base::valid(made.expr)) continue;
    const auto& hir = *made.scope->module->hir;
    if (hir[made.expr].kind != hir::ExprKind::If) continue;
    const hir::ExprId test{hir[made.expr].a};
    condition = locationOf(made.scope, hir[test].span);
    parts = partsOf(Env{made.scope, nullptr, 0}, test);
    break;
  }
  auto& diagnostic = report(code::not_made, at, {pathOf(place)});
  if (place->remover != nullptr) {
    diagnostic.also(place->remover->at, "deleted here");
  } else if (base::valid(condition.file)) {
    diagnostic.also(condition, "does not hold");
    for (auto& words : parts) diagnostic.note(std::move(words));
  } else if (place->member != nullptr && base::valid(place->member->declared.file)) {
    diagnostic.also(place->member->declared, "declared here");
  }
  diagnostic.note(fmt::format("refine it only where it is made: `{}?.…`", pathOf(place)));
  place->parent->record->poisoned = true;
}

void Evaluator::reportNoEntry(Place* place, Location at) {
  std::vector<std::string_view> names;
  if (place->parent != nullptr) {
    for (const auto key : keys(place->parent)) {
      if (key != place->key) names.push_back(base::text(key));
    }
  }
  auto& diagnostic = report(code::no_entry, at, {place->parent == nullptr ? "the map" : pathOf(place->parent), printable(place->key)});
  if (const auto near = base::nearest(base::text(place->key), names); !near.empty()) diagnostic.label(fmt::format("did you mean `{}`?", near));
  std::string there;
  for (std::size_t i = 0; i < names.size() && i < 8; ++i) there += fmt::format("{}`{}`", i == 0 ? "" : ", ", names[i]);
  diagnostic.note(names.empty() ? "nothing is there yet: write the whole value, `key: …`" : fmt::format("there is {}", there));
}

void Evaluator::reportUnset(Place* place, Location at) {
  auto& diagnostic = report(code::not_set, at, {pathOf(place)}).label("read here");
  if (place->member != nullptr && base::valid(place->member->declared.file)) diagnostic.also(place->member->declared, fmt::format("declared `{}`, without a default", types().print(place->type)));
  diagnostic.note(fmt::format("set it, or say what holds without: `{} ?? …`", base::text(place->key)));
}

namespace {

/// What to write for members that are missing: their documentation, with its example.
void explainMissing(diag::Diagnostic& diagnostic, std::span<const types::Member* const> missing) {
  for (const auto* member : missing) {
    if (auto text = types::told(*member)) diagnostic.note(std::move(*text));
  }
}

}  // namespace

/// Fields and params that a value of the type must have. One message a value.
bool Evaluator::checkRequired(Place* place, Record& record) {
  if (record.poisoned || place->isReference || record.nominal == nullptr) return !record.poisoned;
  std::vector<const types::Member*> missing;
  for (const auto& member : record.nominal->members) {
    if (!member.required || member.serverOnly) continue;
    auto* entry = child(place, member.name);
    if (force(entry).isAbsent() && serverDefault(entry).isAbsent()) missing.push_back(&member);
  }
  bool good = true;
  for (const auto& group : record.nominal->oneofs) {
    if (!group.required) continue;
    const bool any = std::any_of(group.members.begin(), group.members.end(), [&](Symbol name) { return !force(child(place, name)).isAbsent(); });
    if (any) continue;
    std::string names;
    for (const auto name : group.members) names += fmt::format("{}`{}`", names.empty() ? "" : ", ", base::text(name));
    report(code::one_of_missing, madeAt(place), {pathOf(place), names}).label("needs one of them");
    good = false;
  }
  if (missing.empty()) return checkKubernetesRules(place, record) && good;
  std::string names;
  for (const auto* member : missing) names += fmt::format("{}`{}`", names.empty() ? "" : ", ", base::text(member->name));
  if (place->parent == nullptr && record.nominal->kind == types::NominalKind::Module) {
    reportMissingParams(place, missing, names);
  } else {
    auto& diagnostic = report(code::lacks, madeAt(place), {pathOf(place), names});
    diagnostic.label(fmt::format("needs `{}: {}`", base::text(missing[0]->name), types().print(missing[0]->type)));
    for (const auto* member : missing) {
      if (base::valid(member->declared.file)) diagnostic.also(member->declared, "has no default");
    }
    explainMissing(diagnostic, missing);
  }
  record.poisoned = true;
  return false;
}

/// One message for all params that the root lacks: at the first of them, if the root itself declares it, else at the root.
void Evaluator::reportMissingParams(const Place* root, std::span<const types::Member* const> missing, const std::string& names) {
  const auto made = madeAt(root);
  const auto first = missing[0]->declared;
  const bool declaredHere = base::valid(first.file) && first.file == made.file;
  auto& diagnostic = report(code::params_missing, declaredHere ? first : made, {names});
  if (declaredHere) diagnostic.label("has no default");
  for (const auto* member : missing.subspan(declaredHere ? 1 : 0)) {
    if (base::valid(member->declared.file)) diagnostic.also(member->declared, "has no default");
  }
  explainMissing(diagnostic, missing);
  diagnostic.note(fmt::format("give {} on the command line, `-p {}=…`, or in a file that extends this one", missing.size() == 1 ? "it" : "them", base::text(missing[0]->name)));
}

/// Where a value is made: what a message about the whole of it points at.
Location Evaluator::madeAt(const Place* place) const {
  for (std::uint32_t i = 0; i < place->contributions.size(); ++i) {
    const auto& contribution = place->contributions[i];
    if (contribution.verb != Verb::Each && contribution.source != Contribution::Source::Path && base::valid(contribution.at.file) && !contribution.at.span.empty()) return contribution.at;
  }
  if (base::valid(place->made.file)) return place->made;
  return whereSet(place);
}

Location Evaluator::madeByUserAt(const Place* place) const {
  assert(place != nullptr);
  for (const auto* around = place; around != nullptr; around = around->parent) {
    auto made = madeAt(around);
    if (!base::valid(made.file) || inputs_.isForeign(made.file)) continue;
    // Of a body over several lines its head is enough to point at: `WebService` of `WebService { …`.
    const auto text = sourceText(made);
    const std::string_view line(text.data(), std::min(text.find('\n'), text.size()));
    if (line.size() < text.size() && line.ends_with('{')) made.span.end = made.span.begin + std::max<std::uint32_t>(1, static_cast<std::uint32_t>(line.find_last_not_of(" {") + 1));
    return made;
  }
  return madeAt(place);
}

}  // namespace kdsl::eval
