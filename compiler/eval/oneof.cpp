// One-of groups (step 8 of the algorithm): selecting a member in a stronger layer drops what weaker layers said of the others.
#include "eval/evaluator.hpp"
#include "diag/codes/evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kdsl::eval {

namespace code = diag::code;

namespace {

std::uint32_t memberPosition(const types::OneOfGroup& group, Symbol name) {
  for (std::uint32_t i = 0; i < group.members.size(); ++i) {
    if (group.members[i] == name) return i;
  }
  return static_cast<std::uint32_t>(group.members.size());  // the discriminator
}

}  // namespace

std::uint32_t Evaluator::oneOfFloor(Place* place, Record& record, const types::Member& member) {
  for (std::uint32_t group = 0; group < record.oneofs.size(); ++group) {
    const auto& info = record.nominal->oneofs[group];
    const bool isMember = member.oneof == group + 1;
    if (!isMember && info.discriminator != member.name) continue;
    if (!isMember && info.discriminator == base::emptySymbol) continue;
    return resolveOneOf(place, record, group).from[memberPosition(info, member.name)];
  }
  return 0;
}

OneOfState& Evaluator::resolveOneOf(Place* place, Record& record, std::uint32_t number) {
  auto& state = record.oneofs[number];
  if (state.resolved) return state;
  state.resolved = true;
  const auto& group = record.nominal->oneofs[number];
  const auto members = static_cast<std::uint32_t>(group.members.size());
  for (std::uint32_t i = 0; i <= members; ++i) state.from.push(arena_, 0);

  const auto selects = [&](const Layer& layer, Symbol name, source::Location& at) {
    auto* scratch = makePlace(place, name, types::anyType);
    scratch->member = record.nominal->find(name);
    stepLayer(record, layer, name, scratch);
    for (const auto& contribution : scratch->contributions) {
      if (contribution.verb == Verb::Each || contribution.verb == Verb::Absent || contribution.quiet) continue;
      if (!held(contribution.guard)) continue;
      if (mayBeAbsent(contribution) && contribution.source == Contribution::Source::Expr && eval(Env{contribution.scope, nullptr, 0}, contribution.expr, Missing::Tolerate).isAbsent()) continue;
      at = contribution.at;
      return true;
    }
    return false;
  };
  // Most records name one member at most; then nothing is dropped.
  std::vector<bool> named(members, false);
  std::uint32_t mentioned = 0;
  for (const auto key : keys(place)) {
    const auto position = memberPosition(group, key);
    if (position == members) {
      if (group.discriminator != base::emptySymbol && key == group.discriminator) ++mentioned;
      continue;
    }
    named[position] = true;
    ++mentioned;
  }
  if (mentioned < 2) return state;

  std::uint32_t current = members;
  for (std::uint32_t i = 0; i < record.layers.size(); ++i) {
    const auto layer = record.layers[i];
    if (layer.kind == Layer::Kind::Each) continue;
    std::uint32_t selected = members;
    source::Location selectedAt;
    for (std::uint32_t m = 0; m < members; ++m) {
      source::Location at;
      if (!named[m] || !selects(layer, group.members[m], at)) continue;
      if (selected != members) {
        auto& diagnostic = report(code::several_of_one, at, {std::string(base::text(group.members[selected])), std::string(base::text(group.members[m])), pathOf(place)});
        diagnostic.label("and here");
        diagnostic.also(selectedAt, "set here");
        diagnostic.note("a stronger layer that sets one of them drops the others; within one body, choose");
        record.poisoned = true;
        continue;
      }
      selected = m;
      selectedAt = at;
    }
    source::Location discriminatorAt;
    if (group.discriminator != base::emptySymbol && selects(layer, group.discriminator, discriminatorAt)) {
      auto* scratch = makePlace(place, group.discriminator, types::anyType);
      stepLayer(record, layer, group.discriminator, scratch);
      const auto value = leaf(scratch, scratch->contributions.size());
      if (value.is(ValueKind::String)) {
        const auto choice = base::intern(value.asString());
        for (const auto& [text, member] : group.cases) {
          if (text != choice) continue;
          const auto keep = member == base::emptySymbol ? members : memberPosition(group, member);
          for (std::uint32_t m = 0; m < members; ++m) {
            if (m != keep) state.from[m] = std::max(state.from[m], i);
          }
          if (current != keep) current = members;
        }
      }
    }
    if (selected == members) continue;
    if (current != selected) {
      for (std::uint32_t m = 0; m < members; ++m) {
        if (m != selected) state.from[m] = i + 1;
      }
      if (current != members) state.from[selected] = std::max(state.from[selected], i);
      // A weaker discriminator that names another member goes with it.
      if (group.discriminator != base::emptySymbol) {
        for (const auto& [text, member] : group.cases) {
          if (member == group.members[selected]) continue;
          auto* scratch = makePlace(place, group.discriminator, types::anyType);
          for (std::uint32_t k = state.from[members]; k < i; ++k) stepLayer(record, record.layers[k], group.discriminator, scratch);
          const auto value = leaf(scratch, scratch->contributions.size());
          if (value.is(ValueKind::String) && base::intern(value.asString()) == text) state.from[members] = i;
        }
      }
    }
    current = selected;
  }
  return state;
}

}  // namespace kdsl::eval
