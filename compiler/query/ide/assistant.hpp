#pragma once
// The editor's questions over a Session: what lsp/ and other tools use. Adds to questions.hpp what needs more than one file, and keeps the
// index of each file until something changes.
#include <atomic>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "query/ide/completion.hpp"
#include "query/ide/hierarchy.hpp"
#include "query/ide/last_good.hpp"
#include "query/ide/list_elements.hpp"
#include "query/ide/moved_files.hpp"
#include "query/ide/questions.hpp"
#include "query/ide/refactor.hpp"
#include "query/ide/text_links.hpp"
#include "query/ide/values.hpp"
#include "query/ide/waive.hpp"
#include "query/session.hpp"

namespace kdsl::query {

/// Not thread-safe, like the Session that it asks. Answers name byte offsets of the session's texts at the time of the call.
class Assistant {
 public:
  /// `session` must outlive it.
  explicit Assistant(Session& session) : session_(session) {}

  /// Questions about many files end early, with whatever answer, while the flag is set.
  void stopWhen(const std::atomic<bool>& flag) { stop_ = &flag; }
  /// To be called after every edit: drops what was kept.
  void changed() { indexes_.clear(); }
  /// A file was built without errors: its objects' names are offered where others refer to them, until the next such build.
  void built(FileId root, BuildResult result);
  /// The root has no static errors: while a later text has some, values() and valueHints() tell what is true of this one.
  void evaluable(FileId root) { lastGood_.remember(root); }
  /// Does a little of what the first questions about the file would wait for, such as reading the standard library: about a millisecond of it. False if
  /// nothing is left. To be called when there is nothing else to do.
  bool prepare(FileId file);
  /// To be called when a file is closed: forgets its build.
  void closed(FileId file) { builds_.erase(base::index(file)); }

  std::optional<Hover> hover(FileId file, std::uint32_t offset);
  std::vector<source::Location> definitions(FileId file, std::uint32_t offset);
  std::vector<source::Location> typeDefinitions(FileId file, std::uint32_t offset);
  std::vector<Highlight> highlights(FileId file, std::uint32_t offset);
  /// In all files that the session has loaded.
  std::vector<source::Location> references(FileId file, std::uint32_t offset, bool withDeclaration);
  /// The name at the offset, if it may be renamed; else why what stands there may not, empty if that is no name.
  std::optional<Span> renameable(FileId file, std::uint32_t offset, std::string& refusal);
  /// In all files that the session has loaded.
  Rename rename(FileId file, std::uint32_t offset, std::string_view name);
  std::vector<Symbol> symbols(FileId file);
  /// Where a schema, component or kind is made, a param or field set. In all loaded files.
  std::vector<source::Location> implementations(FileId file, std::uint32_t offset);
  std::optional<HierarchyItem> usable(FileId file, std::uint32_t offset);
  std::optional<HierarchyItem> type(FileId file, std::uint32_t offset);
  HierarchyItem describe(ItemRef item);
  /// Whether the declaration still exists: what a client hands back may be older than the text.
  bool exists(ItemRef item);
  std::vector<HierarchyCall> callers(ItemRef item);
  std::vector<HierarchyCall> callees(ItemRef item);
  std::optional<ItemRef> superType(ItemRef type);
  std::vector<ItemRef> subTypes(ItemRef type);
  /// The edits that moving files makes necessary, in all loaded files.
  Rename move(const Moves& moves);
  /// What can be done with the selection.
  std::vector<Refactoring> refactorings(FileId file, Span selection);
  /// The fix that waives a failed check which the build of `root` reported; see Waivers::of.
  std::optional<diag::Fix> waiver(FileId root, const diag::Diagnostic& failed) { return waivers_.of(root, failed, stop_); }
  std::vector<Span> linkedRanges(FileId file, std::uint32_t offset);
  std::optional<Indentation> indentation(FileId file, std::uint32_t offset) { return indentationAt(session_.facts(file), offset); }
  /// Declarations of all loaded files whose name contains the letters of `query` in their order, whatever the case.
  std::vector<std::pair<FileId, Symbol>> findSymbols(std::string_view query, std::size_t limit);
  std::vector<SemanticToken> semanticTokens(FileId file);
  std::vector<Fold> folds(FileId file);
  std::vector<Span> selections(FileId file, std::uint32_t offset);
  std::optional<SignatureHelp> signatureHelp(FileId file, std::uint32_t offset);
  std::vector<InlayHint> inlayHints(FileId file, Span range);
  std::vector<DocumentLink> documentLinks(FileId file);

