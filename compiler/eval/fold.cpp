// Folding the contributions of a record-like place into layers (step 1 of the algorithm), and replaying instances.
#include <algorithm>
#include <utility>

#include "diag/codes/limits.hpp"
#include "eval/evaluator.hpp"
#include "eval/frame.hpp"
#include "eval/scratch.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using types::TypeKind;

/// Folds one place: collects the layers of its contributions, then puts the declared layers of its actual type below.
class Folder {
 public:
  Folder(Evaluator& evaluator, Place* place, Record& record) : e_(evaluator), place_(place), record_(record), layers_(takeScratch(evaluator.layerScratch_)) {}
  ~Folder() { giveBack(e_.layerScratch_, std::move(layers_)); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void run() {
    setType(e_.types().underlying(place_->type));
    if (record_.keyed) return;  // rows are made from the contributions themselves
    const auto kept = firstKept();
    for (std::uint32_t i = 0; i < place_->contributions.size(); ++i) {
      const auto contribution = place_->contributions[i];
      if (i < kept && isComputed(contribution)) continue;  // dropped: it may read what is there no longer
      switch (contribution.verb) {
        case Verb::External: continue;
        case Verb::Absent:
          if (e_.held(contribution.guard)) layers_.clear();
          continue;
        case Verb::Each: addEach(contribution); continue;
        case Verb::Replace:
          if (!e_.held(contribution.guard)) continue;
          layers_.clear();
          break;
        default: break;
      }
      add(contribution, i);
    }
    addDeclared();
    record_.layers = e_.arena_.copy(std::span<const Layer>(layers_));
  }

 private:
  /// The strongest contribution that drops all weaker ones, whatever the conditions of others say; 0 if there is none.
  std::uint32_t firstKept() const {
    for (auto i = place_->contributions.size(); i-- > 0;) {
      const auto& c = place_->contributions[i];
      if ((c.verb == Verb::Replace || c.verb == Verb::Absent) && c.guard == nullptr && !c.quiet) return i;
    }
    return 0;
  }

  /// True if a contribution is no body of its own, but a value that has to be computed.
  bool isComputed(const Contribution& c) const {
    if (c.source != Contribution::Source::Expr || c.verb == Verb::Each || !base::valid(c.expr)) return false;
    const auto& module = *c.scope->module;
    const auto kind = module.hir->exprs[base::index(c.expr)].kind;
    return kind != hir::ExprKind::Record && kind != hir::ExprKind::Refine && module.resolutions[base::index(c.expr)].kind != sema::ResolutionKind::Type;
  }

  Layer layerOf(const Contribution& c) const {
    Layer layer;
    layer.isFinal = c.isFinal;
    layer.strict = c.strict;
    layer.body = c.body;
    layer.entry = c.entry;
    layer.guard = c.guard;
    layer.at = c.at;
    layer.via = c.via;
    return layer;
  }

  void add(const Contribution& c, std::uint32_t index) {
    auto layer = layerOf(c);
    if (c.quiet) layer.guard = e_.addExistenceGuard(c.guard, place_, index);  // `a?.b: v`: what is set below `a` depends on `a` alone
    switch (c.source) {
      case Contribution::Source::Path:
        layer.kind = Layer::Kind::Path;
        layer.segment = c.segment;
        layer.scope = layer.written = c.scope;
        layers_.push_back(layer);
        return;
      case Contribution::Source::Table:
        layer.setTable(c.table());
        layers_.push_back(layer);
        return;
      case Contribution::Source::Ready: {
        const bool written = c.scope != nullptr && c.scope->module->hir->file == c.at.file;  // data is its own origin
        replay(c.value, layer, written);
        return;
      }
      case Contribution::Source::Body: addBody(hir::BodyId{c.segment}, c.scope, layer); return;
      case Contribution::Source::Expr:
        foldExpr(c.superPlace != nullptr ? Env{c.scope, c.superPlace, c.superCount} : Env{c.scope, place_, index}, c.expr, layer, index);
        return;
    }
  }

  /// Bodies and refinements become layers where they stand; anything else is evaluated and replayed.
  void foldExpr(const Env& env, hir::ExprId id, Layer layer, std::uint32_t index) {
    const auto& module = *env.scope->module;
    const auto& expr = module.hir->exprs[base::index(id)];
    switch (expr.kind) {
      case hir::ExprKind::Record: {
        const auto literal = module.exprTypes[base::index(id)];
        if (types().kind(record_.type) == TypeKind::Any || types().kind(record_.type) == TypeKind::Union) chooseBranch(literal);
        layer.at = e_.locationOf(env.scope, expr.span);
        addBody(hir::BodyId{expr.a}, env.scope, layer);
        return;
      }
      case hir::ExprKind::Refine: {
        const hir::ExprId base{expr.a};
        if (const auto& resolution = module.resolutions[base::index(base)]; resolution.kind == sema::ResolutionKind::Type) {
          takeType(resolution.type);
        } else {
          foldExpr(env, base, layer, index);
        }
        place_->isInstance = true;
        auto* scope = e_.arena_.make<Scope>(*env.scope);
        scope->self = place_;
        layer.at = e_.locationOf(env.scope, expr.span);
        layer.body = e_.nextBody_++;
        addBody(hir::BodyId{expr.b}, scope, layer);
        return;
      }
      default: {
        if (const auto& resolution = module.resolutions[base::index(id)]; resolution.kind == sema::ResolutionKind::Type) {
          takeType(resolution.type);
          place_->isInstance = true;
          return;
        }
        const bool whole = index < place_->contributions.size() && place_->contributions[index].source == Contribution::Source::Expr && place_->contributions[index].expr == id;
        replay(whole ? e_.evalContribution(place_, index) : e_.eval(env, id), layer);
      }
    }
  }

  void addBody(hir::BodyId id, const Scope* written, Layer layer) {
    const auto& module = *written->module;
    const auto& info = e_.bodyInfo(module, id);
    if (layer.body == 0) layer.body = e_.nextBody_++;
    const auto* scope = e_.bodyScope(written, id);
    if (info.hasSpread) addSpreads(id, scope, layer.guard, layer);
    if (info.hasEach) addEaches(id, scope, layer.guard, layer);
    layer.kind = Layer::Kind::Body;
    layer.bodyId = id;
    layer.scope = scope;
    layer.written = written;
    layers_.push_back(layer);
  }

  template <typename Visit>
  void forEntries(hir::BodyId id, const Scope* scope, const Guard* guard, const Visit& visit) {
    const auto& hir = *scope->module->hir;
    for (const auto& entry : hir.entriesOf(hir[id])) {
      switch (entry.kind) {
        case hir::EntryKind::If:
          if (base::valid(entry.then)) forEntries(entry.then, e_.bodyScope(scope, entry.then), e_.addGuard(guard, entry.value, false, scope), visit);
          if (base::valid(entry.otherwise)) forEntries(entry.otherwise, e_.bodyScope(scope, entry.otherwise), e_.addGuard(guard, entry.value, true, scope), visit);
          break;
        case hir::EntryKind::For: {
          const auto& info = e_.bodyInfo(*scope->module, entry.then);
          if (!info.hasSpread && !info.hasEach) break;
          for (const auto* iteration : e_.iterations(scope, entry.then, entry)) forEntries(entry.then, iteration, guard, visit);
          break;
        }
        default: visit(entry, scope, guard);
      }
    }
  }

  void addSpreads(hir::BodyId id, const Scope* scope, const Guard* guard, const Layer& base) {
    forEntries(id, scope, guard, [&](const hir::Entry& entry, const Scope* at, const Guard* condition) {
      if (entry.kind != hir::EntryKind::Spread) return;
      auto layer = base;
      layer.guard = condition;
      layer.body = e_.nextBody_++;  // weaker than the written entries, wherever it stands: no clash with them
      layer.at = e_.locationOf(at, entry.span);
      spread_ = true;
      replay(e_.eval(Env{at, nullptr, 0}, entry.value), layer);
      spread_ = false;
    });
  }

  void addEaches(hir::BodyId id, const Scope* scope, const Guard* guard, const Layer& base) {
    forEntries(id, scope, guard, [&](const hir::Entry& entry, const Scope* at, const Guard* condition) {
      if (entry.kind != hir::EntryKind::Each) return;
      e_.eaches_.try_emplace(&entry, at->module->hir->file, false);
      auto layer = base;
      layer.kind = Layer::Kind::Each;
      layer.guard = condition;
      layer.entry = &entry;
      layer.scope = layer.written = at;
      layer.at = e_.locationOf(at, entry.span);
      layers_.push_back(layer);
    });
  }

  /// An `each` goes on to the children as itself; where the place has its type it also acts as its body.
  void addEach(const Contribution& c) {
    for (const auto& layer : layers_) {
      if (layer.kind == Layer::Kind::Each && layer.entry == c.entry && layer.scope == c.scope) return;  // replayed: it counts once
    }
    if (base::valid(c.entry->then) && e_.eachNames(*c.scope->module, *c.entry, record_.type)) {
      e_.eaches_[c.entry].second = true;
      auto* scope = e_.arena_.make<Scope>(*c.scope);
      scope->self = place_;
      auto layer = layerOf(c);
      layer.guard = c.guard;
      if (base::valid(c.entry->extra)) layer.guard = e_.addGuard(c.guard, c.entry->extra, false, scope);
      layer.fromEach = true;
      layer.via = via(Via::Kind::Each, e_.locationOf(c.scope, c.entry->span), c.via);
      layer.body = renumbered(eachBodies_, c.body);  // two clauses of one body that set one leaf clash
      addBody(c.entry->then, scope, layer);
    }
    auto layer = layerOf(c);
    layer.kind = Layer::Kind::Each;
    layer.scope = layer.written = c.scope;
    layers_.push_back(layer);
  }

  /// `isDetour`: what is replayed stands elsewhere, and `base.at` is where it is named.
  void replay(Value value, const Layer& base, bool isDetour = true) {
    if (value.isAbsent()) return;
    if (value.isError()) {
      record_.poisoned = true;
      return;
    }
    if (!value.is(ValueKind::Record)) {
      if (types().kind(types().underlying(place_->type)) == TypeKind::Any || types().kind(types().underlying(place_->type)) == TypeKind::Union) {
        layers_.clear();  // another branch replaces
        return;
      }
      e_.mismatch(value, place_->type, base.at, place_);
      record_.poisoned = true;
      return;
    }
    auto* from = value.asRecord();
    if (from == place_) return;
    auto& source = e_.fold(from);
    if (source.poisoned) record_.poisoned = true;
    if (source.nominal != nullptr && record_.nominal != nullptr && !related(source.nominal->id, record_.nominal->id) && !spread_) {
      if (const auto reference = e_.nameReference(value, record_.type); reference.is(ValueKind::Record)) {
        replay(reference, base, isDetour);
        return;
      }
    }
    if (source.nominal != nullptr && !spread_) {
      const auto mine = types().kind(types().underlying(place_->type));
      if (mine == TypeKind::Map || mine == TypeKind::Record) {
        e_.mismatch(value, place_->type, base.at, place_);
        record_.poisoned = true;
        return;
      }
      takeType(source.type);
      if (from->isInstance) place_->isInstance = true;
    }
    if (source.keyed) {
      // Rows of a keyed list as the entries of a map.
      std::vector<TableEntry> entries;
      for (const auto& row : e_.rows(from)) entries.push_back({row.key, Value::record(row.place), row.place->made});
      auto layer = base;
      layer.setTable(e_.arena_.copy(std::span<const TableEntry>(entries)));
      layers_.push_back(layer);
      return;
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> bodies;
    const auto* here = isDetour ? via(spread_ ? Via::Kind::Spread : Via::Kind::Copy, base.at, base.via) : base.via;
    for (std::uint32_t i = 0; i < source.layers.size(); ++i) {
      auto layer = source.layers[i];
      if (layer.kind == Layer::Kind::Declared) continue;
      if (layer.kind == Layer::Kind::Each && alreadyHere(layer)) continue;
      if (layer.written != nullptr) {
        const auto* written = e_.rebind(layer.written, from, place_);
        if (written != layer.written) {
          layer.scope = layer.kind == Layer::Kind::Body ? e_.bodyScope(written, layer.bodyId) : written;
          layer.written = written;
        }
      }
      layer.guard = e_.rebind(layer.guard, from, place_);
      if (base.guard != nullptr) layer.guard = e_.chain(base.guard, layer.guard);
      layer.isFinal = layer.isFinal || base.isFinal;
      layer.body = renumbered(bodies, layer.body);
      layer.via = joined(layer.via, here);
      layers_.push_back(layer);
    }
  }

  const Via* via(Via::Kind kind, source::Location at, const Via* next) {
    if (next != nullptr && next->length >= Via::longest) return next;
    return e_.arena_.make<Via>(Via{kind, static_cast<std::uint8_t>(next == nullptr ? 1 : next->length + 1), at, next});
  }

  /// `inner`, then `outer`.
  const Via* joined(const Via* inner, const Via* outer) { return inner == nullptr ? outer : via(inner->kind, inner->at, joined(inner->next, outer)); }

  /// A body that is replayed is another one than where it was written: what it sets there cannot clash with what is set here.
  std::uint32_t renumbered(std::vector<std::pair<std::uint32_t, std::uint32_t>>& known, std::uint32_t body) {
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& pair) { return pair.first == body; });
    if (found != known.end()) return found->second;
    known.emplace_back(body, e_.nextBody_++);
    return known.back().second;
  }

