#pragma once
// The walk behind indexFile(). Internal to this folder.
#include "query/ide/file_index.hpp"

namespace kdsl::query {

class IndexBuilder {
 public:
  explicit IndexBuilder(const Facts& facts);
  FileIndex build();

 private:
  struct Scope {
    hir::ItemId owner = hir::moduleItem;
    TypeId self = types::errorType;
    TypeId super = types::errorType;
  };

  // --- declarations and written types (index_items.cpp)
  void walkItem(hir::ItemId id);
  void walkImport(hir::ItemId id);
  void walkFn(hir::ItemId id);
  void walkShape(hir::ShapeId id, const Scope& scope, const types::Nominal* schema);
  void walkType(hir::TypeExprId id, const Scope& scope);
  void walkTypeName(hir::TypeExprId id, const Scope& scope);
  void walkQualifiedName(const hir::QualifiedName& name, const Target& last);
  /// The declaration that a bare name of a type or module means in a scope of this file.
  Target declaredName(base::Symbol name, hir::ItemId owner) const;
  Target targetOfImport(const hir::Item& import) const;

  // --- bodies (index_bodies.cpp)
  void walkBody(hir::BodyId id, TypeId place, const Scope& scope);
  void walkEntry(const hir::Entry& entry, TypeId place, const Scope& scope);
  void walkSet(const hir::Entry& entry, TypeId place, const Scope& scope);
  void walkEach(const hir::Entry& entry, const Scope& scope);
  TypeId walkSegment(std::uint32_t index, TypeId place, bool shorthand, const Scope& scope);
  void declareLocal(hir::LocalId id, const Scope& scope);

  // --- expressions (index_exprs.cpp)
  void walkExpr(hir::ExprId id, TypeId want, const Scope& scope);
  void walkName(hir::ExprId id, const hir::Expr& expr, const Scope& scope);
  void walkField(hir::ExprId id, const hir::Expr& expr, const Target& method, const Scope& scope);
  void walkCall(hir::ExprId id, const hir::Expr& expr, const Scope& scope);
  void walkList(const hir::Expr& expr, TypeId want, const Scope& scope);
  void walkElement(std::uint32_t index, TypeId want, const Scope& scope);
  void walkBinary(const hir::Expr& expr, TypeId want, const Scope& scope);
  Target targetOfResolution(hir::ExprId id, base::Symbol name, const Scope& scope) const;

  void add(Span span, const Target& target, TypeId type, bool declares = false, bool writes = false, bool shorthand = false);
  TypeId typeOf(hir::ExprId id) const { return base::valid(id) ? checked_.exprTypes[base::index(id)] : types::errorType; }
  TypeId typeOf(hir::TypeExprId id) const { return base::valid(id) ? checked_.typeExprs[base::index(id)] : types::errorType; }
  TypeId typeOf(hir::LocalId id) const { return base::valid(id) ? checked_.localTypes[base::index(id)] : types::errorType; }
  TypeId typeOf(hir::ItemId id) const { return checked_.itemTypes[base::index(id)]; }
  /// `first` where it says something, else `second`.
  static TypeId known(TypeId first, TypeId second) { return first == types::errorType || !base::valid(first) ? second : first; }

  const Facts& facts_;
  const sema::Program& program_;
  const sema::CheckedModule& checked_;
  const hir::Module& hir_;
  FileIndex index_;
};

}  // namespace kdsl::query
