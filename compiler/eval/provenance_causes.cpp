// Which settings made a condition what it is: where a failed check is reported.
#include <algorithm>

#include "eval/provenance_reader.hpp"

namespace kdsl::eval {

using hir::ExprKind;

std::vector<source::Location> ProvenanceReader::causes(const Env& env, hir::ExprId condition, Defaults defaults) {
  defaults_ = defaults;
  seen_.clear();
  depth_ = settings_ = 0;
  std::vector<Location> out;
  causesOf(env, condition, out);
  return out;
}

std::vector<source::Location> ProvenanceReader::causes(Place* place) {
  defaults_ = Defaults::Skip;
  seen_.clear();
  depth_ = settings_ = 0;
  std::vector<Location> out;
  whole_ = place;
  causesOfPlace(place, out);
  whole_ = nullptr;
  return out;
}

bool ProvenanceReader::isTrue(const Env& env, hir::ExprId condition) {
  const auto value = e_.eval(env, condition, Missing::Tolerate);
  return value.is(ValueKind::Bool) && value.asBool();
}

/// Follows what was evaluated only: of a condition that fails, the side of `&&` that does, the branch that was taken.
void ProvenanceReader::causesOf(const Env& env, hir::ExprId id, std::vector<Location>& out) {
  if (!base::valid(id) || out.size() >= maxCauses || depth_ >= maxDepth) return;
  const auto& module = *env.scope->module;
  const auto& hir = *module.hir;
  const auto& expr = hir[id];
  const auto read = [&](std::uint32_t operand) { causesOf(env, hir::ExprId{operand}, out); };
  switch (expr.kind) {
    case ExprKind::Name:
    case ExprKind::Local:
    case ExprKind::Field:
    case ExprKind::Index:
      if (auto* place = placeOf(env, id)) {
        causesOfPlace(place, out);
      } else if (expr.kind == ExprKind::Field || expr.kind == ExprKind::Index) {
        read(expr.a);
      }
      return;
    case ExprKind::Interpolation:
      for (const auto part : hir.exprList(expr.a, expr.b)) causesOf(env, part, out);
      return;
    case ExprKind::Present:
    case ExprKind::Not:
    case ExprKind::Negate:
    case ExprKind::Is: read(expr.a); return;
    case ExprKind::Binary:
      read(expr.a);
      if (expr.op == hir::BinaryOp::Coalesce && !e_.eval(env, hir::ExprId{expr.a}, Missing::Tolerate).isAbsent()) return;
      if (expr.op == hir::BinaryOp::And && !isTrue(env, hir::ExprId{expr.a})) return;
      read(expr.b);
      return;
    case ExprKind::If:
      read(expr.a);
      read(isTrue(env, hir::ExprId{expr.a}) ? expr.b : expr.c);
      return;
    case ExprKind::Match: read(expr.a); return;
    case ExprKind::Call: {
      const auto& callee = hir[hir::ExprId{expr.a}];
      if (callee.kind == ExprKind::Field && module.resolutions[base::index(id)].kind != sema::ResolutionKind::Fn) read(callee.a);
      for (std::uint32_t i = 0; i < expr.c; ++i) causesOf(env, hir.arguments[expr.b + i].value, out);
      return;
    }
    case ExprKind::List:
      for (std::uint32_t i = 0; i < expr.b; ++i) causesOfElement(env, expr.a + i, out);
      return;
    default: return;
  }
}

/// Of a loop what it goes over: its variables have no value here.
void ProvenanceReader::causesOfElement(const Env& env, std::uint32_t position, std::vector<Location>& out) {
  const auto& element = env.scope->module->hir->elements[position];
  causesOf(env, element.value, out);
  if (element.kind != hir::ElementKind::If) return;
  const auto taken = isTrue(env, element.value) ? element.then : element.otherwise;
  if (taken != 0) causesOfElement(env, taken, out);
}

void ProvenanceReader::causesOfPlace(Place* place, std::vector<Location>& out) {
  if (depth_ >= maxDepth || !seen_.insert(place).second) return;
  // A value that nothing forced was not read; what has no parent holds one expression.
  if (place->parent != nullptr && place->forced != Place::State::Done) return;
  const bool merges = mergesAt(place, place->value);
  std::vector<std::uint32_t> passedOn;
  for (auto i = place->contributions.size(); i-- > 0;) {
    const auto contribution = place->contributions[i];
    if (contribution.verb == Verb::Each || contribution.verb == Verb::External || contribution.quiet || !e_.held(contribution.guard)) continue;
    if (place == whole_ && contribution.source == Contribution::Source::Path) continue;
    if (isOwn(place, contribution)) {
      addCause(place, contribution, out);
      return;
    }
    passedOn.push_back(i);
    if (!merges && contribution.verb != Verb::Append && contribution.verb != Verb::Prepend) break;
  }
  ++depth_;
  for (const auto i : passedOn) {
    const auto contribution = place->contributions[i];
    causesOfGuard(contribution.guard, out);
    if (!base::valid(contribution.expr) || contribution.scope == nullptr || contribution.source == Contribution::Source::Path || contribution.source == Contribution::Source::Body) continue;
    causesOf(Env{contribution.scope, place, i}, contribution.expr, out);
  }
  --depth_;
}

/// The conditions under which an entry of a library counts.
void ProvenanceReader::causesOfGuard(const Guard* guard, std::vector<Location>& out) {
  for (; guard != nullptr; guard = guard->up) {
    if (guard->existing == nullptr && guard->state == Guard::State::Held) causesOf(Env{guard->scope, nullptr, 0}, guard->condition, out);
  }
}

/// Whether a setting stands in a file of those who build, and counts.
bool ProvenanceReader::isOwn(const Place* place, const Contribution& contribution) const {
  if (!base::valid(contribution.at.file) || e_.inputs().isForeign(contribution.at.file)) return false;
  if (!contribution.declared || defaults_ == Defaults::Count || place->member == nullptr) return true;
  const auto kind = e_.program_.nominal(place->member->owner).kind;
  return kind == types::NominalKind::Module || kind == types::NominalKind::Test;
}

/// A setting that only passes another one on by name leads to that one. Lines with secrets are not shown.
void ProvenanceReader::addCause(Place* place, const Contribution& contribution, std::vector<Location>& out) {
  if (place->value.isHidden() || isHiddenPlace(place)) return;
  auto at = origin(place);
  if (!base::valid(at.file) || e_.inputs().isForeign(at.file)) at = contribution.at;
  if (std::find(out.begin(), out.end(), at) == out.end()) out.push_back(at);
}

}  // namespace kdsl::eval
