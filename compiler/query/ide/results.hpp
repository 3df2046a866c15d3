#pragma once
// The answers to the editor's questions, in terms of byte offsets and kdsl's own notions; what a protocol makes of them is its business.
#include <cstdint>
#include <string>
#include <vector>

#include "query/ide/file_index.hpp"

namespace kdsl::query {

struct Hover {
  std::string markdown;
  source::Span span;
};

struct CompletionEdit {
  source::Span span;
  std::string text;
};

enum class CompletionKind : std::uint8_t {
  Field,
  Param,
  Let,
  Resource,
  External,
  Local,
  Fn,
  Method,
  Type,
  Schema,
  Component,
  Kind,
  Module,
  Value,
  EnumValue,
  Keyword,
  Snippet,
  File,
  Constant,
};

struct Completion {
  std::string label;
  CompletionKind kind = CompletionKind::Field;
  /// One line: its type.
  std::string detail;
  /// What to insert for `replace`; with `$1`, `${2:name}` … if isSnippet.
  std::string insertText;
  bool isSnippet = false;
  source::Span replace;
  /// What typed letters are compared with; empty: the label.
  std::string filter;
  /// Other changes of the file that go with it: its import.
  std::vector<CompletionEdit> more;
  bool required = false;
  bool deprecated = false;
  /// Smaller comes first.
  std::uint8_t rank = 50;
  /// What it names, for documentation on demand: see documentationOf. Without one there is none.
  Target target;
  TypeId type = types::errorType;
};

struct CompletionList {
  std::vector<Completion> items;
  /// More exist that fit what may be typed next: ask again.
  bool isIncomplete = false;
};

/// A declaration in the outline.
enum class SymbolKind : std::uint8_t {
  Module,
  Import,
  Param,
  Let,
  Resource,
  External,
  Type,
  Schema,
  Component,
  Fn,
  Policy,
  Test,
  Field,
  Entry
};
struct Symbol {
  std::string name;
  std::string detail;
  SymbolKind kind = SymbolKind::Let;
  source::Span span;
  source::Span nameSpan;
  bool deprecated = false;
  std::vector<Symbol> children;
};

struct Highlight {
  source::Span span;
  bool writes = false;
};

enum class TokenType : std::uint8_t {
  Keyword,
  Comment,
  String,
  Number,
  Type,
  Class,
  Interface,
  Struct,
  Function,
  Property,
  Parameter,
  Variable,
  Namespace,
};
/// Bits of SemanticToken::modifiers.
enum TokenModifier : std::uint8_t {
  ModifierDeclaration = 1,
  ModifierReadonly = 2,
  ModifierDeprecated = 4,
  ModifierDefaultLibrary = 8,
  ModifierModification = 16,
  ModifierDocumentation = 32
};
struct SemanticToken {
  source::Span span;
  TokenType type = TokenType::Variable;
  std::uint8_t modifiers = 0;
};

enum class FoldKind : std::uint8_t { Region, Comment, Imports };
struct Fold {
  source::Span span;
  FoldKind kind = FoldKind::Region;
};

struct SignatureParameter {
  /// Range of bytes within the signature's label.
  std::uint32_t begin = 0, end = 0;
  std::string documentation;
};
struct Signature {
  std::string label;
  std::string documentation;
  std::vector<SignatureParameter> parameters;
};
struct SignatureHelp {
  std::vector<Signature> signatures;
  std::uint32_t activeSignature = 0;
  std::uint32_t activeParameter = 0;
};

enum class HintKind : std::uint8_t {
  Type,       // of a name without one
  Parameter,  // of a call
  Value,      // that an expression comes to
  Default,    // what a body leaves to the defaults
  Unit,       // what a literal amounts to
};
struct InlayHint {
  std::uint32_t offset = 0;
  std::string label;
  HintKind kind = HintKind::Type;
};

struct RenameEdit {
  source::Location at;
  std::string text;
};
struct Rename {
  /// Why it cannot be done; empty if it can.
  std::string refusal;
  std::vector<RenameEdit> edits;
};

/// A declaration of some file.
struct ItemRef {
  FileId file = base::none<FileId>;
  hir::ItemId item = base::none<hir::ItemId>;
  friend bool operator==(const ItemRef&, const ItemRef&) = default;
};
/// A declaration as an entry of a hierarchy.
struct HierarchyItem {
  ItemRef item;
  std::string name;
  std::string detail;
  SymbolKind kind = SymbolKind::Let;
  source::Span span;
  source::Span nameSpan;
};
struct HierarchyCall {
  ItemRef other;
  /// In the caller's file.
  std::vector<source::Span> places;
};

/// A file that is to be made.
struct NewFile {
  std::string path;
  std::string text;
};

enum class RefactoringKind : std::uint8_t { Extract, Inline, Rewrite, OrganizeImports };
struct Refactoring {
  std::string title;
  RefactoringKind kind = RefactoringKind::Rewrite;
  std::vector<RenameEdit> edits;
  std::vector<NewFile> newFiles;
};

struct DocumentLink {
  source::Span span;
  source::FileId file{};
};

}  // namespace kdsl::query
