#include "graph/kinds.hpp"

#include <algorithm>
#include <iterator>

#include "graph/names.hpp"

namespace kdsl::graph {
namespace {

constexpr std::string_view declaredKinds[] = {
#define KD_REQUIRED(kind) kind,
#include "graph/kinds.def"
};

struct Present {
  std::string_view kind, name;
};
constexpr Present present[] = {
#define KD_PRESENT(kind, name) {kind, name},
#include "graph/kinds.def"
};

struct MakerRow {
  std::string_view kind, path, made, ends;
};
constexpr MakerRow makers[] = {
#define KD_MAKES(kind, path, made, ends) {kind, path, made, ends},
#include "graph/kinds.def"
};

struct Annotated {
  std::string_view kind, annotation;
};
constexpr Annotated annotated[] = {
#define KD_MADE_FOR(kind, annotation) {kind, annotation},
#include "graph/kinds.def"
};

struct Tolerated {
  std::string_view definition, field;
};
constexpr Tolerated tolerated[] = {
#define KD_TOLERATED(definition, field) {definition, field},
#include "graph/kinds.def"
};

/// Of words separated by blanks; no words are the empty one.
bool isWord(std::string_view words, std::string_view word) {
  while (true) {
    const auto blank = std::min(words.find(' '), words.size());
    if (words.substr(0, blank) == word) return true;
    if (blank == words.size()) return false;
    words.remove_prefix(blank + 1);
  }
}

Node along(Node node, std::string_view path) {
  while (!path.empty() && node) {
    const auto dot = std::min(path.find('.'), path.size());
    node = node[base::intern(path.substr(0, dot))];
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return node;
}

}  // namespace

bool mustBeDeclared(std::string_view kind) { return std::find(std::begin(declaredKinds), std::end(declaredKinds), kind) != std::end(declaredKinds); }

bool isInEveryCluster(const Identity& target) {
  const auto kind = base::text(target.kind), name = base::text(target.name);
  return std::any_of(std::begin(present), std::end(present), [&](const Present& known) {
    if (known.kind != kind) return false;
    return known.name.ends_with('*') ? name.starts_with(known.name.substr(0, known.name.size() - 1)) : name == known.name;
  });
}

bool worksWithout(std::string_view definition, std::string_view field) {
  return std::any_of(std::begin(tolerated), std::end(tolerated), [&](const Tolerated& row) { return row.field == field && definition.ends_with(row.definition); });
}

bool isMadeFor(const Object& object, std::string_view made) {
  if (made != "Secret") return false;
  const auto annotations = object.node.at(names().metadata, names().annotations);
  return std::any_of(std::begin(annotated), std::end(annotated), [&](const Annotated& known) { return known.kind == object.kind && annotations[base::intern(known.annotation)]; });
}

std::string_view makes(const Object& object, std::string_view made, std::string_view name) {
  const auto* found = std::find_if(std::begin(makers), std::end(makers), [&](const MakerRow& maker) {
    if (maker.kind != object.kind || maker.made != made) return false;
    const auto given = along(object.node, maker.path);
    const auto base = given ? given.text() : object.name;
    if (!name.starts_with(base)) return false;
    return isWord(maker.ends, name.substr(base.size()));
  });
  return found == std::end(makers) ? std::string_view() : found->path;
}

}  // namespace kdsl::graph
