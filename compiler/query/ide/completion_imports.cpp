// What an import brings into the file: modules for `import`, and the declarations of modules that are not imported yet.
#include <algorithm>

#include "query/ide/completer.hpp"
#include "syntax/views.hpp"

namespace kdsl::query {

using hir::ItemKind;
using syntax::NodeKind;

namespace {

bool isData(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json") || path.ends_with(".toml"); }

/// Of a file without imports: behind the comment at its begin, which is about the file.
std::uint32_t placeOfFirstImport(std::string_view text) {
  std::size_t at = 0;
  while (text.substr(at).starts_with("//") && !text.substr(at).starts_with("///")) {
    const auto end = text.find('\n', at);
    if (end == std::string_view::npos) return static_cast<std::uint32_t>(text.size());
    at = end + 1;
  }
  return static_cast<std::uint32_t>(at);
}

/// The edit that makes `name` of a module known in the file; `modulePath` as the import writes it.
CompletionEdit importOf(const syntax::Tree& tree, std::string_view modulePath, std::string_view name) {
  std::uint32_t last = 0;
  for (const auto child : tree.children(tree.root())) {
    const auto kind = tree.kind(child);
    if (kind == NodeKind::ExtendsClause) last = tree.span(child).end;
    if (kind != NodeKind::ImportDecl) continue;
    last = tree.span(child).end;
    const auto decl = syntax::as<syntax::ImportDecl>(tree, child);
    const auto quoted = decl.path() ? decl.path().text() : std::string_view{};
    if (!decl.selective() || quoted.size() < 2 || quoted.substr(1, quoted.size() - 2) != modulePath) continue;
    // Among its names, in their order.
    std::uint32_t behind = 0;
    for (const auto one : decl.names()) {
      if (one.text() > name) return {{one.span().begin, one.span().begin}, std::string(name) + ", "};
      behind = one.span().end;
    }
    if (behind != 0) return {{behind, behind}, ", " + std::string(name)};
  }
  const auto line = "import { " + std::string(name) + " } from \"" + std::string(modulePath) + "\"";
  if (last != 0) return {{last, last}, "\n" + line};
  const auto text = tree.source();
  const auto first = placeOfFirstImport(text);
  return {{first, first}, line + (text.substr(first).starts_with('\n') ? "\n" : "\n\n")};
}

}  // namespace

void Completer::addImportable(Importable which, bool asValue, TypeId want) {
  if (!options_.exports) return;
  const bool isExtending = wordBefore() == "extends";
  for (const auto& one : options_.exports()) {
    const auto& item = (*one.hir)[one.item];
    const auto name = base::text(item.name);
    const bool isType = item.kind == ItemKind::TypeAlias || item.kind == ItemKind::Schema || item.kind == ItemKind::Component;
    const bool isWanted = which == Importable::Objects ? item.kind == ItemKind::Component : which == Importable::Types ? isType : item.kind == ItemKind::Fn;
    // A client that is typed to filters by more than the begin; where there are many, their begin is enough.
    const bool begins = !site_.prefix.empty() && (name.front() | 0x20) == (site_.prefix.front() | 0x20);
    if (!isWanted || (which != Importable::Objects && !begins) || base::valid(hir_.findChild(hir::moduleItem, item.name))) continue;
    const auto rank = which != Importable::Objects ? RankRemote : !isExtending && isBaseInItsModule(*one.hir, one.item) ? RankBase : one.module == "std/app" || one.module.starts_with('.') ? RankPrograms : RankLibrary;
    auto& added = add(std::string(name), kindOfItem(item.kind), rank);
    added.detail = one.module;
    added.target = itemTarget(one.file, one.item);
    added.deprecated = item.isDeprecated;
    added.more = {importOf(tree_, one.module, name)};
    for (auto& edit : added.more) edit.span = {site_.originalOf(edit.span.begin), site_.originalOf(edit.span.end)};
    if (!asValue || !options_.snippets) continue;
    if (item.kind == ItemKind::Fn) {
      added.insertText += "($1)";
      added.isSnippet = true;
    } else if (const auto nominal = program_.module(one.file).nominals[base::index(one.item)]; base::valid(nominal)) {
      if (isUnfit(program_.nominal(nominal), want)) added.rank = RankUnfit;
      added.insertText += requiredSnippet(program_.nominal(nominal));
      added.isSnippet = true;
    }
  }
}

void Completer::addProjectTexts(hir::ExprId value) {
  const bool isProject = hir_.extends != 0 && base::text(hir_.imports[hir_.extends - 1].path) == "std/project_file";
  const auto entry = std::ranges::find_if(hir_.entries, [&](const hir::Entry& one) { return base::valid(value) && one.kind == hir::EntryKind::Set && one.value == value && one.segmentCount != 0; });
  if (!isProject || entry == hir_.entries.end()) return;
  const auto key = base::text(hir_.segments[entry->firstSegment + entry->segmentCount - 1].name);
  if (key == "kubernetes") {
    for (const auto minor : kubernetes::SchemaPack::minors()) add("\"1." + std::to_string(minor) + "\"", CompletionKind::EnumValue, RankExpected);
  } else if (key == "file" && options_.modulePaths) {
    for (const auto& path : options_.modulePaths()) {
      if (path.starts_with('.') && !isData(path)) add("\"" + path + "\"", CompletionKind::File, RankExpected);
    }
  }
}

void Completer::addImports(bool isPathOnly) {
  if (!options_.modulePaths) return;
  const auto addPath = [&](const std::string& path, CompletionKind kind, Rank rank) {
    auto& item = add(path, kind, rank);
    if (item.label.empty()) return;
    const auto quoted = "\"" + path + "\"";
    item.insertText = quoted;
    if (isPathOnly || path.ends_with('/')) return;
    if (!options_.snippets) {
      item.insertText = (isData(path) ? "" : "{ } from ") + quoted;
      return;
    }
    item.insertText = isData(path) ? quoted + " as ${1:data}" : "{ $1 } from " + quoted + "$0";
    item.isSnippet = true;
  };
  for (const auto& path : options_.modulePaths()) addPath(path, CompletionKind::File, path.starts_with("std/") ? RankOther : RankMember);
  for (const auto group : program_.schema().groupVersions()) addPath("k8s/" + std::string(group.package()) + "/" + std::string(group.version()), CompletionKind::Module, RankRemote);
}

}  // namespace kdsl::query