  /// The values that what is written at the offset has in each build that the file is part of. Views without any are left out.
  std::vector<ValuesInView> values(FileId file, std::uint32_t offset, const ValueOptions& options);
  /// The place that values() is about.
  std::optional<Span> valueSpan(FileId file, std::uint32_t offset);
  std::vector<Clause> clauses(FileId file) { return query::clauses(session_.facts(file)); }
  /// What the clause whose types begin at the offset acts on, in each build that could be evaluated.
  std::vector<MatchesInView> clauseMatches(FileId file, std::uint32_t offset, const ValueOptions& options);
  /// What expressions that say no value themselves come to, behind each.
  std::vector<InlayHint> valueHints(FileId file, Span range, const ValueOptions& options);

  /// What may stand at the offset. The items' targets are valid until the next call or edit.
  CompletionList complete(FileId file, std::uint32_t offset, bool snippets);
  /// Markdown about an item of the last completion.
  std::string documentation(const Target& target, TypeId type);

 private:
  const BuildNames& names(FileId root);
  /// The texts of all loaded files that are linked with the one at the offset, itself among them.
  std::vector<std::pair<FileId, TextLink>> linkedTexts(FileId file, std::uint32_t offset);
  std::optional<ElementUse> elementAt(FileId file, std::uint32_t offset);
  /// In the project's files: those of the same element as far as that can be told; refused where it cannot.
  Rename renameElement(FileId file, const ElementUse& asked, std::string_view name);
  Rename renameTexts(FileId file, std::uint32_t offset, std::string_view name, Rename result);
  std::vector<NamedUse> usesOf(const Target& target, FileId asked);
  void addMove(const Facts& facts, const Target& declaration, bool isUsedElsewhere, std::vector<Refactoring>& out);
  std::string freePath(FileId file, const hir::Item& item) const;
  const FileIndex& index(FileId file, const Facts& facts);
  std::vector<FileId> modules() const;
  /// The loaded files that may name the target.
  std::vector<FileId> naming(const Target& target, FileId asked);
  /// What other modules declare for all: of the library, and loaded ones of the file's project.
  std::vector<Export> exports(FileId file);
  std::vector<std::string> modulePaths(const std::string& file, std::string_view prefix) const;

  bool isStopped() const { return stop_ != nullptr && *stop_; }

  Session& session_;
  const std::atomic<bool>* stop_ = nullptr;
  /// By file and what it was checked with: a question about files of several versions looks at all of them with that of the one that it is asked in.
  std::map<std::pair<FileId, const sema::Workspace*>, FileIndex> indexes_;
  struct Built {
    BuildResult result;
    std::optional<BuildNames> names;
  };
  std::unordered_map<std::uint32_t, Built> builds_;  // by root
  LastGood lastGood_{session_};
  Waivers waivers_{session_};
  /// Files beside the edited ones that hold the text with caretWord, by path.
  std::unordered_map<std::string, FileId> scratch_;
  FileId lastScratch_ = base::none<FileId>;
  /// How many steps of prepare() are done, by what they are about.
  std::unordered_map<const sema::Workspace*, std::size_t> prepared_;
  /// The file that the last completion was asked in.
  FileId lastEdited_ = base::none<FileId>;
};

}  // namespace kdsl::query
