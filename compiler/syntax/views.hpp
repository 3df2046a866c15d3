#pragma once
// Typed views: thin, copyable structs over a tree and a node. A view of nothing is false; its accessors give nothing.
//
// What an accessor gives for a part that the source lacks: for an optional part the false view; for a required part a view of the
// Missing or Error node in its place (`.isError()`), so that later passes can tell "left out" from "broken".
#include <optional>
#include <string>
#include <string_view>

#include "syntax/tree.hpp"

namespace kdsl::syntax {

// The analyzer does not follow `operator bool` of View through all of its callers, and takes views that are there for empty ones.
// NOLINTBEGIN(clang-analyzer-core.CallAndMessage, clang-analyzer-core.NonNullParamChecker)

/// Any node.
struct View {
  const Tree* tree = nullptr;
  NodeId id = base::none<NodeId>;

  static bool is(const Node&) { return true; }

  explicit operator bool() const { return tree != nullptr && base::valid(id); }
  NodeKind kind() const { return *this ? tree->kind(id) : NodeKind::Missing; }
  /// An Error or Missing node.
  bool isError() const { return *this && kind() <= NodeKind::Missing; }
  bool broken() const { return *this && tree->broken(id); }
  source::Span span() const { return *this ? tree->span(id) : source::Span{}; }
  source::Location location() const { return *this ? tree->location(id) : source::Location{}; }
  std::string_view text() const { return *this ? tree->text(id) : std::string_view{}; }
  friend bool operator==(const View& a, const View& b) { return a.tree == b.tree && a.id == b.id; }

 protected:
  NodeId partId(std::uint32_t n) const { return *this ? tree->part(id, n) : base::none<NodeId>; }
  bool hasOwn(TokenKind kind) const { return *this && base::valid(tree->ownToken(id, kind)); }
  bool beginsWith(TokenKind kind) const;
};

/// `node` seen as V; false if it is of another kind.
template <typename V>
V as(const Tree& tree, NodeId node) {
  if (!base::valid(node) || !V::is(tree.node(node))) return V{};
  V view;
  view.tree = &tree;
  view.id = node;
  return view;
}
template <typename V>
V as(const View& view) {
  return view ? as<V>(*view.tree, view.id) : V{};
}

/// The children of a node that V fits, in source order.
template <typename V>
class ViewsOf {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = V;
    using difference_type = std::ptrdiff_t;
    using pointer = const V*;
    using reference = V;

    Iterator() = default;
    Iterator(const Tree* tree, Children::Iterator at, Children::Iterator end) : tree_(tree), at_(at), end_(end) { skip(); }
    V operator*() const { return as<V>(*tree_, *at_); }
    Iterator& operator++() {
      ++at_;
      skip();
      return *this;
    }
    Iterator operator++(int) {
      auto before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    void skip() {
      while (!(at_ == end_) && !V::is(tree_->node(*at_))) ++at_;
    }
    const Tree* tree_ = nullptr;
    Children::Iterator at_, end_;
  };

  explicit ViewsOf(const View& parent) : parent_(parent) {}
  Iterator begin() const { return parent_ ? Iterator(parent_.tree, range().begin(), range().end()) : Iterator(); }
  Iterator end() const { return parent_ ? Iterator(parent_.tree, range().end(), range().end()) : Iterator(); }
  bool empty() const { return begin() == end(); }

