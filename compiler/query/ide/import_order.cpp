// Sorted imports.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "query/ide/refactor.hpp"
#include "syntax/views.hpp"

namespace kdsl::query {

using syntax::NodeKind;

namespace {

/// The library first, then the API, dependencies, and files.
int groupOf(std::string_view path) {
  if (path.starts_with("std/")) return 0;
  if (path.starts_with("k8s/")) return 1;
  return path.starts_with(".") ? 3 : 2;
}

}  // namespace

void addImportOrder(const Facts& facts, std::vector<Refactoring>& out) {
  const auto& tree = *facts.tree;
  const auto text = facts.text();
  Span run;
  std::set<std::tuple<int, std::string, std::string>> whole;                // group, path, source: imports of modules and data
  std::map<std::pair<int, std::string>, std::set<std::string>> names;       // group and path → names
  for (const auto child : tree.children(tree.root())) {
    if (tree.kind(child) != NodeKind::ImportDecl) {
      if (!run.empty()) break;
      continue;
    }
    if (tree.broken(child)) return;
    const auto span = tree.span(child);
    // A comment between two imports belongs to one of them; nobody can say to which.
    if (!run.empty() && text.substr(run.end, span.begin - run.end).find("//") != std::string_view::npos) return;
    run = run.empty() ? span : source::join(run, span);
    const auto source = tree.text(child);
    if (source.find("//") != std::string_view::npos && source.find("://") == std::string_view::npos) return;
    const auto decl = syntax::as<syntax::ImportDecl>(tree, child);
    const auto quoted = decl.path() ? tree.text(decl.path().id) : std::string_view{};
    if (quoted.size() < 2) return;
    const std::string path(quoted.substr(1, quoted.size() - 2));
    const auto open = source.find('{'), close = source.find('}');
    if (open == std::string_view::npos || close == std::string_view::npos) {
      whole.emplace(groupOf(path), path, std::string(source));
      continue;
    }
    auto& list = names[{groupOf(path), path}];
    for (const auto part : tree.children(child)) {
      if (tree.kind(part) == NodeKind::ImportName) list.insert(std::string(tree.text(part)));
    }
  }
  if (run.empty()) return;
  std::set<std::tuple<int, std::string, std::string>> lines = whole;
  for (const auto& [key, list] : names) {
    std::string line = "import {";
    for (const auto& name : list) line += (line.back() == '{' ? " " : ", ") + name;
    lines.emplace(key.first, key.second, line + " } from \"" + key.second + "\"");
  }
  std::string sorted;
  for (const auto& [group, path, line] : lines) sorted += (sorted.empty() ? "" : "\n") + line;
  if (sorted != text.substr(run.begin, run.size())) out.push_back({"Organise imports", RefactoringKind::OrganizeImports, {{{facts.file, run}, std::move(sorted)}}, {}});
}

}  // namespace kdsl::query
