#pragma once
// The product of lowering one file: its items (the item tree) and all their bodies.
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "hir/expr.hpp"
#include "source/file.hpp"

namespace kdsl::hir {

using source::FileId;

enum class ItemKind : std::uint8_t { Module, Import, Param, Let, Resource, External, TypeAlias, Schema, Component, Fn, Policy, Test };

/// The word that declares an item of the kind: `param`; `module` for a file.
std::string_view wordOf(ItemKind kind);

/// A dotted name in a declaration's head: `extends app.WebService`.
struct QualifiedName {
  std::uint32_t first = 0, count = 0;  // in Module::nameParts; count 0: not written
  Span span;
};

/// A declaration. Params, lets, resources and externals of a module or component are its *members*: late-bound and refinable by path.
struct Item {
  ItemKind kind = ItemKind::Let;
  bool isPrivate = false;
  bool isDeprecated = false;
  Symbol name{};                               // empty for the module; the title of a test
  Span nameSpan;
  Span span;
  ItemId parent = base::none<ItemId>;
  Symbol doc{};                                // `///` text, lines joined by \n
  Symbol deprecated{};
  TypeExprId type = base::none<TypeExprId>;    // Param, Let, Resource, External: if written; TypeAlias: its type; Fn: the result; Import of data: the type
  ExprId value = base::none<ExprId>;           // Param: the default; Let, Resource, External: the value; Fn: the result; TypeAlias: the `where`
  Symbol message{};                            // TypeAlias: the `else` text
  QualifiedName extends;                       // Schema, Component
  BodyId body = base::none<BodyId>;            // Module, Component, Policy, Test: the refining entries
  ShapeId shape = base::none<ShapeId>;         // Schema
  std::uint32_t firstChild = 0, childCount = 0;  // Module, Component, Policy, Test: in Module::children
  LocalId firstParam = base::none<LocalId>;    // Fn: consecutive locals
  std::uint32_t paramCount = 0;
  std::uint32_t import = 0;                    // Import: index into Module::imports
  Symbol importedName{};                       // Import: the name inside the other module; empty: the module itself
  Span importedNameSpan;
};

/// An import path or the path of an `embed`, so that files are known before anything runs.
enum class PathUse : std::uint8_t { Import, Extends, Embed, EmbedFolder };
struct FilePath {
  PathUse use = PathUse::Import;
  Symbol path{};  // empty for an import that is incomplete or no plain text: reported, and no file is meant
  Span span;
  ExprId call = base::none<ExprId>;  // Embed, EmbedFolder: the Call
};

/// One file, lowered. Immutable after lower(). Ids index its arrays.
struct Module {
  FileId file = base::none<FileId>;

  std::vector<Item> items;        // [0] is the file; declaration order otherwise
  std::vector<ItemId> children;
  std::vector<FilePath> imports;  // of `import` and `extends`
  std::vector<FilePath> embeds;
  std::uint32_t extends = 0;      // 1-based index into imports of the file's `extends "…"`; 0: none

  std::vector<Expr> exprs;
  std::vector<ExprId> exprLists;
  std::vector<Argument> arguments;
  std::vector<Arm> arms;
  std::vector<Element> elements;  // [0] is unused
  std::vector<Local> locals;
  std::vector<std::int64_t> ints;
  std::vector<double> floats;

  std::vector<Body> bodies;
  std::vector<Entry> entries;
  std::vector<Segment> segments;

  std::vector<TypeExpr> typeExprs;
  std::vector<TypeExprId> typeLists;
  std::vector<NamePart> nameParts;
  std::vector<Bound> bounds;
  std::vector<Shape> shapes;
  std::vector<Field> fields;
  std::vector<OneOf> oneofs;

  std::vector<diag::Diagnostic> diagnostics;  // of lowering: malformed numbers and texts, duplicate declarations, misplaced constructs

  const Item& operator[](ItemId id) const { return items[base::index(id)]; }
  const Expr& operator[](ExprId id) const { return exprs[base::index(id)]; }
  const Body& operator[](BodyId id) const { return bodies[base::index(id)]; }
  const Entry& operator[](EntryId id) const { return entries[base::index(id)]; }
  const Local& operator[](LocalId id) const { return locals[base::index(id)]; }
  const TypeExpr& operator[](TypeExprId id) const { return typeExprs[base::index(id)]; }
  const Shape& operator[](ShapeId id) const { return shapes[base::index(id)]; }

  std::span<const ItemId> childrenOf(const Item& item) const { return {children.data() + item.firstChild, item.childCount}; }
  std::span<const Entry> entriesOf(const Body& body) const { return {entries.data() + body.firstEntry, body.entryCount}; }
  std::span<const Segment> segmentsOf(const Entry& entry) const { return {segments.data() + entry.firstSegment, entry.segmentCount}; }
  std::span<const ExprId> exprList(std::uint32_t first, std::uint32_t count) const { return {exprLists.data() + first, count}; }

  /// The declared child of that name, or none. Linear in the number of children.
  ItemId findChild(ItemId parent, Symbol name) const;
};

using ModulePtr = std::shared_ptr<const Module>;

/// The name's own place within a Field expression.
inline Span fieldNameSpan(const Expr& field) {
  const auto length = static_cast<std::uint32_t>(base::text(Symbol{field.b}).size());
  return {field.span.end - length, field.span.end};
}

/// True for declarations that are members of an instance: param, let, resource, external.
constexpr bool isMember(ItemKind kind) {
  return kind == ItemKind::Param || kind == ItemKind::Let || kind == ItemKind::Resource || kind == ItemKind::External;
}

}  // namespace kdsl::hir
