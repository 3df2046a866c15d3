// Places: making, forcing and reading them.
#include <fmt/format.h>

#include "base/near_name.hpp"
#include "diag/codes/evaluation.hpp"
#include "diag/codes/limits.hpp"
#include "eval/evaluator.hpp"
#include "eval/frame.hpp"

namespace kdsl::eval {

using diag::Code;
namespace code = diag::code;
using source::Location;
using types::TypeKind;

Evaluator::Evaluator(sema::Program& program, const Inputs& inputs, diag::Sink& sink, Limits limits)
    : program_(program), inputs_(inputs), sink_(&sink), limits_(limits), signatures_(program.types()) {}

Evaluator::~Evaluator() = default;

diag::Diagnostic& Evaluator::report(Code code, Location at, std::vector<std::string> arguments) { return sink_->report(code, at, std::move(arguments)); }

bool Evaluator::spend(std::uint64_t steps, const Place* place, Location at) {
  steps_ += steps;
  if (exhausted_) return false;
  if (limits_.stop != nullptr && limits_.stop->load(std::memory_order_relaxed)) {
    exhausted_ = true;
    return false;
  }
  const auto outOf = [&](Code code, std::string limit) {
    exhausted_ = true;
    reportExhausted(code, place, std::move(limit), at);
    return false;
  };
  if (steps_ > limits_.steps) return outOf(code::steps_exhausted, fmt::format("{}", limits_.steps));
  if (arena_.bytes() > limits_.memoryBytes) return outOf(code::memory_exhausted, fmt::format("{} MiB", limits_.memoryBytes >> 20));
  return true;
}

bool Evaluator::hasRoom(std::size_t bytes) {
  if (exhausted_) return false;
  if (bytes <= limits_.memoryBytes && arena_.bytes() <= limits_.memoryBytes - bytes) return true;
  exhausted_ = true;
  reportExhausted(code::memory_exhausted, nullptr, fmt::format("{} MiB", limits_.memoryBytes >> 20));
  return false;
}

Place* Evaluator::makePlace(Place* parent, Symbol key, TypeId type) {
  auto* place = arena_.make<Place>();
  place->parent = parent;
  place->key = key;
  place->type = type;
  place->isReference = form(type) == Form::Reference;
  return place;
}

Place* Evaluator::anonymous(TypeId type, const Contribution& contribution) {
  auto* place = makePlace(nullptr, {}, type);
  place->contributions.push(arena_, contribution);
  place->made = contribution.at;
  return place;
}

Place* Evaluator::table(std::span<const TableEntry> entries, TypeId type) {
  Contribution contribution;
  contribution.setTable(arena_.copy(entries));
  return anonymous(type, contribution);
}

// --- forcing ---------------------------------------------------------------------------------------------------------

Value Evaluator::force(Place* place) {
  if (place->forced == Place::State::Done) return place->value;
  if (place->forced == Place::State::Running) return cycle(place);
  if (!spend(1, place)) return Value::error();
  const Frame frame(*this, place);
  if (!frame) return Value::error();
  place->forced = Place::State::Running;
  const auto value = forceUncached(place);
  if (coverage_ != nullptr) noteSet(place);
  place->value = value;
  place->forced = Place::State::Done;
  if (place->isFinal) checkFinals(place);
  return place->value;
}

Value Evaluator::forceUncached(Place* place) {
  const auto count = place->contributions.size();
  if (place->hasStrict) checkStrict(place);
  switch (form(place->type)) {
    case Form::Record:
    case Form::Keyed: return exists(place) ? Value::record(place) : Value::absent();
    case Form::Set: return leafSet(place, count);
    case Form::Dynamic: return dynamic(place, count);
    case Form::Scalar:
    case Form::List:
    case Form::Reference: return leaf(place, count);
  }
  return Value::error();
}

Value Evaluator::evalContribution(Place* place, std::uint32_t index) {
  auto& contribution = place->contributions[index];
  switch (contribution.source) {
    case Contribution::Source::Ready: return contribution.value;
    case Contribution::Source::Expr: {
      const auto shape = form(place->type);
      const auto kind = contribution.scope->module->hir->exprs[base::index(contribution.expr)].kind;
      // A body written here belongs to this place: it is folded, not evaluated on its own.
      if ((kind == hir::ExprKind::Record || kind == hir::ExprKind::Refine) && (shape == Form::Dynamic || shape == Form::Record)) return Value::record(place);
      const Env env = contribution.superPlace != nullptr ? Env{contribution.scope, contribution.superPlace, contribution.superCount} : Env{contribution.scope, place, index};
      const auto value = eval(env, contribution.expr);
      // Each contribution belongs to one place and position, so its value can stand in for it.
      auto& same = place->contributions[index];
      same.source = Contribution::Source::Ready;
      same.value = value;
      return value;
    }
    case Contribution::Source::Path:
    case Contribution::Source::Body:
    case Contribution::Source::Table: return Value::record(place);
  }
  return Value::error();
}

/// Strongest first: the first held setting wins; appended and prepended elements are joined with what is below.
Value Evaluator::leaf(Place* place, std::uint32_t count) {
  std::vector<std::uint32_t> joins;
  Value result;
  Location at;
  bool found = false;
  for (auto i = count; i-- > 0;) {
    const auto contribution = place->contributions[i];
    if (contribution.verb == Verb::Each || contribution.verb == Verb::External) continue;
    if (!held(contribution.guard)) continue;
    if (contribution.quiet && !decideExistence(place, i)) continue;
    if (contribution.verb == Verb::Append || contribution.verb == Verb::Prepend) {
      joins.push_back(i);
      continue;
    }
    at = contribution.at;
    if (contribution.verb == Verb::Absent) {
      place->remover = &place->contributions[i];
    } else if (contribution.source == Contribution::Source::Path || contribution.source == Contribution::Source::Body) {
      continue;  // sema reported a path into a scalar
    } else {
      result = evalContribution(place, i);
      if (count == place->contributions.size()) reportSetTwice(place, i);
    }
    found = true;
    break;
  }
  if (joins.empty()) return found && !result.isAbsent() ? coerce(result, place->type, at, place) : Value::absent();

  std::vector<Value> items;
  std::vector<Location> origins;
  const auto take = [&](Value list, Location from, bool front) {
    if (list.isError()) return false;
    if (list.isAbsent()) return true;
    const auto elements = itemsOf(list);
    const auto origin = [&](std::size_t k) { return list.is(ValueKind::List) && k < list.asList().origins.size() ? list.asList().origins[k] : from; };
    if (front) {
      items.insert(items.begin(), elements.begin(), elements.end());
      for (std::size_t k = 0; k < elements.size(); ++k) origins.insert(origins.begin() + static_cast<std::ptrdiff_t>(k), origin(k));
    } else {
      items.insert(items.end(), elements.begin(), elements.end());
      for (std::size_t k = 0; k < elements.size(); ++k) origins.push_back(origin(k));
    }
    return true;
  };
  if (found && !take(result, at, false)) return Value::error();
  for (auto i = joins.size(); i-- > 0;) {  // weakest first
    const auto contribution = place->contributions[joins[i]];
    if (!take(evalContribution(place, joins[i]), contribution.at, contribution.verb == Verb::Prepend)) return Value::error();
  }
  return coerce(makeList(items, origins), place->type, place->contributions[joins.front()].at, place);
}

/// Sets unite, weakest first; `set["v"]: absent` takes one out.
Value Evaluator::leafSet(Place* place, std::uint32_t count) {
  std::vector<Value> items;
  std::vector<Location> origins;
  bool any = false;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto contribution = place->contributions[i];
    if (contribution.verb == Verb::Each || contribution.verb == Verb::External || !held(contribution.guard)) continue;
    if (contribution.quiet && !any) continue;
    if (contribution.source == Contribution::Source::Path) {
      const auto& segment = contribution.scope->module->hir->segments[contribution.segment];
      Symbol key;
      if (segment.kind == hir::SegmentKind::Index && segmentKey(contribution.scope, segment, key)) {
        std::erase_if(items, [&](const Value& item) { return keyOf(item) == key; });
      }
      continue;
    }
    if (contribution.verb == Verb::Absent) {
      items.clear();
      origins.clear();
      any = false;
      place->remover = &place->contributions[i];
      continue;
    }
    const auto value = evalContribution(place, i);
    if (value.isError()) return value;
    if (value.isAbsent()) {
      items.clear();
      any = false;
      continue;
    }
    if (contribution.verb == Verb::Replace) {
      items.clear();
      origins.clear();
    }
    any = true;
    for (const auto& item : itemsOf(value)) {
      if (std::any_of(items.begin(), items.end(), [&](const Value& other) { return equal(other, item); })) continue;
      items.push_back(item);
      origins.push_back(contribution.at);
    }
  }
  if (!any) return Value::absent();
  return coerce(makeList(items, origins), place->type, count == 0 ? Location{} : place->contributions[count - 1].at, place);
}

