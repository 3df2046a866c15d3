#include "query/evaluation.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <unordered_set>

#include "eval/build.hpp"
#include "eval/provenance_reader.hpp"
#include "eval/source_index.hpp"
#include "query/build.hpp"
#include "query/build_setup.hpp"

namespace kdsl::query {

using eval::Place;
using eval::ProvenanceReader;
using eval::SourceIndex;

struct Evaluation::State {
  explicit State(sema::Workspace& program) : workspace(program) {}

  sema::Workspace& workspace;
  BuildSetup setup;
  diag::Sink sink;
  std::optional<eval::Evaluator> evaluator;
  std::optional<SourceIndex> index;
  bool stopped = false;

  /// Where an expression was evaluated: of the innermost one around `expr` that sets a place.
  std::span<const SourceIndex::Use> usesAround(const hir::Module& module, hir::ExprId expr) const;
  std::vector<Place*> placesOf(const SourcePiece& piece);
  void addMembers(const SourcePiece& piece, std::vector<Place*>& out);
};

Evaluation::Evaluation(std::unique_ptr<State> state) : state_(std::move(state)) {}
Evaluation::~Evaluation() = default;

std::unique_ptr<Evaluation> Evaluation::of(LoadedFiles& files, sema::Workspace& workspace, FileId root, const BuildOptions& options) {
  std::unique_ptr<Evaluation> made(new Evaluation(std::make_unique<State>(workspace)));
  auto& state = *made->state_;
  std::vector<diag::Diagnostic> problems;
  state.setup = setUp(files, workspace, root, options, problems);
  if (!state.setup.ok && options.project != nullptr) {
    // A broken policy says nothing about the values.
    auto without = options;
    without.project = nullptr;
    problems.clear();
    state.setup = setUp(files, workspace, root, without, problems);
  }
  if (!state.setup.ok) return made;
  auto& evaluator = state.evaluator.emplace(workspace, *state.setup.inputs, state.sink, options.limits);
  auto* instance = rootOf(evaluator, state.setup, root, options);
  eval::BuildWalk walk(evaluator);
  walk.root(instance);
  for (const auto& object : walk.objects()) evaluator.forceDeep(eval::Value::record(object.place));
  std::vector<Place*> roots{instance};
  const auto addRoot = [&](Place* place) {
    evaluator.fold(place);
    roots.push_back(place);
  };
  for (const auto& policies : state.setup.policies) addRoot(evaluator.rootWith(policies.file, parametersOf(policies.use->params)));
  for (const auto file : state.setup.closure) {
    const bool isKnown = file == root || std::any_of(state.setup.policies.begin(), state.setup.policies.end(), [&](const PolicyFile& policies) { return policies.file == file; });
    if (!isKnown) addRoot(evaluator.staticModule(file));
  }
  state.index.emplace(roots);
  state.stopped = options.limits.stop != nullptr && options.limits.stop->load(std::memory_order_relaxed);
  return made;
}

bool Evaluation::ok() const { return state_->index && !state_->stopped && !state_->evaluator->exhausted(); }

bool Evaluation::stopped() const { return state_->stopped; }

std::size_t Evaluation::bytes() const { return state_->evaluator ? state_->evaluator->arena().bytes() : 0; }

std::span<const SourceIndex::Use> Evaluation::State::usesAround(const hir::Module& module, hir::ExprId expr) const {
  const auto span = module[expr].span;
  std::span<const SourceIndex::Use> found;
  auto smallest = std::numeric_limits<std::uint32_t>::max();
  for (std::uint32_t i = 0; i < module.exprs.size(); ++i) {
    const auto& outer = module.exprs[i].span;
    if (outer.begin > span.begin || outer.end < span.end || outer.size() >= smallest) continue;
    const auto uses = index->ofExpr(module, hir::ExprId{i});
    if (uses.empty()) continue;
    found = uses;
    smallest = outer.size();
  }
  return found;
}

/// The member in each instance that has it: made, if nobody asked for it yet.
void Evaluation::State::addMembers(const SourcePiece& piece, std::vector<Place*>& out) {
  for (auto* instance : index->instances()) {
    const auto* member = instance->record->nominal->find(piece.name);
    if (member != nullptr && member->declared == piece.declared) out.push_back(evaluator->child(instance, piece.name));
  }
}

std::vector<Place*> Evaluation::State::placesOf(const SourcePiece& piece) {
  std::vector<Place*> places;
  const auto& module = *workspace.module(piece.file).hir;
  switch (piece.kind) {
    case SourcePiece::Kind::Step:
      for (const auto& use : index->ofStep(module.entries[piece.entry], piece.segment)) places.push_back(use.place);
      break;
    case SourcePiece::Kind::Member: addMembers(piece, places); break;
    case SourcePiece::Kind::Read: {
      ProvenanceReader reader(*evaluator);
      for (const auto& use : usesAround(module, piece.expr)) {
        auto* place = reader.placeOf(eval::Env{use.place->contributions[use.contribution].scope, use.place, use.contribution}, piece.expr);
        if (place != nullptr) places.push_back(place);
      }
      break;
    }
  }
  std::unordered_set<const Place*> seen;
  std::erase_if(places, [&](const Place* place) { return !seen.insert(place).second; });
  return places;
}

Evaluation::Values Evaluation::valuesOf(const SourcePiece& piece, std::size_t limit, Inputs inputs) {
  Values values;
  if (!ok()) return values;
  onLargeStack([&] {
    auto& evaluator = *state_->evaluator;
    ProvenanceReader reader(evaluator, inputs == Inputs::Follow ? ProvenanceReader::Depth::Inputs : ProvenanceReader::Depth::Settings);
    for (auto* place : state_->placesOf(piece)) {
      if (evaluator.force(place).isError()) continue;
      if (values.all.size() == limit) {
        ++values.more;
      } else {
        values.all.push_back(reader.of(place));
      }
    }
  });
  return values;
}

std::vector<WrittenValue> Evaluation::valuesOf(const SourcePiece& piece, hir::ExprId expr, std::size_t limit) {
  std::vector<WrittenValue> values;
  if (!ok()) return values;
  onLargeStack([&] {
    auto& evaluator = *state_->evaluator;
    ProvenanceReader reader(evaluator, ProvenanceReader::Depth::Settings);
    const source::Location at{piece.file, (*state_->workspace.module(piece.file).hir)[expr].span};
    for (auto* place : state_->placesOf(piece)) {
      if (values.size() == limit) break;
      if (evaluator.force(place).isError()) continue;
      const auto provenance = reader.of(place);
      const auto setting = std::find_if(provenance.settings.begin(), provenance.settings.end(), [&](const eval::Setting& candidate) { return candidate.at == at; });
      if (provenance.isHidden || setting == provenance.settings.end() || setting->value.empty()) continue;
      const bool inForce = setting->effect == eval::Effect::Sets || setting->effect == eval::Effect::Below || setting->effect == eval::Effect::Deletes;
      values.push_back({provenance.path, setting->value, inForce});
    }
  });
  return values;
}

std::vector<ClauseMatch> Evaluation::matchesOf(FileId file, std::uint32_t entry) {
  std::vector<ClauseMatch> matches;
  if (!ok()) return matches;
  onLargeStack([&] {
    auto& evaluator = *state_->evaluator;
    ProvenanceReader reader(evaluator);
    const auto& clause = state_->workspace.module(file).hir->entries[entry];
    std::unordered_set<const Place*> seen;
    for (const auto& use : state_->index->ofClause(clause)) {
      if (seen.insert(use.place).second && reader.eachActs(use.place, use.place->contributions[use.contribution]))
        matches.push_back({evaluator.pathOf(use.place), evaluator.madeAt(use.place)});
    }
  });
  return matches;
}

}  // namespace kdsl::query
