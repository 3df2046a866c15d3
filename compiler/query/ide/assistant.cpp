#include "query/ide/assistant.hpp"

#include <algorithm>
#include <filesystem>

#include "query/caret_file.hpp"
#include "query/ide/describe.hpp"
#include "query/ide/rename.hpp"
#include "query/library.hpp"
#include "query/paths.hpp"
#include "query/project_files.hpp"

namespace kdsl::query {

namespace {

constexpr std::string_view extension = ".kdsl";
/// Of a file that holds the text with caretWord.
bool isScratch(std::string_view path) { return path.ends_with(caretFileName) || path.ends_with(caretProjectFileName); }

/// The characters of `query` occur in `name` in their order; case does not matter.
bool matches(std::string_view name, std::string_view query) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  std::size_t at = 0;
  for (const char c : name) {
    if (at < query.size() && lower(c) == lower(query[at])) ++at;
  }
  return at == query.size();
}

}  // namespace

const FileIndex& Assistant::index(FileId file, const Facts& facts) {
  const auto [at, added] = indexes_.try_emplace(std::pair{file, facts.program});
  if (added) onLargeStack([&] { at->second = indexFile(facts); });
  return at->second;
}

std::vector<FileId> Assistant::modules() const {
  std::vector<FileId> found;
  const auto& files = session_.files();
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    const FileId id{i};
    const std::string_view path = files[id].path;
    if (path.ends_with(extension) && !isScratch(path)) found.push_back(id);
  }
  return found;
}

std::optional<Hover> Assistant::hover(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  return query::hover(facts, index(file, facts), offset);
}

std::vector<source::Location> Assistant::definitions(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  auto places = query::definitions(facts, index(file, facts), offset);
  if (!places.empty()) return places;
  for (const auto& [other, link] : linkedTexts(file, offset)) {
    if (link.declares) places.push_back({other, link.span});
  }
  return places;
}

std::vector<source::Location> Assistant::typeDefinitions(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  return query::typeDefinitions(facts, index(file, facts), offset);
}

std::vector<Highlight> Assistant::highlights(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  return query::highlights(index(file, facts), offset);
}

std::vector<source::Location> Assistant::references(FileId file, std::uint32_t offset, bool withDeclaration) {
  std::vector<source::Location> places;
  const auto facts = session_.facts(file);
  const auto target = targetAt(index(file, facts), offset);
  if (!target) {
    for (const auto& [other, link] : linkedTexts(file, offset)) {
      if (withDeclaration || !link.declares) places.push_back({other, link.span});
    }
    return places;
  }
  for (const auto other : naming(*target, file)) {
    if (isStopped()) break;
    const auto otherFacts = session_.facts(other, file);
    for (const auto span : occurrencesOf(index(other, otherFacts), *target, withDeclaration)) places.push_back({other, span});
  }
  return places;
}

std::vector<FileId> Assistant::naming(const Target& target, FileId asked) {
  const auto facts = session_.facts(asked);
  // Locals are known in their own file only, but for the parameters of a function: calls may name them.
  const bool isLocal = target.kind == TargetKind::Local && (*facts.program->module(target.file).hir)[target.local].kind != hir::LocalKind::FnParam;
  if (isLocal) return {asked};
  const auto name = nameOf(facts, target);
  std::vector<FileId> files;
  for (const auto file : modules()) {
    const auto& text = session_.files()[file].text;
    // Reading is much faster than checking: most files of a project do not have the word at all.
    if (name.empty() || file == asked || text.find(name) != std::string::npos) files.push_back(file);
  }
  return files;
}

std::optional<Span> Assistant::renameable(FileId file, std::uint32_t offset, std::string& refusal) {
  const auto facts = session_.facts(file);
  if (const auto element = elementAt(file, offset)) return element->span;
  const auto subject = renameSubject(facts, index(file, facts), offset);
  if (subject.refusal.empty()) return subject.span;
  if (const auto link = textLinkAt(facts, index(file, facts), offset)) return link->span;
  if (!subject.name.empty()) refusal = subject.refusal;
  return std::nullopt;
}

Rename Assistant::rename(FileId file, std::uint32_t offset, std::string_view name) {
  if (const auto element = elementAt(file, offset)) return renameElement(file, *element, name);
  Rename result;
  const auto facts = session_.facts(file);
  const auto subject = renameSubject(facts, index(file, facts), offset);
  result.refusal = subject.refusal;
  if (!result.refusal.empty()) return renameTexts(file, offset, name, std::move(result));
  const auto files = subject.isOnlyHere ? std::vector<FileId>{file} : naming(subject.target, file);
  for (const auto other : files) {
    if (isStopped()) return {};
    if (session_.files()[other].builtIn) continue;
    const auto otherFacts = session_.facts(other, file);
    const auto& otherIndex = index(other, otherFacts);
    result.refusal = renameConflict(otherFacts, otherIndex, subject, name);
    if (!result.refusal.empty()) {
      result.edits.clear();
      return result;
    }
    addRenameEdits(otherFacts, otherIndex, subject, name, result);
  }
  return result;
}

std::vector<Symbol> Assistant::symbols(FileId file) {
  std::vector<Symbol> found;
  onLargeStack([&] { found = query::symbols(session_.facts(file)); });
  return found;
}

