// What the users of a declaration need when it moves to another file.
#include <algorithm>
#include <filesystem>

#include "query/ide/refactor.hpp"
#include "query/ide/refactor_text.hpp"
#include "query/paths.hpp"
#include "syntax/views.hpp"

namespace kdsl::query {

using syntax::NodeKind;

namespace {

constexpr std::string_view extension = ".kdsl";

/// `path` as an import of the file writes it, with the extension if `like` has it.
std::string importPath(const std::string& importer, const std::string& path, std::string_view like) {
  auto written = std::filesystem::path(path).lexically_relative(folderOf(importer)).string();
  if (!written.starts_with("../")) written = "./" + written;
  if (!like.ends_with(extension)) written.resize(written.size() - extension.size());
  return written;
}

/// A name in the braces of an import, with the comma that goes with it.
Span withComma(std::string_view text, Span name) {
  const auto behind = text.find_first_not_of(" \t\r\n", name.end);
  if (behind != std::string_view::npos && text[behind] == ',') {
    const auto next = text.find_first_not_of(" \t\r\n", behind + 1);
    return {name.begin, static_cast<std::uint32_t>(std::min(next, text.size()))};
  }
  const auto before = text.find_last_not_of(" \t\r\n", name.begin == 0 ? 0 : name.begin - 1);
  return before != std::string_view::npos && text[before] == ',' ? Span{static_cast<std::uint32_t>(before), name.end} : name;
}

/// The file that the path of an import leads to.
FileId targetOf(const Facts& facts, Span path) {
  const auto& imports = facts.hir().imports;
  for (std::size_t i = 0; i < imports.size(); ++i) {
    if (imports[i].span == path && imports[i].use == hir::PathUse::Import) return facts.checked->imports[i].file;
  }
  return base::none<FileId>;
}

}  // namespace

bool addMovedImports(const Facts& facts, const FileIndex& index, const Target& declaration, const std::string& path, Refactoring& made) {
  const auto name = base::text((*facts.program->module(declaration.file).hir)[declaration.item].name);
  const auto text = facts.text();
  const auto& tree = *facts.tree;
  std::vector<Span> imported;  // names in braces
  for (const auto child : tree.children(tree.root())) {
    if (tree.kind(child) != NodeKind::ImportDecl) continue;
    const auto decl = syntax::as<syntax::ImportDecl>(tree, child);
    if (!decl.selective() || !decl.path() || targetOf(facts, decl.path().span()) != declaration.file) continue;
    const auto quoted = decl.path().text();
    std::size_t count = 0;
    for ([[maybe_unused]] const auto one : decl.names()) ++count;
    for (const auto one : decl.names()) {
      if (one.name().text() != name) continue;
      imported.push_back(one.span());
      const auto to = importPath((*facts.files)[facts.file].path, path, quoted.substr(1, quoted.size() - 2));
      if (count == 1) {
        made.edits.push_back({{facts.file, decl.path().span()}, "\"" + to + "\""});
        continue;
      }
      made.edits.push_back({{facts.file, withComma(text, one.span())}, ""});
      const auto end = tree.span(child).end;
      made.edits.push_back({{facts.file, {end, end}}, "\nimport { " + std::string(one.text()) + " } from \"" + to + "\""});
    }
  }
  // `web.Site`, and what a file that extends this one sees without an import, would lead nowhere.
  return std::ranges::all_of(index.occurrences, [&](const Occurrence& use) {
    if (!(use.target == declaration)) return true;
    const bool isBehindDot = use.span.begin != 0 && text[use.span.begin - 1] == '.';
    return !imported.empty() && !isBehindDot;
  });
}

}  // namespace kdsl::query
