#pragma once
// The editor's questions about one file. Pure: facts and a place in, an answer out; no answer is an empty one. Each costs at most time
// linear in the size of the file.
#include <optional>
#include <string>
#include <vector>

#include "query/ide/file_index.hpp"
#include "query/ide/results.hpp"

namespace kdsl::query {

std::optional<Hover> hover(const Facts& facts, const FileIndex& index, std::uint32_t offset);

/// Where the name at the offset is declared. Two places for `{ name }`: of the value, then of the key.
std::vector<source::Location> definitions(const Facts& facts, const FileIndex& index, std::uint32_t offset);
/// Where the type of the value at the offset is declared.
std::vector<source::Location> typeDefinitions(const Facts& facts, const FileIndex& index, std::uint32_t offset);
/// The occurrences in this file of what the offset names.
std::vector<Highlight> highlights(const FileIndex& index, std::uint32_t offset);
/// What the offset names; for looking it up in other files.
std::optional<Target> targetAt(const FileIndex& index, std::uint32_t offset);
/// The occurrences of a target, its declaration only if asked for.
std::vector<source::Span> occurrencesOf(const FileIndex& index, const Target& target, bool withDeclaration);

SymbolKind symbolKindOf(hir::ItemKind kind);
/// The outline: declarations, and in bodies the entries that hold others.
std::vector<Symbol> symbols(const Facts& facts);

/// In source order, without overlaps; tokens never span lines.
std::vector<SemanticToken> semanticTokens(const Facts& facts, const FileIndex& index);

std::vector<Fold> folds(const Facts& facts);
/// The ranges around the offset, innermost first; each one contains the one before.
std::vector<source::Span> selections(const Facts& facts, std::uint32_t offset);

/// Places that are typed at once: those of a local, whose uses no other file sees.
std::vector<source::Span> linkedRanges(const Facts& facts, const FileIndex& index, std::uint32_t offset);
/// The blanks at the begin of a line, and how many there should be by the brackets that are open there; none within a text.
struct Indentation {
  source::Span blanks;
  std::uint32_t wanted = 0;
};
std::optional<Indentation> indentationAt(const Facts& facts, std::uint32_t offset);

std::optional<SignatureHelp> signatureHelp(const Facts& facts, std::uint32_t offset);

/// Types that are not written, within a range of the file.
std::vector<InlayHint> inlayHints(const Facts& facts, Span range);

/// The paths of imports, and the files that they lead to.
std::vector<DocumentLink> documentLinks(const Facts& facts);

}  // namespace kdsl::query