std::vector<std::pair<FileId, Symbol>> Assistant::findSymbols(std::string_view query, std::size_t limit) {
  std::vector<std::pair<FileId, Symbol>> found;
  for (const auto file : modules()) {
    if (isStopped()) break;
    for (auto& symbol : symbols(file)) {
      const bool isDeclaration = symbol.kind != SymbolKind::Import && symbol.kind != SymbolKind::Entry;
      if (isDeclaration && matches(symbol.name, query)) {
        found.emplace_back(file, symbol);
        found.back().second.children.clear();
      }
      for (auto& child : symbol.children) {
        if (child.kind != SymbolKind::Entry && child.kind != SymbolKind::Field && matches(child.name, query))
          found.emplace_back(file, child);
      }
      if (found.size() >= limit) return found;
    }
  }
  return found;
}

std::vector<SemanticToken> Assistant::semanticTokens(FileId file) {
  const auto facts = session_.facts(file);
  return query::semanticTokens(facts, index(file, facts));
}

std::vector<Fold> Assistant::folds(FileId file) { return query::folds(session_.facts(file)); }

std::vector<Span> Assistant::selections(FileId file, std::uint32_t offset) { return query::selections(session_.facts(file), offset); }

std::optional<SignatureHelp> Assistant::signatureHelp(FileId file, std::uint32_t offset) {
  return query::signatureHelp(session_.facts(file), offset);
}

std::vector<InlayHint> Assistant::inlayHints(FileId file, Span range) { return query::inlayHints(session_.facts(file), range); }

std::vector<DocumentLink> Assistant::documentLinks(FileId file) { return query::documentLinks(session_.facts(file)); }

std::vector<std::string> Assistant::modulePaths(const std::string& file, std::string_view prefix) const {
  std::vector<std::string> paths;
  for (const auto& module : libraryModules()) {
    const auto path = module.path;
    if (path.ends_with(extension) && path != "std/prelude.kdsl") paths.emplace_back(path.substr(0, path.size() - extension.size()));
  }
  // The files of the folder that is written so far, or of the file's own.
  const auto slash = prefix.rfind('/');
  const auto written =
      slash == std::string_view::npos || !prefix.starts_with('.') ? std::string("./") : std::string(prefix.substr(0, slash + 1));
  constexpr std::size_t limit = 500;
  std::error_code error;
  for (std::filesystem::directory_iterator at(joinPath(folderOf(file), written), error), end; !error && at != end && paths.size() < limit;
       at.increment(error)) {
    const auto name = at->path().filename().string();
    if (name.starts_with('.') || at->path().string() == file) continue;
    std::error_code ignored;
    if (at->is_directory(ignored)) {
      paths.push_back(written + name + "/");
    } else if (name.ends_with(extension)) {
      paths.push_back(written + name.substr(0, name.size() - extension.size()));
    } else if (name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json") || name.ends_with(".toml")) {
      paths.push_back(written + name);
    }
  }
  return paths;
}

std::vector<Export> Assistant::exports(FileId file) {
  std::vector<Export> found;
  const auto addAll = [&](const std::string& module, FileId of) {
    const auto& lowered = session_.declarations(of);
    for (const auto id : lowered.childrenOf(lowered[hir::moduleItem])) {
      const auto& item = lowered[id];
      if (!item.isPrivate && item.kind != hir::ItemKind::Import && item.name != base::emptySymbol) found.push_back({module, of, id, &lowered});
    }
  };
  for (const auto& [module, of] : session_.library()) {
    if (module != "std/prelude" && module != "std/project_file") addAll(module, of);
  }
  const std::filesystem::path folder(folderOf(session_.files()[file].path));
  const auto project = projectOf(session_.files()[file].path);
  for (const auto other : modules()) {
    const auto& path = session_.files()[other].path;
    if (other == file || session_.files()[other].builtIn || projectOf(path) != project || (project.empty() && folderOf(path) != folder) || path.ends_with("/" + std::string(projectFileName))) continue;
    auto relative = std::filesystem::path(path).lexically_relative(folder).string();
    if (!relative.starts_with("../")) relative.insert(0, "./");
    addAll(relative.substr(0, relative.size() - extension.size()), other);
  }
  return found;
}

CompletionList Assistant::complete(FileId file, std::uint32_t offset, bool snippets) {
  const auto site = completionSite(*session_.facts(file).tree, offset);
  if (!site) return {};
  const std::string path = session_.files()[file].path;
  lastEdited_ = file;
  CompletionOptions options;
  options.snippets = snippets;
  if (builds_.contains(base::index(file))) options.names = [this, file]() -> const BuildNames& { return names(file); };
  options.modulePaths = [&] { return modulePaths(path, site->prefix); };
  options.exports = [&] { return exports(file); };
  if (site->inString) {
    const auto facts = session_.facts(file);
    lastScratch_ = file;
    return query::complete(facts, index(file, facts), *site, options);
  }
  const bool isProject = path.ends_with("/" + std::string(projectFileName));
  const auto scratch = path.starts_with('/') ? joinPath(folderOf(path), isProject ? caretProjectFileName : caretFileName) : std::string("<caret>");
  const auto [at, added] = scratch_.try_emplace(scratch, base::none<FileId>);
  if (added) {
    at->second = session_.openText(scratch, site->text);
  } else {
    session_.setText(at->second, site->text);
  }
  lastScratch_ = at->second;
  CompletionList list;
  onLargeStack([&] {
    const auto facts = session_.facts(lastScratch_, file);
    list = query::complete(facts, indexFile(facts), *site, options);
  });
  return list;
}

std::string Assistant::documentation(const Target& target, TypeId type) {
  if (!base::valid(lastScratch_)) return {};
  const auto facts = session_.facts(lastScratch_, lastEdited_);
  const auto signature = signatureOf(facts, target, type);
  auto text = documentationOf(facts, target, type);
  if (signature.empty()) return text;
  return "```kdsl\n" + signature + "\n```" + (text.empty() ? "" : "\n\n" + text);
}

}  // namespace kdsl::query
