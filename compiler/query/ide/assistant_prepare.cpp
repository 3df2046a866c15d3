// What the first questions of a session would wait for, done in small steps while nobody asks.
#include <algorithm>

#include "query/ide/assistant.hpp"
#include "query/ide/snippets.hpp"

namespace kdsl::query {

namespace {

constexpr std::size_t kindsInAStep = 8;
/// A completion in a larger file takes longer than a step may.
constexpr std::size_t smallFileBytes = std::size_t{32} << 10;

}  // namespace

bool Assistant::prepare(FileId file) {
  const auto facts = session_.facts(file);
  auto& done = prepared_[facts.program];
  const auto modules = session_.library();
  const auto kinds = facts.program->schema().preferredKinds();
  const auto kindSteps = (kinds.size() + kindsInAStep - 1) / kindsInAStep;
  const auto step = done++;
  if (step < modules.size()) {
    // Declarations that are offered for import.
    session_.declarations(modules[step].second);
  } else if (step < 2 * modules.size()) {
    // The params of components, which are inserted with them.
    onLargeStack([&] { facts.program->module(modules[step - modules.size()].second); });
  } else if (step < 2 * modules.size() + kindSteps) {
    onLargeStack([&] {
      const auto first = (step - 2 * modules.size()) * kindsInAStep;
      for (auto i = first; i < std::min(first + kindsInAStep, kinds.size()); ++i) {
        const auto nominal = facts.program->kubernetesNominal(facts.program->schema().definition(kinds[i]).shortName());
        if (base::valid(nominal)) SnippetWriter(*facts.program, {}).body(facts.program->nominal(nominal), {}, /*isOpen=*/true);
      }
    });
  } else if (step == 2 * modules.size() + kindSteps) {
    // Not once there was a completion: its items are good until the next one.
    const auto size = static_cast<std::uint32_t>(facts.text().size());
    if (!base::valid(lastScratch_) && size <= smallFileBytes) complete(file, size, /*snippets=*/true);
  } else {
    done = step;
    return false;
  }
  return true;
}

}  // namespace kdsl::query
