// Stepping into a record-like place: the contributions of a child, layer by layer (step 2 of the algorithm).
#include <algorithm>

#include "eval/children.hpp"
#include "eval/evaluator.hpp"

namespace kdsl::eval {

using types::TypeKind;

namespace {

constexpr std::uint32_t indexedFrom = 12;  // children and entries: fewer are found faster by walking

void addChild(base::Arena& arena, Children& children, Place* place) {
  children.list.push(arena, {place->key, place});
  const auto count = children.list.size();
  if (count < indexedFrom) return;
  const auto insert = [&](std::uint32_t position) {
    auto at = base::mix(static_cast<std::uint32_t>(children.list[position - 1].key)) & children.indexMask;
    while (children.index[at] != 0) at = (at + 1) & children.indexMask;
    children.index[at] = position;
  };
  if (children.index != nullptr && count * 2 <= children.indexMask) {
    insert(count);
    return;
  }
  std::uint32_t size = 32;
  while (size < count * 4) size *= 2;
  children.index = arena.makeArray<std::uint32_t>(size).data();
  children.indexMask = size - 1;
  for (std::uint32_t i = 1; i <= count; ++i) insert(i);
}

}  // namespace

Place* findChild(const Children& children, Symbol key) {
  if (children.index == nullptr) {
    for (const auto& child : children.list) {
      if (child.key == key) return child.place;
    }
    return nullptr;
  }
  for (auto at = base::mix(static_cast<std::uint32_t>(key)) & children.indexMask;; at = (at + 1) & children.indexMask) {
    const auto position = children.index[at];
    if (position == 0) return nullptr;
    if (const auto& child = children.list[position - 1]; child.key == key) return child.place;
  }
}

const BodyInfo& Evaluator::bodyInfo(const CheckedModule& module, hir::BodyId id) {
  const auto file = base::index(module.hir->file);
  if (file >= bodies_.size()) bodies_.resize(file + 1);
  auto& bodies = bodies_[file];
  if (bodies == nullptr) {
    bodies = std::make_unique<ModuleBodies>();
    bodies->byBody.resize(module.hir->bodies.size());
  }
  auto& info = bodies->byBody[base::index(id)];
  if (info.known) return info;
  info.known = true;
  const auto& hir = *module.hir;
  const auto entries = hir.entriesOf(hir[id]);
  for (const auto& entry : entries) {
    switch (entry.kind) {
      case hir::EntryKind::Spread: info.hasSpread = true; break;
      case hir::EntryKind::Each: info.hasEach = true; break;
      case hir::EntryKind::Let: info.hasLets = true; break;
      case hir::EntryKind::Check: info.hasChecks = true; break;
      default: break;
    }
    if (entry.kind == hir::EntryKind::Each) continue;  // its body is another place's
    for (const auto branch : {entry.then, entry.otherwise}) {
      if (!base::valid(branch)) continue;
      const auto& inner = bodyInfo(module, branch);
      info.hasSpread |= inner.hasSpread;
      info.hasEach |= inner.hasEach;
      info.hasChecks |= inner.hasChecks;
    }
  }
  if (entries.size() >= indexedFrom) {
    auto index = std::make_unique<EntriesByName>();
    const auto anyKey = [&](const hir::Entry& entry) {
      return entry.kind == hir::EntryKind::If || entry.kind == hir::EntryKind::For || (entry.kind == hir::EntryKind::Set && hir.segmentsOf(entry)[0].kind == hir::SegmentKind::Index);
    };
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      if (entries[i].kind == hir::EntryKind::Set && !anyKey(entries[i])) index->byName[hir.segmentsOf(entries[i])[0].name].push_back(i);
      if (anyKey(entries[i])) index->ofAnyKey.push_back(i);
    }
    if (!index->ofAnyKey.empty()) {
      for (auto& [name, list] : index->byName) {
        list.insert(list.end(), index->ofAnyKey.begin(), index->ofAnyKey.end());
        std::sort(list.begin(), list.end());
      }
    }
    info.index = std::move(index);
  }
  return info;
}

const Scope* Evaluator::bodyScope(const Scope* written, hir::BodyId id) {
  const auto& module = *written->module;
  if (!bodyInfo(module, id).hasLets) return written;
  auto& cached = bodyScopes_[{&module.hir->bodies[base::index(id)], written}];
  if (cached != nullptr) return cached;
  auto* scope = arena_.make<Scope>(*written);
  cached = scope;
  for (const auto& entry : module.hir->entriesOf((*module.hir)[id])) {
    if (entry.kind != hir::EntryKind::Let) continue;
    Contribution contribution;
    contribution.expr = module.hir->locals[base::index(entry.first)].value;
    contribution.scope = scope;
    contribution.at = locationOf(scope, entry.span);
    auto* place = anonymous(module.localTypes[base::index(entry.first)], contribution);
    place->key = module.hir->locals[base::index(entry.first)].name;
    scope->locals = arena_.make<Locals>(Locals{scope->locals, entry.first, place, {}});
  }
  return scope;
}