/// A place of type `any` or of a union: the strongest setting decides what it is; records merge with weaker records.
Value Evaluator::dynamic(Place* place, std::uint32_t count) {
  for (auto i = count; i-- > 0;) {
    const auto contribution = place->contributions[i];
    if (contribution.verb == Verb::Each || contribution.verb == Verb::External || !held(contribution.guard)) continue;
    if ((contribution.quiet || contribution.strict) && !decideExistence(place, i)) continue;
    if (contribution.verb == Verb::Absent) {
      place->remover = &place->contributions[i];
      return Value::absent();
    }
    if (contribution.verb == Verb::Append || contribution.verb == Verb::Prepend) return leaf(place, count);
    const auto value = evalContribution(place, i);
    if (value.is(ValueKind::Record)) {
      if (count == place->contributions.size() || value.asRecord() == place) return Value::record(value.asRecord()->isReference ? value.asRecord() : place);
      return valueBelow(place, count);
    }
    return value.isAbsent() || value.isError() ? value : coerce(value, place->type, contribution.at, place);
  }
  return Value::absent();
}

/// The value of the place from its first `count` contributions: what `super` is.
Value Evaluator::valueBelow(Place* place, std::uint32_t count) {
  auto* below = makePlace(place->parent, place->key, place->type);
  below->member = place->member;
  for (std::uint32_t i = 0; i < count; ++i) below->contributions.push(arena_, place->contributions[i]);
  return force(below);
}

