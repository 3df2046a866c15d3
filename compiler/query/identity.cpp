#include "query/identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/hash.hpp"
#include "base/hash_index.hpp"
#include "diag/codes/kubernetes.hpp"
#include "kubernetes/object_names.hpp"

namespace kdsl::query {

namespace code = diag::code;

namespace {

std::uint64_t hashOf(const emit::ObjectText& object) {
  auto hash = base::hashBytes(object.name);
  for (const std::string_view part : {std::string_view(object.namespaceName), std::string_view(object.kind), std::string_view(object.group)}) hash = base::combine(hash, base::hashBytes(part));
  return hash;
}

bool areSame(const emit::ObjectText& a, const emit::ObjectText& b) { return a.name == b.name && a.kind == b.kind && a.namespaceName == b.namespaceName && a.group == b.group; }

std::string describe(const emit::ObjectText& object) {
  const auto name = object.namespaceName.empty() ? object.name : object.namespaceName + "/" + object.name;
  return fmt::format("{} `{}`", object.kind, name);
}

source::Location nameOf(eval::Evaluator& evaluator, eval::Place* object) {
  const auto metadata = evaluator.force(evaluator.child(object, base::intern("metadata")));
  if (!metadata.is(eval::ValueKind::Record)) return evaluator.madeAt(object);
  auto* name = evaluator.child(metadata.asRecord(), base::intern("name"));
  return evaluator.force(name).isAbsent() ? evaluator.madeAt(object) : evaluator.whereSet(name);
}

/// From the root's resource to the object.
std::vector<const eval::Place*> chainOf(const eval::Place* object) {
  std::vector<const eval::Place*> chain;
  for (const auto* at = object; at->parent != nullptr; at = at->parent) chain.push_back(at);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

/// Where two objects part: the two values, as near to the root as they differ.
std::pair<const eval::Place*, const eval::Place*> partingOf(const eval::Place* a, const eval::Place* b) {
  const auto first = chainOf(a), second = chainOf(b);
  for (std::size_t i = 0; i < first.size() && i < second.size(); ++i) {
    if (first[i] != second[i]) return {first[i], second[i]};
  }
  return {a, b};
}

/// Two uses of one component are told apart by where each is used, not by the line of the component that makes both.
std::pair<source::Location, source::Location> madeApart(const eval::Evaluator& evaluator, const eval::Place* a, const eval::Place* b) {
  for (const auto *x = a, *y = b; x->parent != nullptr && y->parent != nullptr; x = x->parent, y = y->parent) {
    const auto first = evaluator.madeAt(x), second = evaluator.madeAt(y);
    if (!(first == second)) return {first, second};
  }
  return {evaluator.madeAt(a), evaluator.madeAt(b)};
}

/// Two values, each of which makes all of these objects.
struct Clash {
  const eval::Place* first;
  const eval::Place* second;
  std::vector<std::pair<const Identity*, const Identity*>> objects;
};

void report(eval::Evaluator& evaluator, const Clash& clash) {
  const auto [earlier, later] = clash.objects.front();
  const auto [here, before] = madeApart(evaluator, later->place, earlier->place);
  const bool isOne = clash.objects.size() == 1;
  const auto what = isOne ? fmt::format("two objects are {}", describe(*later->text)) : fmt::format("`{}` and `{}` make the same {} objects", evaluator.pathOf(clash.first), evaluator.pathOf(clash.second), clash.objects.size());
  auto& diagnostic = evaluator.report(code::same_identity, here, {what});
  const auto first = evaluator.pathOf(isOne ? earlier->place : clash.first), second = evaluator.pathOf(isOne ? later->place : clash.second);
  if (here == before) {
    diagnostic.label(fmt::format("makes `{}` and `{}`", first, second));
  } else {
    diagnostic.label(isOne ? fmt::format("makes `{}`", second) : fmt::format("`{}`", second));
    diagnostic.also(before, isOne ? fmt::format("makes `{}`", first) : fmt::format("`{}`", first));
  }
  if (!isOne) {
    constexpr std::size_t shown = 8;
    std::string list;
    for (std::size_t i = 0; i < clash.objects.size() && i < shown; ++i) list += fmt::format("{}{}", list.empty() ? "" : ", ", describe(*clash.objects[i].second->text));
    diagnostic.note(clash.objects.size() > shown ? fmt::format("{} and {} more", list, clash.objects.size() - shown) : list);
  }
  diagnostic.note("applied, one would overwrite the other: give them other names or namespaces");
}

}  // namespace

void checkIdentities(eval::Evaluator& evaluator, const std::vector<Identity>& objects) {
  for (const auto& object : objects) {
    if (object.text->name.empty()) {
      // What the user wrote, where the library made the object.
      evaluator.report(code::object_without_name, evaluator.madeAt(chainOf(object.place).front()), {object.text->kind});
    } else if (const auto wrong = kubernetes::nameViolation(object.text->kind, object.text->name)) {
      evaluator.report(code::bad_object_name, nameOf(evaluator, object.place), {object.text->name, object.text->kind, *wrong});
    }
  }
  base::HashIndex known;
  std::vector<Clash> clashes;
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    const auto& object = objects[i];
    if (object.text->name.empty()) continue;
    const auto hash = hashOf(*object.text);
    const auto earlier = known.find(hash, [&](std::uint32_t other) { return areSame(*objects[other].text, *object.text); });
    if (!earlier) {
      known.add(hash, i);
      continue;
    }
    const auto* before = &objects[*earlier];
    const auto [first, second] = partingOf(before->place, object.place);
    const auto clash = std::find_if(clashes.begin(), clashes.end(), [&, &a = first, &b = second](const Clash& other) { return other.first == a && other.second == b; });
    if (clash != clashes.end()) {
      clash->objects.emplace_back(before, &object);
    } else {
      clashes.push_back({first, second, {{before, &object}}});
    }
  }
  for (const auto& clash : clashes) report(evaluator, clash);
}

}  // namespace kdsl::query