std::span<const Scope* const> Evaluator::iterations(const Scope* scope, hir::BodyId body, const hir::Entry& entry) {
  const ScopeKey key{&entry, scope};
  if (const auto found = iterations_.find(key); found != iterations_.end()) return found->second;
  iterations_[key] = {};  // while it is computed, the loop is empty: a loop over itself is reported as a cycle of what it reads
  std::vector<const Scope*> scopes;
  forEach(Env{scope, nullptr, 0}, entry.value, entry.extra, entry.first, entry.second, [&](const Locals* locals) {
    auto* inner = arena_.make<Scope>(*scope);
    inner->locals = locals;
    scopes.push_back(bodyScope(inner, body));
    return true;
  });
  const auto list = arena_.copy(std::span<const Scope* const>(scopes));
  iterations_[key] = list;
  return list;
}

TypeId Evaluator::childType(Record& record, Symbol key, const types::Member*& member) {
  member = nullptr;
  if (record.nominal != nullptr) {
    member = record.nominal->find(key);
    if (member != nullptr) return member->type;
    return record.nominal->isOpen ? record.nominal->openValue : types::anyType;
  }
  const auto& node = types()[record.type];
  switch (node.kind) {
    case TypeKind::Map:
    case TypeKind::Keyed: return node.element;
    case TypeKind::Record:
      for (const auto& field : node.fields) {
        if (field.name == key) return field.type;
      }
      return node.open ? node.element : types::anyType;
    default: return types::anyType;
  }
}

Place* Evaluator::child(Place* place, Symbol key) {
  auto& record = fold(place);
  if (record.keyed) {
    buildRows(place, record);
    return findChild(record.children, key);
  }
  if (auto* known = findChild(record.children, key)) return known;
  const types::Member* member = nullptr;
  const auto type = childType(record, key, member);
  auto* made = makePlace(place, key, type);
  made->member = member;
  made->isResource = member != nullptr && member->kind == types::MemberKind::Resource;
  collect(place, record, key, made);
  if (place->folded == Place::State::Done) addChild(arena_, record.children, made);
  spend(1 + record.layers.size(), made);
  return made;
}

void Evaluator::addRow(Record& record, Place* row) { addChild(arena_, record.children, row); }

void Evaluator::collect(Place* place, Record& record, Symbol key, Place* into) {
  if (record.nominal == nullptr) addFieldDefault(record, key, into);
  std::uint32_t floor = 0;
  if (!record.oneofs.empty() && into->member != nullptr) floor = oneOfFloor(place, record, *into->member);
  for (std::uint32_t i = floor; i < record.layers.size(); ++i) stepLayer(record, record.layers[i], key, into);
}

/// The default of a field of a structural record, which sees what stands at the top of its file.
void Evaluator::addFieldDefault(const Record& record, Symbol key, Place* into) {
  const auto& node = types()[record.type];
  if (node.kind != TypeKind::Record) return;
  const auto field = std::find_if(node.fields.begin(), node.fields.end(), [&](const types::RecordField& candidate) { return candidate.name == key; });
  if (field == node.fields.end() || !field->hasDefault()) return;
  auto* scope = arena_.make<Scope>();
  scope->module = &program_.module(field->file);
  scope->members = staticModule(field->file);
  Contribution contribution;
  contribution.declared = true;
  contribution.expr = field->value;
  contribution.scope = scope;
  contribution.body = nextBody_++;
  contribution.at = locationOf(scope, (*scope->module->hir)[field->value].span);
  push(into, contribution);
}