// --- existence -------------------------------------------------------------------------------------------------------

bool Evaluator::mayBeAbsent(const Contribution& contribution) {
  if (contribution.source == Contribution::Source::Ready) return contribution.value.isAbsent() || contribution.value.isError();
  if (contribution.source != Contribution::Source::Expr) return false;
  const auto kind = contribution.scope->module->hir->exprs[base::index(contribution.expr)].kind;
  if (kind == hir::ExprKind::Record || kind == hir::ExprKind::Refine || kind == hir::ExprKind::List) return false;
  const auto type = contribution.scope->module->exprTypes[base::index(contribution.expr)];
  switch (types().kind(type)) {
    case TypeKind::Optional:
    case TypeKind::Absent:
    case TypeKind::Any:
    case TypeKind::Error: return true;
    default: return kind == hir::ExprKind::If;
  }
}

bool Evaluator::decideExistence(Place* place, std::uint32_t count) {
  // What is made without a condition is there, whatever the conditions of stronger settings say: they are not asked, and may read what is below.
  for (auto i = count; i-- > 0;) {
    const auto& contribution = place->contributions[i];
    if (contribution.verb == Verb::Each) {
      if (!base::valid(contribution.entry->then) && mayBeNamed(*contribution.scope->module, *contribution.entry, place->type)) break;
      continue;
    }
    if (contribution.quiet || contribution.strict) continue;
    if (contribution.verb == Verb::Absent || contribution.verb == Verb::External || mayBeAbsent(contribution)) break;
    if (contribution.guard == nullptr) return true;
  }
  for (auto i = count; i-- > 0;) {
    const auto contribution = place->contributions[i];
    if (contribution.verb == Verb::Each) {
      if (base::valid(contribution.entry->then) || !eachMatches(place, contribution)) continue;
      eaches_[contribution.entry].second = true;
      if (isDropped(place, i)) continue;
      if (!decideExistence(place, i)) return false;  // nothing is there that its condition could read
      if (!held(eachGuard(place, contribution))) return true;
      place->remover = &place->contributions[i];
      return false;
    }
    if (contribution.quiet || contribution.strict) continue;
    if (!held(contribution.guard)) continue;
    if (contribution.verb == Verb::External) {
      if (!decideExistence(place, i)) return false;
      place->external = true;
      return true;
    }
    if (contribution.verb == Verb::Absent || (mayBeAbsent(contribution) && isAbsentValue(place, i))) {
      if (contribution.verb == Verb::Absent) place->remover = &place->contributions[i];
      return false;
    }
    return true;
  }
  return false;
}