  bool alreadyHere(const Layer& layer) const {
    return std::any_of(layers_.begin(), layers_.end(), [&](const Layer& other) { return other.kind == Layer::Kind::Each && other.entry == layer.entry && other.scope == layer.scope; });
  }

  void chooseBranch(TypeId literal) {
    const auto kind = types().kind(literal);
    if (kind == TypeKind::Nominal) takeType(literal);
    if (kind == TypeKind::Record || kind == TypeKind::Map) setType(literal);
  }

  bool related(NominalId a, NominalId b) { return e_.derivesFrom(a, b) || e_.derivesFrom(b, a); }

  /// `X { … }` fixes the actual type; a type that is no relative of what was below replaces it.
  void takeType(TypeId type) {
    const auto* next = e_.nominalOf(type);
    if (next == nullptr) {
      setType(type);
      return;
    }
    if (record_.nominal != nullptr && !related(next->id, record_.nominal->id)) layers_.clear();
    if (record_.nominal != nullptr && e_.derivesFrom(record_.nominal->id, next->id)) return;  // what is here is more special already
    record_.type = type;
    record_.nominal = next;
  }

  void setType(TypeId type) {
    record_.type = type;
    record_.nominal = e_.nominalOf(type);
    record_.keyed = types().kind(type) == TypeKind::Keyed;
  }

