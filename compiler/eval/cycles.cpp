// What waits for itself: a value, its entries or a condition that is asked for while it is being decided.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "diag/codes/evaluation.hpp"
#include "eval/evaluator.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using source::Location;

namespace {

constexpr std::size_t longestRing = 8;  // links that a message lists

bool before(Location a, Location b) { return std::tuple(base::index(a.file), a.span.begin) < std::tuple(base::index(b.file), b.span.begin); }

}  // namespace

Value Evaluator::cycle(Place* place) {
  if (place->forced == Place::State::Done) return place->value;
  auto began = running_.size();
  while (began > 0 && running_[began - 1] != place) --began;
  reportRing(place, began == 0 ? 0 : began - 1);
  return Value::error();
}

void Evaluator::cycle(const Guard& guard) {
  if (!exhausted_ && !running_.empty()) reportRing(running_.back(), guard.began);
}

/// The ring is what has been begun since `began`. It is told from its first link in the text, whichever was asked for first, and once for all
/// places that one text makes.
void Evaluator::reportRing(const Place* asked, std::size_t began) {
  struct Link {
    const Place* place;
    Location at;
  };
  std::vector<Link> ring;
  const auto add = [&](const Place* place) {
    if (place == nullptr) return;  // a call has no name
    const auto at = whereSet(place);
    const bool known = std::any_of(ring.begin(), ring.end(), [&](const Link& link) { return link.place == place || link.at == at; });
    if (base::valid(at.file) && !known) ring.push_back({place, at});
  };
  for (auto i = began; i < running_.size(); ++i) add(running_[i]);
  if (ring.empty()) add(asked);
  if (ring.empty()) ring.push_back({asked, {}});
  std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end(), [](const Link& a, const Link& b) { return before(a.at, b.at); }), ring.end());

  const auto at = ring.front().at;
  if (std::find(toldRings_.begin(), toldRings_.end(), at) != toldRings_.end()) return;
  toldRings_.push_back(at);
  auto& diagnostic = report(code::cycle, at, {pathOf(ring.front().place)}).label("needs its own value");
  for (std::size_t i = 1; i < std::min(ring.size(), longestRing); ++i) diagnostic.also(ring[i].at, fmt::format("through `{}`", pathOf(ring[i].place)));
  const auto guard = std::find_if(runningGuards_.begin(), runningGuards_.end(), [&](const Guard* running) { return running->began >= began && running->scope != nullptr; });
  if (guard == runningGuards_.end()) {
    diagnostic.note("what this body refines is `super`: `k: super * 2` reads the value below and is no cycle");
    return;
  }
  const auto& condition = (*guard)->scope->module->hir->exprs[base::index((*guard)->condition)];
  diagnostic.also(locationOf((*guard)->scope, condition.span), "this condition reads it");
  diagnostic.note("a condition is decided before the entries that it guards and cannot read what they set; what is below is `super`: `k: min(super, 3)`");
}

}  // namespace kdsl::eval
