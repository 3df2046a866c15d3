#pragma once
// The walk over one syntax tree that fills a hir::Module. Internal to this folder: lower() is its only user.
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "hir/literals.hpp"
#include "hir/module.hpp"
#include "hir/scopes.hpp"
#include "syntax/literal.hpp"
#include "syntax/views.hpp"

namespace kdsl::hir {

namespace syn = kdsl::syntax;

/// Collects lists whose members are made one inside the other: each list is the top of one stack until it is complete.
template <typename T>
class Pending {
 public:
  std::size_t mark() const { return stack_.size(); }
  void push(const T& value) { stack_.push_back(value); }
  std::span<const T> since(std::size_t mark) const { return {stack_.data() + mark, stack_.size() - mark}; }
  /// Moves what came after `mark` to the end of `target`, and returns where it begins there.
  std::uint32_t moveTo(std::vector<T>& target, std::size_t mark) {
    const auto first = static_cast<std::uint32_t>(target.size());
    target.insert(target.end(), stack_.begin() + static_cast<std::ptrdiff_t>(mark), stack_.end());
    stack_.resize(mark);
    return first;
  }

 private:
  std::vector<T> stack_;
};

class Lowering {
 public:
  Lowering(FileId file, const syn::Tree& tree);
  /// Lowers the whole file. Called once.
  Module run();

 private:
  // What the constructs around give to the one that is lowered.
  struct Context {
    bool hasSelf = true;
    bool hasSuper = false;    // inside the value of an entry `k: …`
    bool checksOnly = false;  // the entries of a policy
  };
  /// Sets the context while it lives.
  class Within {
   public:
    Within(Lowering& lowering, Context context) : lowering_(lowering), before_(std::exchange(lowering.context_, context)) {}
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;
    ~Within() { lowering_.context_ = before_; }

   private:
    Lowering& lowering_;
    Context before_;
  };
  Context valueContext() const { return {context_.hasSelf, context_.hasSuper, false}; }

  // --- items (lower_items.cpp)
  void lowerFile();
  void lowerDecl(ItemId parent, syn::Decl decl);
  void lowerImport(ItemId parent, syn::ImportDecl decl);
  void lowerTypeAlias(ItemId id, syn::TypeDecl decl);
  void lowerFn(ItemId id, syn::FnDecl decl);
  void lowerContents(ItemId owner, syn::ViewsOf<syn::Item> contents, Span span, Context context);
  ItemId addItem(ItemKind kind, ItemId parent, const syn::View& view, syn::Name name);
  ItemId addImportItem(ItemId parent, syn::ImportDecl decl, std::uint32_t import, Symbol name, Span nameSpan);
  std::uint32_t addImportPath(PathUse use, syn::StringExpr path, const syn::View& whole);
  void reportRepeatedMembers(std::span<const ItemId> members);
  Item& item(ItemId id) { return module_.items[base::index(id)]; }

  // --- bodies (lower_bodies.cpp)
  BodyId lowerBody(syn::Body body, Context context);
  BodyId lowerBranch(syn::Branch branch, BodyId parent);
  BodyId addBody(Span span, BodyId parent = base::none<BodyId>);
  /// Fills a body, or the lets and checks of a shape, from a range of views. Its `let`s are seen by all of it, whatever their order.
  template <typename Items>
  void lowerEntries(const Items& items, BodyId body);
  void lowerEntry(const syn::View& entry, BodyId body);
  void lowerLet(syn::LetDecl let, LocalId local);
  void lowerSet(syn::SetEntry set);
  void lowerShorthand(syn::ShortEntry shorthand);
  void lowerFor(syn::ForEntry loop, BodyId body);
  void lowerEach(syn::EachEntry each);
  void lowerCheck(syn::CheckEntry check);
  void lowerWaive(syn::WaiveEntry waive);
  void lowerGolden(syn::GoldenEntry golden, BodyId body);
  void lowerPath(syn::Path path, Entry& entry);
  Segment lowerSegment(syn::PathSegment view);
  void pushEntry(EntryKind kind, Entry entry, const syn::View& view);
  void finishBody(BodyId body, std::size_t mark);
  void reportChangeInPolicy(const syn::View& entry);

  // --- types and shapes (lower_types.cpp)
  TypeExprId lowerType(syn::Type type);
  TypeExprId lowerTypeIfWritten(syn::Type type) { return type ? lowerType(type) : base::none<TypeExprId>; }
  TypeExprId lowerElementType(syn::Type list);
  TypeExprId lowerNamedType(syn::QualifiedName name, TypeExprKind kind, Span span);
  TypeExprId lowerLiteralType(syn::LiteralType literal);
  TypeExprId lowerBoundedType(syn::BoundedType bounded);
  TypeExprId lowerKeyedList(syn::KeyedListType keyed);
  TypeExprId lowerUnion(syn::UnionType type);
  ExprId lowerBoundValue(syn::LiteralType literal);
  ShapeId lowerShape(syn::RecordType record);
  void lowerField(syn::Field field, std::uint32_t group);
  void lowerIndexSignature(syn::IndexSignature signature, Shape& shape);
  void reportRepeatedFields(std::span<const Field> fields, BodyId lets);
  QualifiedName lowerQualifiedName(syn::QualifiedName name);
  TypeExprId addType(TypeExprKind kind, Span span, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0);