void Evaluator::stepLayer(Record& record, const Layer& layer, Symbol key, Place* into) {
  switch (layer.kind) {
    case Layer::Kind::Declared: {
      if (layer.isOwnEntries) {
        stepBody(layer, layer.bodyId, layer.scope, layer.guard, key, into);
        return;
      }
      const auto* member = into->member;
      if (member != nullptr && member->owner == layer.nominal && base::valid(member->value) && !member->isReadDefault) {
        Contribution contribution;
        contribution.declared = true;
        contribution.expr = member->value;
        contribution.scope = layer.written;
        contribution.body = nextBody_++;  // what it writes does not clash with the declaration's entries: it is weaker
        contribution.at = locationOf(layer.scope, layer.scope->module->hir->exprs[base::index(member->value)].span);
        push(into, contribution);
      } else if (record.nominal != nullptr && layer.nominal != record.nominal->id && record.nominal->kind != types::NominalKind::Schema) {
        addShadowedDeclaration(layer, key, into);
      }
      if (base::valid(layer.bodyId)) stepBody(layer, layer.bodyId, layer.scope, layer.guard, key, into);
      return;
    }
    case Layer::Kind::Body: stepBody(layer, layer.bodyId, layer.scope, layer.guard, key, into); return;
    case Layer::Kind::Path: {
      const auto& segment = layer.scope->module->hir->segments[layer.segment];
      Symbol name;
      if (segmentKey(layer.scope, segment, name) && name == key) addFromPath(layer, *layer.entry, layer.segment, layer.scope, layer.guard, into);
      return;
    }
    case Layer::Kind::Table:
      for (const auto& entry : layer.table()) {
        if (entry.key != key) continue;
        Contribution contribution;
        contribution.source = Contribution::Source::Ready;
        contribution.value = entry.value;
        contribution.guard = layer.guard;
        contribution.isFinal = layer.isFinal;
        contribution.body = layer.body;
        contribution.at = base::valid(entry.origin.file) ? entry.origin : layer.at;
        contribution.via = layer.via;
        push(into, contribution);
      }
      return;
    case Layer::Kind::Each: {
      if (into->member != nullptr && into->member->kind == types::MemberKind::Param) return;
      if (const auto shape = form(into->type); shape == Form::Scalar || shape == Form::Set || shape == Form::Reference) return;
      Contribution contribution;
      contribution.verb = Verb::Each;
      contribution.entry = layer.entry;
      contribution.scope = layer.scope;
      contribution.guard = layer.guard;
      contribution.body = layer.body;
      contribution.at = layer.at;
      contribution.via = layer.via;
      push(into, contribution);
      return;
    }
  }
}

/// A member that a derived type declares anew still has the ancestor's declaration below it (`param port: Port = 80` over `= 8080`).
void Evaluator::addShadowedDeclaration(const Layer& layer, Symbol key, Place* into) {
  const auto& ancestor = program_.nominal(layer.nominal);
  const auto* member = ancestor.find(key);
  if (member == nullptr || member->owner != layer.nominal || !base::valid(member->value)) return;
  Contribution contribution;
  contribution.declared = true;
  contribution.expr = member->value;
  contribution.scope = layer.written;
  contribution.body = nextBody_++;
  contribution.at = locationOf(layer.scope, layer.scope->module->hir->exprs[base::index(member->value)].span);
  push(into, contribution);
}

void Evaluator::push(Place* into, const Contribution& contribution) {
  if (contribution.isFinal) into->isFinal = true;
  if (contribution.strict) into->hasStrict = true;
  if (!base::valid(into->made.file) && contribution.verb != Verb::Each) into->made = contribution.at;
  into->contributions.push(arena_, contribution);
}

void Evaluator::stepBody(const Layer& layer, hir::BodyId body, const Scope* scope, const Guard* guard, Symbol key, Place* into) {
  const auto& module = *scope->module;
  const auto& hir = *module.hir;
  const auto entries = hir.entriesOf(hir[body]);
  const auto visit = [&](const hir::Entry& entry) {
    switch (entry.kind) {
      case hir::EntryKind::Set: {
        const auto& first = hir.segmentsOf(entry)[0];
        if (first.kind == hir::SegmentKind::Name) {
          if (first.name != key) return;
        } else {
          Symbol name;
          if (!segmentKey(scope, first, name) || name != key) return;
        }
        addFromPath(layer, entry, entry.firstSegment, scope, guard, into);
        return;
      }
      case hir::EntryKind::If:
        if (base::valid(entry.then) && mayHaveKey(module, entry.then, key)) stepBody(layer, entry.then, bodyScope(scope, entry.then), addGuard(guard, entry.value, false, scope), key, into);
        if (base::valid(entry.otherwise) && mayHaveKey(module, entry.otherwise, key)) stepBody(layer, entry.otherwise, bodyScope(scope, entry.otherwise), addGuard(guard, entry.value, true, scope), key, into);
        return;
      case hir::EntryKind::For:
        if (!mayHaveKey(module, entry.then, key)) return;
        stepLoop(layer, entry, scope, guard, key, into);
        return;
      default: return;
    }
  };
  const auto* index = bodyInfo(module, body).index.get();
  if (index == nullptr) {
    for (const auto& entry : entries) visit(entry);
    return;
  }
  const auto found = index->byName.find(key);
  for (const auto position : found == index->byName.end() ? index->ofAnyKey : found->second) visit(entries[position]);
}