/// Whether a stronger setting takes all of the place away: the condition of a weaker `each` would read what is there no longer.
bool Evaluator::isDropped(const Place* place, std::uint32_t index) {
  for (auto i = place->contributions.size(); i-- > index + 1;) {
    const auto& stronger = place->contributions[i];
    if (stronger.verb == Verb::Absent && stronger.guard == nullptr && !stronger.quiet) return true;
  }
  return false;
}

bool Evaluator::isAbsentValue(Place* place, std::uint32_t index) { return evalContribution(place, index).isAbsent(); }

bool Evaluator::exists(Place* place) {
  if (place->existence == Place::State::Done) return place->exists;
  if (place->existence == Place::State::Running) {
    if (place->forced != Place::State::Done) cycle(place);
    return false;
  }
  place->existence = Place::State::Running;
  const auto found = decideExistence(place, place->contributions.size());
  place->exists = found;
  place->removed = !found && place->remover != nullptr && place->isResource;
  place->existence = Place::State::Done;
  return found;
}

/// A strict contribution (through an index, a resource or a component) to what nothing weaker made is an error, unless it is quiet.
void Evaluator::checkStrict(Place* place) {
  for (std::uint32_t i = 0; i < place->contributions.size(); ++i) {
    const auto contribution = place->contributions[i];
    if (!contribution.strict || contribution.quiet || contribution.verb == Verb::Each) continue;
    bool made = decideExistence(place, i);
    // What the same body makes counts too, wherever it stands.
    for (auto k = i + 1; !made && k < place->contributions.size(); ++k) {
      const auto& other = place->contributions[k];
      made = other.body == contribution.body && !other.strict && !other.quiet && other.verb == Verb::Set && held(other.guard);
    }
    if (made || !held(contribution.guard)) continue;
    reportNotMade(place, contribution);
    return;
  }
}

// --- reading ---------------------------------------------------------------------------------------------------------

Value Evaluator::serverDefault(const Place* place) {
  if (place->member == nullptr || place->parent == nullptr || place->parent->record == nullptr) return Value::absent();
  const auto* nominal = place->parent->record->nominal;
  if (nominal == nullptr) return Value::absent();
  if (nominal->isKind()) {
    if (base::text(place->key) == "apiVersion") return Value::string(base::text(nominal->apiVersion));
    if (base::text(place->key) == "kind") return Value::string(base::text(nominal->kindName));
  }
  if (place->member->isReadDefault) return readDefault(place);
  if (!types::isOfApi(nominal->kind)) return Value::absent();
  const auto definition = program_.schema().definition(nominal->definition);
  const auto literal = definition.fields()[place->member->field].defaultValue();
  if (!literal) return Value::absent();
  switch (literal->kind) {
    case kubernetes::DefaultValue::Kind::Bool: return Value::boolean(literal->boolean);
    case kubernetes::DefaultValue::Kind::Int: return Value::integer(literal->integer);
    case kubernetes::DefaultValue::Kind::String: return Value::string(literal->string);
  }
  return Value::absent();
}