  void addDeclared() {
    if (record_.nominal == nullptr) return;
    std::vector<const types::Nominal*> chain;
    for (const auto* nominal = record_.nominal; nominal != nullptr; nominal = base::valid(nominal->base) ? &e_.program_.nominal(nominal->base) : nullptr) {
      if (types::isOfApi(nominal->kind)) break;
      if (chain.size() == maxAncestors) {
        e_.report(code::depth_exhausted, e_.madeAt(place_), {e_.pathOf(place_), std::to_string(maxAncestors)}).label("too many `extends`, one on top of the other");
        record_.poisoned = true;
        return;
      }
      chain.push_back(nominal);
    }
    if (chain.empty()) return;
    auto written = std::exchange(layers_, takeScratch(e_.layerScratch_));
    for (auto left = chain.size(); left-- > 0;) {
      const auto& nominal = *chain[left];
      if (!base::valid(nominal.declaration.file)) continue;
      const auto& module = e_.program_.module(nominal.declaration.file);
      if (e_.coverage_ != nullptr) e_.coverage_->made.insert({nominal.declaration.file, nominal.declaration.item});
      auto* scope = e_.arena_.make<Scope>();
      scope->module = &module;
      scope->self = place_;
      scope->members = place_;
      Layer layer;
      layer.kind = Layer::Kind::Declared;
      layer.nominal = nominal.id;
      layer.scope = layer.written = scope;
      layer.body = e_.nextBody_++;
      const auto& item = module.hir->items[base::index(nominal.declaration.item)];
      const auto body = item.kind == hir::ItemKind::Schema ? module.hir->shapes[base::index(item.shape)].body : item.body;
      layer.at = {nominal.declaration.file, item.nameSpan};
      layer.bodyId = body;
      if (base::valid(body)) {
        const auto& info = e_.bodyInfo(module, body);
        layer.scope = e_.bodyScope(scope, body);
        if (info.hasSpread || info.hasEach) {
          // What is declared is weaker than the spreads and `each` of the declaration, and these than its written entries.
          auto defaults = layer;
          defaults.bodyId = base::none<hir::BodyId>;
          layers_.push_back(defaults);
          layer.isOwnEntries = true;
          layer.body = e_.nextBody_++;
        }
        if (info.hasSpread) addSpreads(body, layer.scope, nullptr, layer);
        if (info.hasEach) addEaches(body, layer.scope, nullptr, layer);
      }
      layers_.push_back(layer);
    }
    layers_.insert(layers_.end(), written.begin(), written.end());
    giveBack(e_.layerScratch_, std::move(written));
  }