/// The entries that a loop makes are found by key: a map of n elements made by a loop is stepped into n times.
void Evaluator::stepLoop(const Layer& layer, const hir::Entry& entry, const Scope* scope, const Guard* guard, Symbol key, Place* into) {
  const auto& hir = *scope->module->hir;
  if (!loops_.contains({&entry, scope})) {
    auto made = std::make_unique<LoopIndex>();
    const auto body = hir.entriesOf(hir[entry.then]);
    made->plain = std::none_of(body.begin(), body.end(), [](const hir::Entry& inner) { return inner.kind == hir::EntryKind::If || inner.kind == hir::EntryKind::For; });
    if (made->plain) {
      for (const auto* iteration : iterations(scope, entry.then, entry)) {
        for (const auto& inner : body) {
          Symbol name;
          if (inner.kind == hir::EntryKind::Set && segmentKey(iteration, hir.segmentsOf(inner)[0], name)) made->byKey[name].push_back({&inner, iteration});
        }
      }
    }
    loops_[{&entry, scope}] = std::move(made);
  }
  const auto& known = *loops_[{&entry, scope}];
  if (!known.plain) {
    for (const auto* iteration : iterations(scope, entry.then, entry)) stepBody(layer, entry.then, iteration, guard, key, into);
    return;
  }
  const auto found = known.byKey.find(key);
  if (found == known.byKey.end()) return;
  for (const auto& [inner, iteration] : found->second) addFromPath(layer, *inner, inner->firstSegment, iteration, guard, into);
}

bool Evaluator::mayHaveKey(const CheckedModule& module, hir::BodyId body, Symbol key) {
  const auto& hir = *module.hir;
  for (const auto& entry : hir.entriesOf(hir[body])) {
    switch (entry.kind) {
      case hir::EntryKind::Set: {
        const auto& first = hir.segmentsOf(entry)[0];
        if (first.kind == hir::SegmentKind::Index || first.name == key) return true;
        break;
      }
      case hir::EntryKind::If:
      case hir::EntryKind::For:
        for (const auto branch : {entry.then, entry.otherwise}) {
          if (base::valid(branch) && mayHaveKey(module, branch, key)) return true;
        }
        break;
      default: break;
    }
  }
  return false;
}

void Evaluator::addFromPath(const Layer& layer, const hir::Entry& entry, std::uint32_t segment, const Scope* scope, const Guard* guard, Place* into) {
  const auto& hir = *scope->module->hir;
  const bool last = segment + 1 == entry.firstSegment + entry.segmentCount;
  const auto& here = hir.segments[segment];
  Contribution contribution;
  contribution.entry = &entry;
  contribution.scope = scope;
  contribution.guard = guard;
  contribution.body = layer.body;
  contribution.via = layer.via;
  contribution.isFinal = entry.isFinal || layer.isFinal;
  contribution.quiet = last ? entry.quiet : hir.segments[segment + 1].quiet;
  if (last) {
    contribution.expr = entry.value;
    contribution.at = base::valid(entry.value) ? locationOf(scope, hir[entry.value].span) : locationOf(scope, entry.span);
    switch (entry.verb) {
      case hir::Verb::Set: contribution.verb = base::valid(entry.value) && hir[entry.value].kind == hir::ExprKind::Absent ? Verb::Absent : Verb::Set; break;
      case hir::Verb::Replace: contribution.verb = Verb::Replace; break;
      case hir::Verb::Append: contribution.verb = Verb::Append; break;
      case hir::Verb::Prepend: contribution.verb = Verb::Prepend; break;
      case hir::Verb::External: contribution.verb = Verb::External; break;
    }
  } else {
    contribution.source = Contribution::Source::Path;
    contribution.segment = segment + 1;
    contribution.at = locationOf(scope, here.span);
    // Through an index, or through a resource: what is addressed must have been made.
    contribution.strict = here.kind == hir::SegmentKind::Index || into->isResource || (into->parent != nullptr && into->parent->record != nullptr && into->parent->record->keyed) ||
                          (into->parent != nullptr && into->parent->record != nullptr && types().kind(into->parent->record->type) == TypeKind::Map);
  }
  push(into, contribution);
}

bool Evaluator::segmentKey(const Scope* scope, const hir::Segment& segment, Symbol& key) {
  if (segment.kind == hir::SegmentKind::Name) {
    key = segment.name;
    return true;
  }
  std::string joined;
  const auto parts = scope->module->hir->exprList(segment.first, segment.count);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = eval(Env{scope, nullptr, 0}, parts[i]);
    if (value.isError() || value.isAbsent()) return false;
    if (parts.size() == 1) {
      key = keyOf(value);
      return true;
    }
    if (i != 0) joined += keySeparator;
    joined += base::text(keyOf(value));
  }
  key = base::intern(joined);
  return true;
}

}  // namespace kdsl::eval