/// `?? v` of a schema's field: evaluated beside the field, so that nothing is written.
Value Evaluator::readDefault(const Place* place) {
  auto* made = readDefaults_[place];
  if (made == nullptr) {
    const auto& layers = place->parent->record->layers;
    const auto declared = std::find_if(layers.begin(), layers.end(), [&](const Layer& layer) { return layer.kind == Layer::Kind::Declared && layer.nominal == place->member->owner; });
    if (declared == layers.end()) return Value::absent();
    Contribution contribution;
    contribution.declared = true;
    contribution.expr = place->member->value;
    contribution.scope = declared->written;
    contribution.body = nextBody_++;
    contribution.at = locationOf(declared->written, declared->written->module->hir->exprs[base::index(place->member->value)].span);
    made = anonymous(place->type, contribution);
    readDefaults_[place] = made;
  }
  return force(made);
}

/// What an unset field of Kubernetes reads as whose type is not optional: lists, maps and records without entries.
Value Evaluator::emptyOf(Place* place) {
  if (place->member == nullptr || place->member->required || place->parent == nullptr || place->parent->record == nullptr) return Value::absent();
  if (types().isOptional(place->type) || !types().nominalOrigin(place->member->owner).isKubernetes) return Value::absent();
  switch (form(place->type)) {
    case Form::List:
    case Form::Set: return makeList({}, {});
    case Form::Record:
    case Form::Keyed: return Value::record(place);
    default: return Value::absent();
  }
}

Value Evaluator::read(Place* place, Location at, Missing missing) {
  const auto value = force(place);
  if (!value.isAbsent()) return value;
  if (const auto standard = serverDefault(place); !standard.isAbsent()) return standard;
  if (const auto empty = emptyOf(place); !empty.isAbsent()) return empty;
  if (missing == Missing::Tolerate) return value;
  const auto kind = types().kind(place->type);
  const bool optional = kind == TypeKind::Optional || kind == TypeKind::Any || kind == TypeKind::Absent || kind == TypeKind::Error;
  if (optional && !(place->removed && kind != TypeKind::Optional)) return value;
  const bool quiet = exhausted_ || (place->parent != nullptr && place->parent->record != nullptr && place->parent->record->poisoned);
  if (!quiet) {
    if (place->remover != nullptr) {
      auto& diagnostic = report(code::reads_deleted, at, {pathOf(place)}).label("read here");
      diagnostic.also(place->remover->at, "deleted here");
      diagnostic.note("bind what needs it to something else, or delete that too");
    } else {
      reportUnset(place, at);
    }
  }
  place->value = Value::error();
  return place->value;
}

void Evaluator::checkFinals(Place* place) {
  const auto count = place->contributions.size();
  for (std::uint32_t i = 0; i + 1 < count; ++i) {
    const auto contribution = place->contributions[i];
    if (!contribution.isFinal || contribution.verb == Verb::Each || contribution.source == Contribution::Source::Path || !held(contribution.guard)) continue;
    const auto fixed = valueBelow(place, i + 1);
    if (fixed.isError() || place->value.isError() || equal(fixed, place->value)) continue;
    auto& diagnostic = report(code::final_changed, whereSet(place), {pathOf(place), describe(fixed, place->type), describe(place->value, place->type)}).label("changed here");
    diagnostic.also(contribution.at, "final here");
    return;
  }
}

}  // namespace kdsl::eval