  types::TypeTable& types() { return e_.types(); }

  static constexpr std::size_t maxAncestors = 4096;

  Evaluator& e_;
  Place* place_;
  Record& record_;
  std::vector<Layer> layers_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> eachBodies_;
  bool spread_ = false;
};

Record& Evaluator::fold(Place* place) {
  if (place->record == nullptr) place->record = arena_.make<Record>();
  auto& record = *place->record;
  if (place->folded == Place::State::Done) return record;
  if (place->folded == Place::State::Running) {
    if (!record.poisoned) cycle(place);
    record.poisoned = true;
    return record;
  }
  const Frame frame(*this, place);
  if (!frame) {
    record.poisoned = true;
    return record;
  }
  place->folded = Place::State::Running;
  Folder(*this, place, record).run();
  place->folded = Place::State::Done;
  if (record.nominal != nullptr && !record.nominal->oneofs.empty()) record.oneofs = arena_.makeArray<OneOfState>(record.nominal->oneofs.size());
  return record;
}

// --- rebinding -------------------------------------------------------------------------------------------------------

const Scope* Evaluator::rebind(const Scope* scope, Place* from, Place* to) {
  if (scope == nullptr || (scope->self != from && scope->members != from)) return scope;
  auto* moved = arena_.make<Scope>(*scope);
  if (moved->self == from) moved->self = to;
  if (moved->members == from) moved->members = to;
  return moved;
}

const Guard* Evaluator::rebind(const Guard* guard, Place* from, Place* to) {
  if (guard == nullptr) return nullptr;
  const auto* up = rebind(guard->up, from, to);
  const auto* scope = rebind(guard->scope, from, to);
  if (up == guard->up && scope == guard->scope) return guard;
  auto* moved = arena_.make<Guard>(*guard);
  moved->up = up;
  if (scope != guard->scope) {
    moved->scope = scope;
    moved->state = Guard::State::Unknown;
  }
  return moved;
}

const Guard* Evaluator::chain(const Guard* outer, const Guard* inner) {
  if (inner == nullptr) return outer;
  auto* joined = arena_.make<Guard>(*inner);
  joined->up = chain(outer, inner->up);
  return joined;
}

}  // namespace kdsl::eval