  // --- expressions (lower_exprs.cpp)
  ExprId lowerExpr(syn::Expr expr);
  ExprId lowerExprIfWritten(syn::Expr expr) { return expr ? lowerExpr(expr) : base::none<ExprId>; }
  /// For a part that the grammar requires; if even recovery found nothing, an error behind `around`.
  ExprId lowerRequired(syn::Expr expr, const syn::View& around) {
    return expr ? lowerExpr(expr) : addError({around.span().end, around.span().end});
  }
  ExprId lowerName(Symbol name, Span span);
  ExprId lowerNumber(std::string_view text, bool negative, Span span);
  ExprId lowerString(const syn::View& string);
  ExprId lowerSelfOrSuper(ExprKind kind, Span span);
  ExprId lowerParen(syn::ParenExpr paren);
  ExprId lowerRecord(syn::Body body);
  ExprId lowerIs(syn::IsExpr is);
  ExprId lowerPresence(syn::PresenceExpr presence);
  ExprId lowerFunctionCall(syn::CallExpr call);
  ExprId lowerUnary(syn::UnaryExpr unary);
  ExprId lowerBinary(syn::BinaryExpr binary);
  ExprId lowerField(syn::FieldExpr field);
  ExprId lowerMethod(syn::MethodExpr method);
  ExprId lowerIndex(syn::IndexExpr index);
  ExprId lowerCall(ExprId callee, syn::ArgList args, Span span);
  ExprId lowerIf(syn::IfExpr expr);
  ExprId lowerMatch(syn::MatchExpr match);
  ExprId lowerLetExpr(syn::LetExpr let);
  ExprId lowerLambda(syn::LambdaExpr lambda);
  ExprId lowerList(syn::ListExpr list);
  ExprId lowerRefine(syn::RefineExpr refine);
  Element lowerElement(syn::Elem elem);
  std::uint32_t addElement(const Element& element);
  void reportBadUnit(const NumberLiteral& literal, Span span);
  ExprId addField(ExprId receiver, syn::TokenId word, bool optional, Span span);
  ExprId addExpr(ExprKind kind, Span span, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0);
  ExprId addError(Span span) { return addExpr(ExprKind::Error, span); }

  // --- embedded files (lower_embeds.cpp)
  /// Takes note of a call if it may be one of `embed`: whether it is, is known when all declarations are.
  void noteEmbed(ExprId call);
  void finishEmbeds();

  // --- locals and texts (lower.cpp)
  LocalId addLocal(LocalKind kind, syn::Name name);
  /// Makes a local visible in the innermost scope; a second one of the same name is reported.
  void bind(LocalId local);
  struct LoopVariables {
    LocalId first = base::none<LocalId>;
    LocalId second = base::none<LocalId>;
  };
  LoopVariables bindLoopVariables(syn::ForHead head);
  Symbol nameOf(syn::Name name) const;
  Symbol docOf(const syn::View& view) const;
  /// The text of a literal without `${…}`; empty for one with it, which the parser has reported.
  Symbol plainText(const syn::View& string) const;
  /// The same where the grammar allows `${…}` and the language does not: then it is reported, as `what`.
  Symbol requirePlainText(const syn::View& string, std::string_view what);
  /// The decoded text of a literal without `${…}`, or false.
  bool decodePlain(const syn::View& string, Symbol& text) const;

  source::Location at(Span span) const { return {module_.file, span}; }
  diag::Diagnostic& report(diag::Code code, Span span, std::vector<std::string> arguments = {}) {
    return sink_.report(code, at(span), std::move(arguments));
  }
  void reportRepeated(Symbol name, Span first, Span second);
  /// False, and reported, if a list that later passes nest is too long.
  bool withinLimit(std::size_t count, std::string_view parts, Span span);

  const syn::Tree& tree_;
  Module module_;
  diag::Sink sink_;
  LocalScopes scopes_;
  Context context_;
  ItemKind bodyOwner_ = ItemKind::Module;  // of the item whose contents are lowered
  BodyId ownBody_ = base::none<BodyId>;    // its body

  Pending<ItemId> pendingChildren_;
  Pending<Entry> pendingEntries_;
  Pending<Segment> pendingSegments_;
  Pending<ExprId> pendingExprs_;
  Pending<Argument> pendingArguments_;
  Pending<Arm> pendingArms_;
  Pending<Element> pendingElements_;
  Pending<TypeExprId> pendingTypes_;
  Pending<Bound> pendingBounds_;
  Pending<Field> pendingFields_;
  Pending<OneOf> pendingOneOfs_;
};

/// Parts of a construct that later passes nest, such as the bindings of one `let ( … )`.
inline constexpr std::size_t maxNestedParts = 512;

template <typename Items>
void Lowering::lowerEntries(const Items& items, BodyId body) {
  const auto entries = pendingEntries_.mark();
  auto nextLet = static_cast<std::uint32_t>(module_.locals.size());
  for (const auto& view : items) {
    if (const auto let = syn::as<syn::LetDecl>(view)) bind(addLocal(LocalKind::Let, let.name()));
  }
  for (const auto& view : items) {
    if (const auto let = syn::as<syn::LetDecl>(view)) {
      lowerLet(let, LocalId{nextLet++});
    } else {
      lowerEntry(view, body);
    }
  }
  finishBody(body, entries);
}

}  // namespace kdsl::hir
