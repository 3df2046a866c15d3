#include "kubernetes/immutable.hpp"

#include <algorithm>
#include <array>

namespace kdsl::kubernetes {
namespace {

/// Facts about whole objects, which no mark on a field can state: the same field may change where its definition is part of a template.
/// `*` stands for any element.
struct ObjectRule {
  std::string_view group;
  std::string_view kind;
  std::string_view path;
  bool mayChange = false;  // an exception of the rule before it
  std::string_view conditionPath;
  std::string_view conditionValue;
};

constexpr std::array objectRules{
    ObjectRule{"", "ConfigMap", "data", false, "immutable", "true"},
    ObjectRule{"", "ConfigMap", "binaryData", false, "immutable", "true"},
    ObjectRule{"", "ConfigMap", "immutable", false, "immutable", "true"},
    ObjectRule{"", "Secret", "data", false, "immutable", "true"},
    ObjectRule{"", "Secret", "stringData", false, "immutable", "true"},
    ObjectRule{"", "Secret", "immutable", false, "immutable", "true"},
    ObjectRule{"batch", "Job", "spec.completions", false, "spec.completionMode", "NonIndexed"},
    ObjectRule{"", "Pod", "spec", false, {}, {}},
    ObjectRule{"", "Pod", "spec.containers.*.image", true, {}, {}},
    ObjectRule{"", "Pod", "spec.initContainers.*.image", true, {}, {}},
    ObjectRule{"", "Pod", "spec.activeDeadlineSeconds", true, {}, {}},
    ObjectRule{"", "Pod", "spec.tolerations", true, {}, {}},       // may be added
    ObjectRule{"", "Pod", "spec.schedulingGates", true, {}, {}},   // may be removed
};

/// How many segments of `path` the rule's path covers; 0 when it is another path.
std::size_t coveredBy(std::string_view rule, std::span<const std::string_view> path) {
  std::size_t depth = 0;
  while (true) {
    const auto dot = std::min(rule.find('.'), rule.size());
    const auto segment = rule.substr(0, dot);
    if (depth == path.size() || (segment != "*" && segment != path[depth])) return 0;
    ++depth;
    if (dot == rule.size()) return depth;
    rule.remove_prefix(dot + 1);
  }
}

/// A mark on a field counts in the kind itself and in its `spec`; deeper, the definition is part of a template that may change as a whole.
constexpr std::size_t deepestMark = 2;

}  // namespace

std::optional<ImmutableField> immutableField(const SchemaPack& pack, DefId kind, std::span<const std::string_view> path) {
  const auto definition = pack.definition(kind);
  std::optional<ImmutableField> found;
  for (const auto& rule : objectRules) {
    if (rule.group != definition.group() || rule.kind != definition.shortName()) continue;
    const auto depth = coveredBy(rule.path, path);
    if (depth == 0) continue;
    if (rule.mayChange) return std::nullopt;
    found = ImmutableField{depth, rule.conditionPath, rule.conditionValue};
  }
  if (found) return found;
  auto owner = definition;
  for (std::size_t depth = 1; depth <= std::min(path.size(), deepestMark); ++depth) {
    const auto field = owner.field(path[depth - 1]);
    if (!field) return std::nullopt;
    if (field->isImmutable()) return ImmutableField{depth, {}, {}};
    if (field->name() != "spec" || field->type().tag() != TypeTag::Definition) return std::nullopt;
    owner = pack.definition(field->type().definition());
  }
  return std::nullopt;
}

}  // namespace kdsl::kubernetes