 private:
  Children range() const { return parent_.tree->children(parent_.id); }
  View parent_;
};

/// The first child that V fits, or false.
template <typename V>
V childOf(const View& parent) {
  const ViewsOf<V> all(parent);
  return all.empty() ? V{} : *all.begin();
}
/// The n-th child (from 0) that V fits, or false.
template <typename V>
V childOf(const View& parent, unsigned n) {
  for (auto view : ViewsOf<V>(parent)) {
    if (n-- == 0) return view;
  }
  return V{};
}

template <NodeKind Kind>
struct ViewOf : View {
  static constexpr NodeKind nodeKind = Kind;
  static bool is(const Node& node) { return node.kind == Kind; }
};

// ---- Groups -----------------------------------------------------------------------------------------------------------------------

/// An expression, or the Error or Missing in its place.
struct Expr : View {
  static bool is(const Node& node) { return standsForExpr(node); }
};
/// A type, or the Error or Missing in its place.
struct Type : View {
  static bool is(const Node& node) { return standsForType(node); }
};
/// What stands in a body: a declaration, an entry, or an Error.
struct Item : View {
  static bool is(const Node& node) { return isDecl(node.kind) || isEntry(node.kind) || node.kind == NodeKind::Error; }
};
/// A list element: an expression, IfElem, ForElem or SpreadElem.
struct Elem : View {
  static bool is(const Node& node) { return standsForExpr(node) || isElem(node.kind); }
};
/// What an `if` or `for` entry does: a Body (a group of entries) or one entry.
struct Branch : View {
  static bool is(const Node& node) {
    return node.kind == NodeKind::Body || isEntry(node.kind) || isDecl(node.kind) || (node.kind <= NodeKind::Missing && node.slot == Slot::Item);
  }
};

// ---- Shared parts -----------------------------------------------------------------------------------------------------------------

/// A word, or the Missing or Error in its place.
struct Name : View {
  static bool is(const Node& node) { return node.kind == NodeKind::Name || (node.kind <= NodeKind::Missing && node.slot == Slot::Name); }
  TokenId token() const { return *this && !isError() ? tree->firstToken(id) : base::none<TokenId>; }
};

/// `A.b.c`, or the Missing in its place.
struct QualifiedName : View {
  static bool is(const Node& node) { return node.kind == NodeKind::QualifiedName || (node.kind == NodeKind::Missing && node.slot == Slot::Name); }
  /// Number of words.
  unsigned size() const;
  /// The n-th word's token; none past the end.
  TokenId word(unsigned n) const;
};

struct Interpolation : ViewOf<NodeKind::Interpolation> {
  Expr expr() const { return childOf<Expr>(*this); }
};

/// `"…"` or `"""…"""`. See literal.hpp for its text.
struct StringExpr : ViewOf<NodeKind::StringExpr> {
  bool multiLine() const;
  ViewsOf<Interpolation> interpolations() const { return ViewsOf<Interpolation>(*this); }
};

struct Where : ViewOf<NodeKind::Where> {
  Expr condition() const { return childOf<Expr>(*this); }
};

struct Deprecated : ViewOf<NodeKind::Deprecated> {
  StringExpr text() const { return childOf<StringExpr>(*this); }
};

struct Body : ViewOf<NodeKind::Body> {
  ViewsOf<Item> items() const { return ViewsOf<Item>(*this); }
};

/// `(x in xs)`, `(k, v in m if c)`
struct ForHead : ViewOf<NodeKind::ForHead> {
  Name first() const { return childOf<Name>(*this, 0); }
  /// `v` in `(k, v in m)`; false if there is one name.
  Name second() const { return childOf<Name>(*this, 1); }
  Expr collection() const { return childOf<Expr>(*this, 0); }
  Expr condition() const { return childOf<Expr>(*this, 1); }
};

struct PathWord : ViewOf<NodeKind::PathWord> {
  /// None if only the dot is written.
  TokenId word() const;
  /// Written with `?.`.
  bool quiet() const { return beginsWith(TokenKind::QuestionDot); }
};
struct PathString : ViewOf<NodeKind::PathString> {
  StringExpr string() const { return childOf<StringExpr>(*this); }
};
struct PathIndex : ViewOf<NodeKind::PathIndex> {
  ViewsOf<Expr> keys() const { return ViewsOf<Expr>(*this); }
};
/// A PathWord, PathString, PathIndex, or an Error or Missing.
struct PathSegment : View {};
struct Path : ViewOf<NodeKind::Path> {
  ViewsOf<PathSegment> segments() const { return ViewsOf<PathSegment>(*this); }
};

struct Arg : ViewOf<NodeKind::Arg> {
  Name name() const { return childOf<Name>(*this); }
  Expr value() const { return childOf<Expr>(*this); }
};
struct ArgList : ViewOf<NodeKind::ArgList> {
  ViewsOf<Arg> args() const { return ViewsOf<Arg>(*this); }
};

// ---- Declarations -----------------------------------------------------------------------------------------------------------------

struct Decl : View {
  static bool is(const Node& node) { return isDecl(node.kind); }
  bool isPrivate() const { return beginsWith(TokenKind::KwPrivate); }
  /// False for imports and tests, which have no Name of this sort.
  Name name() const;
};

template <NodeKind Kind>
struct DeclOf : Decl {
  static constexpr NodeKind nodeKind = Kind;
  static bool is(const Node& node) { return node.kind == Kind; }
};

struct ImportName : ViewOf<NodeKind::ImportName> {
  Name name() const { return childOf<Name>(*this, 0); }
  /// After `as`.
  Name alias() const { return childOf<Name>(*this, 1); }
};
struct ImportDecl : DeclOf<NodeKind::ImportDecl> {
  /// `import { … } from`: with the names in names().
  bool selective() const { return hasOwn(TokenKind::LeftBrace); }
  ViewsOf<ImportName> names() const { return ViewsOf<ImportName>(*this); }
  StringExpr path() const { return childOf<StringExpr>(*this); }
  /// `as NAME`.
  Name alias() const { return childOf<Name>(*this); }
  /// The type of imported data.
  Type type() const { return childOf<Type>(*this); }
};
struct ParamDecl : DeclOf<NodeKind::ParamDecl> {
  Type type() const { return childOf<Type>(*this); }
  Expr value() const { return childOf<Expr>(*this); }
  Deprecated deprecated() const { return childOf<Deprecated>(*this); }
};
struct LetDecl : DeclOf<NodeKind::LetDecl> {
  Type type() const { return childOf<Type>(*this); }
  Expr value() const { return childOf<Expr>(*this); }
};
struct ResourceDecl : DeclOf<NodeKind::ResourceDecl> {
  Type type() const { return childOf<Type>(*this); }
  Expr value() const { return childOf<Expr>(*this); }
};
struct ExternalDecl : DeclOf<NodeKind::ExternalDecl> {
  Type type() const { return childOf<Type>(*this); }
  Expr value() const { return childOf<Expr>(*this); }
};
struct TypeDecl : DeclOf<NodeKind::TypeDecl> {
  Type type() const { return childOf<Type>(*this); }
  Where where() const { return childOf<Where>(*this); }
  /// After `else`.
  StringExpr message() const { return childOf<StringExpr>(*this); }
};
struct RecordType;
struct SchemaDecl : DeclOf<NodeKind::SchemaDecl> {
  /// `extends`: the words after it. False if there is none.
  QualifiedName base() const { return *this ? as<QualifiedName>(*tree, tree->child(id, NodeKind::QualifiedName)) : QualifiedName{}; }
  RecordType body() const;
};
struct ComponentDecl : DeclOf<NodeKind::ComponentDecl> {
  QualifiedName base() const { return *this ? as<QualifiedName>(*tree, tree->child(id, NodeKind::QualifiedName)) : QualifiedName{}; }
  Body body() const { return childOf<Body>(*this); }
};
struct FnParam : ViewOf<NodeKind::FnParam> {
  Name name() const { return childOf<Name>(*this); }
  Type type() const { return childOf<Type>(*this); }
  Expr value() const { return childOf<Expr>(*this); }
};
struct FnDecl : DeclOf<NodeKind::FnDecl> {
  ViewsOf<FnParam> params() const { return ViewsOf<FnParam>(*this); }
  /// The type of the result; false if it is not written.
  Type type() const { return childOf<Type>(*this); }
  Expr value() const { return childOf<Expr>(*this); }
};
struct PolicyDecl : DeclOf<NodeKind::PolicyDecl> {
  Body body() const { return childOf<Body>(*this); }
};
struct TestDecl : DeclOf<NodeKind::TestDecl> {
  StringExpr title() const { return childOf<StringExpr>(*this); }
  Body body() const { return childOf<Body>(*this); }
};

struct ExtendsClause : ViewOf<NodeKind::ExtendsClause> {
  StringExpr path() const { return childOf<StringExpr>(*this); }
};
struct File : ViewOf<NodeKind::File> {
  ExtendsClause extends() const { return childOf<ExtendsClause>(*this); }
  ViewsOf<Item> items() const { return ViewsOf<Item>(*this); }
};

// ---- Entries ----------------------------------------------------------------------------------------------------------------------

enum class Verb : std::uint8_t { Set, Replace, Append, Prepend, External };

/// `[final] path[?]: [replace|append|prepend] value` or `path: external`
struct SetEntry : ViewOf<NodeKind::SetEntry> {
  bool isFinal() const { return hasOwn(TokenKind::KwFinal); }
  Path path() const { return childOf<Path>(*this); }
  /// `?` before the colon.
  bool quiet() const { return hasOwn(TokenKind::Question); }
  Verb verb() const;
  /// False for `external`.
  Expr value() const { return childOf<Expr>(*this); }
  TokenId colon() const { return *this ? tree->ownToken(id, TokenKind::Colon) : base::none<TokenId>; }
};
struct ShortEntry : ViewOf<NodeKind::ShortEntry> {
  Name name() const { return childOf<Name>(*this); }
};
struct SpreadEntry : ViewOf<NodeKind::SpreadEntry> {
  Expr value() const { return childOf<Expr>(*this); }
};
struct IfEntry : ViewOf<NodeKind::IfEntry> {
  Expr condition() const { return as<Expr>(View{tree, partId(0)}); }
  Branch then() const { return as<Branch>(View{tree, partId(1)}); }
  /// False without `else`.
  Branch otherwise() const { return as<Branch>(View{tree, partId(2)}); }
};
struct ForEntry : ViewOf<NodeKind::ForEntry> {
  ForHead head() const { return childOf<ForHead>(*this); }
  Branch branch() const { return as<Branch>(View{tree, partId(1)}); }
};
struct EachEntry : ViewOf<NodeKind::EachEntry> {
  /// `A | B`.
  ViewsOf<QualifiedName> types() const { return ViewsOf<QualifiedName>(*this); }
  Where where() const { return childOf<Where>(*this); }
  /// `each T: absent`.
  bool removes() const { return hasOwn(TokenKind::KwAbsent); }
  Body body() const { return childOf<Body>(*this); }
};
struct CheckEntry : ViewOf<NodeKind::CheckEntry> {
  bool isFinal() const { return beginsWith(TokenKind::KwFinal); }
  /// `warn` rather than `check`.
  bool isWarning() const { return hasOwn(TokenKind::KwWarn); }
  /// `check NAME: …`; false if it has no name.
  Name name() const { return childOf<Name>(*this); }
  Expr condition() const { return childOf<Expr>(*this); }
  /// After `else`; false if it is left out.
  StringExpr message() const { return as<StringExpr>(childOf<Expr>(*this, 1)); }
};
struct WaiveEntry : ViewOf<NodeKind::WaiveEntry> {
  QualifiedName name() const { return childOf<QualifiedName>(*this); }
  Expr reason() const { return childOf<Expr>(*this); }
};
struct GoldenEntry : ViewOf<NodeKind::GoldenEntry> {
  StringExpr file() const { return childOf<StringExpr>(*this); }
  Expr value() const { return as<Expr>(View{tree, partId(1)}); }
};

// ---- Schemas and types ------------------------------------------------------------------------------------------------------------

struct Field : ViewOf<NodeKind::Field> {
  /// A Name or a StringExpr.
  View key() const { return View{tree, partId(0)}; }
  Type type() const { return childOf<Type>(*this); }
  /// The default; false if there is none.
  Expr value() const;
  /// Written `?? v`: the field reads as v while nothing sets it, and v is never written.
  bool isReadDefault() const { return hasOwn(TokenKind::QuestionQuestion); }
  Deprecated deprecated() const { return childOf<Deprecated>(*this); }
};
struct OneOf : ViewOf<NodeKind::OneOf> {
  /// `oneof?`: may be left unset.
  bool optional() const { return hasOwn(TokenKind::Question); }
  ViewsOf<Field> fields() const { return ViewsOf<Field>(*this); }
};
struct IndexSignature : ViewOf<NodeKind::IndexSignature> {
  Type key() const { return childOf<Type>(*this, 0); }
  Type value() const { return childOf<Type>(*this, 1); }
};
/// A Field, OneOf, IndexSignature, LetDecl, CheckEntry or Error.
struct Member : View {};
struct RecordType : ViewOf<NodeKind::RecordType> {
  ViewsOf<Member> members() const { return ViewsOf<Member>(*this); }
};
inline RecordType SchemaDecl::body() const { return childOf<RecordType>(*this); }

struct NamedType : ViewOf<NodeKind::NamedType> {
  QualifiedName name() const { return childOf<QualifiedName>(*this); }
};
struct RefType : ViewOf<NodeKind::RefType> {
  QualifiedName name() const { return childOf<QualifiedName>(*this); }
};
/// A text, number, true, false, null or absent.
struct LiteralType : ViewOf<NodeKind::LiteralType> {
  /// False unless it is a text.
  StringExpr string() const { return childOf<StringExpr>(*this); }
  bool negative() const { return beginsWith(TokenKind::Minus); }
  /// The number or word; none for a text.
  TokenId token() const;
};
struct ListType : ViewOf<NodeKind::ListType> {
  Type element() const { return childOf<Type>(*this); }
};
struct ParenType : ViewOf<NodeKind::ParenType> {
  Type inner() const { return childOf<Type>(*this); }
};
struct UnionType : ViewOf<NodeKind::UnionType> {
  ViewsOf<Type> branches() const { return ViewsOf<Type>(*this); }
};
struct OptionalType : ViewOf<NodeKind::OptionalType> {
  Type inner() const { return childOf<Type>(*this); }
};
struct RangeBound : ViewOf<NodeKind::RangeBound> {
  LiteralType lower() const;
  LiteralType upper() const;
};
struct PatternBound : ViewOf<NodeKind::PatternBound> {
  /// A StringExpr or RawExpr.
  Expr pattern() const { return childOf<Expr>(*this); }
};
struct BoundedType : ViewOf<NodeKind::BoundedType> {
  Type inner() const { return childOf<Type>(*this); }
  ViewsOf<RangeBound> ranges() const { return ViewsOf<RangeBound>(*this); }
  ViewsOf<PatternBound> patterns() const { return ViewsOf<PatternBound>(*this); }
};
/// `[T] by a`, `[T] by (a, b)`; inner() is the whole type before `by`.
struct KeyedListType : ViewOf<NodeKind::KeyedListType> {
  Type inner() const { return childOf<Type>(*this); }
  ViewsOf<Name> keys() const { return ViewsOf<Name>(*this); }
};
struct SetType : ViewOf<NodeKind::SetType> {
  Type inner() const { return childOf<Type>(*this); }
};

// ---- Expressions ------------------------------------------------------------------------------------------------------------------

struct NumberExpr : ViewOf<NodeKind::NumberExpr> {};
struct RawExpr : ViewOf<NodeKind::RawExpr> {};
struct NameExpr : ViewOf<NodeKind::NameExpr> {};
struct ParenExpr : ViewOf<NodeKind::ParenExpr> {
  Expr inner() const { return childOf<Expr>(*this); }
};
struct ListExpr : ViewOf<NodeKind::ListExpr> {
  ViewsOf<Elem> elements() const { return ViewsOf<Elem>(*this); }
};
struct UnaryExpr : ViewOf<NodeKind::UnaryExpr> {
  /// Not or Minus.
  TokenKind op() const { return *this ? tree->tokenKind(tree->firstToken(id)) : TokenKind::Bad; }
  Expr operand() const { return childOf<Expr>(*this); }
};
/// Two operands; `in` and `??` too, `is` not.
struct BinaryExpr : ViewOf<NodeKind::BinaryExpr> {
  Expr left() const { return childOf<Expr>(*this, 0); }
  TokenId opToken() const { return *this ? tree->endToken(left().id) : base::none<TokenId>; }
  TokenKind op() const { return *this ? tree->tokenKind(opToken()) : TokenKind::Bad; }
  Expr right() const { return childOf<Expr>(*this, 1); }
};
struct IsExpr : ViewOf<NodeKind::IsExpr> {
  Expr value() const { return childOf<Expr>(*this); }
  Type type() const { return childOf<Type>(*this); }
};
struct FieldExpr : ViewOf<NodeKind::FieldExpr> {
  Expr receiver() const { return childOf<Expr>(*this); }
  /// Written with `?.`.
  bool quiet() const { return hasOwn(TokenKind::QuestionDot); }
  /// None if it is missing.
  TokenId word() const;
};
struct MethodExpr : ViewOf<NodeKind::MethodExpr> {
  Expr receiver() const { return childOf<Expr>(*this); }
  bool quiet() const { return hasOwn(TokenKind::QuestionDot); }
  TokenId word() const;
  ArgList args() const { return childOf<ArgList>(*this); }
};
struct IndexExpr : ViewOf<NodeKind::IndexExpr> {
  Expr receiver() const { return childOf<Expr>(*this); }
  unsigned keyCount() const;
  Expr key(unsigned n) const { return childOf<Expr>(*this, n + 1); }
};
struct CallExpr : ViewOf<NodeKind::CallExpr> {
  Expr callee() const { return childOf<Expr>(*this); }
  ArgList args() const { return childOf<ArgList>(*this); }
};
struct RefineExpr : ViewOf<NodeKind::RefineExpr> {
  Expr receiver() const { return childOf<Expr>(*this, 0); }
  Body body() const { return as<Body>(childOf<Expr>(*this, 1)); }
};
struct PresenceExpr : ViewOf<NodeKind::PresenceExpr> {
  Expr operand() const { return childOf<Expr>(*this); }
};
struct LambdaParam : ViewOf<NodeKind::LambdaParam> {
  Name name() const { return childOf<Name>(*this); }
  Type type() const { return childOf<Type>(*this); }
};
struct LambdaExpr : ViewOf<NodeKind::LambdaExpr> {
  ViewsOf<LambdaParam> params() const { return ViewsOf<LambdaParam>(*this); }
  Expr body() const { return childOf<Expr>(*this); }
};
struct IfExpr : ViewOf<NodeKind::IfExpr> {
  Expr condition() const { return childOf<Expr>(*this, 0); }
  Expr then() const { return childOf<Expr>(*this, 1); }
  /// False without `else`.
  Expr otherwise() const { return childOf<Expr>(*this, 2); }
};
struct MatchArm : ViewOf<NodeKind::MatchArm> {
  /// `_`: then pattern() is false.
  bool wildcard() const { return *this && base::valid(tree->child(id, NodeKind::WildcardPattern)); }
  Type pattern() const { return childOf<Type>(*this); }
  Expr value() const { return childOf<Expr>(*this); }
};
struct MatchExpr : ViewOf<NodeKind::MatchExpr> {
  Expr subject() const { return childOf<Expr>(*this); }
  ViewsOf<MatchArm> arms() const { return ViewsOf<MatchArm>(*this); }
};
struct LetBinding : ViewOf<NodeKind::LetBinding> {
  Name name() const { return childOf<Name>(*this); }
  Expr value() const { return childOf<Expr>(*this); }
};
struct LetExpr : ViewOf<NodeKind::LetExpr> {
  ViewsOf<LetBinding> bindings() const { return ViewsOf<LetBinding>(*this); }
  Expr body() const { return childOf<Expr>(*this); }
};

struct IfElem : ViewOf<NodeKind::IfElem> {
  Expr condition() const { return childOf<Expr>(*this, 0); }
  Elem then() const { return childOf<Elem>(*this, 1); }
  Elem otherwise() const { return childOf<Elem>(*this, 2); }
};
struct ForElem : ViewOf<NodeKind::ForElem> {
  ForHead head() const { return childOf<ForHead>(*this); }
  Elem body() const { return childOf<Elem>(*this); }
};
struct SpreadElem : ViewOf<NodeKind::SpreadElem> {
  Expr value() const { return childOf<Expr>(*this); }
};

// NOLINTEND(clang-analyzer-core.CallAndMessage, clang-analyzer-core.NonNullParamChecker)

}  // namespace kdsl::syntax
