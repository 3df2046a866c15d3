#pragma once
#include <memory>

#include "types/type.hpp"

namespace kdsl::types {

// Ids of the types without parts: interned first, in this order, in every table.
inline constexpr TypeId errorType{0}, anyType{1}, neverType{2}, nullType{3}, absentType{4}, boolType{5}, intType{6}, floatType{7}, stringType{8},
    quantityType{9}, durationType{10}, secondsType{11}, resourceType{12}, namespacedType{13};

/// One interned type. Which parts mean something depends on the kind; see TypeKind.
struct TypeNode {
  TypeKind kind = TypeKind::Error;
  TypeId element{};
  TypeId key{};
  NominalId nominal{};
  Symbol symbol{};               // StringLiteral, Parameter; of other kinds the name of the alias that declares it, for printing
  std::int64_t integer = 0;      // IntLiteral, BoolLiteral
  double number = 0;             // FloatLiteral
  Bounds bounds;
  std::vector<Symbol> keys;      // Keyed
  std::vector<RecordField> fields;
  bool open = false;             // Record with an index signature: key, element
  std::vector<TypeId> members;   // Union, Function
  Declaration alias;             // Where: the alias whose predicate must hold; else only for printing
  friend bool operator==(const TypeNode&, const TypeNode&) = default;
};

/// What a nominal id stands for: a declaration in a file, or a definition of the Kubernetes API.
struct NominalOrigin {
  source::FileId file = base::none<source::FileId>;
  Symbol path{};                       // distinguishes the declarations within `file`
  bool isKubernetes = false;
  kubernetes::DefId definition{};
};

/// Interns types and names nominal ones. Thread-safe: reading takes no lock, adding takes one.
class TypeTable {
 public:
  TypeTable();
  ~TypeTable();
  TypeTable(const TypeTable&) = delete;
  TypeTable& operator=(const TypeTable&) = delete;

  /// Constant time; the reference lives as long as the table.
  const TypeNode& operator[](TypeId id) const;
  TypeKind kind(TypeId id) const { return (*this)[id].kind; }

  TypeId intern(TypeNode node);
  TypeId optional(TypeId element);           // T? ; of an Optional, Absent or Error it is the same
  TypeId list(TypeId element, Bounds bounds = {});
  TypeId keyed(TypeId element, std::vector<Symbol> keys);
  TypeId set(TypeId element);
  TypeId map(TypeId key, TypeId element);
  TypeId ref(TypeId nominal);
  TypeId nominal(NominalId id);
  TypeId stringLiteral(Symbol value);
  TypeId intLiteral(std::int64_t value);
  TypeId boolLiteral(bool value);
  /// Flattens, drops duplicates and what another member covers; one member is itself; Absent members make it Optional.
  TypeId unite(const std::vector<TypeId>& members);
  /// The same type under the name of an alias, for printing. Nominal types keep their own name.
  TypeId named(TypeId id, Symbol name, Declaration alias);

  /// T without `?`; Never for `absent`.
  TypeId required(TypeId id) const;
  /// Looks through Optional, Where and Sensitive to the kind that decides how values look.
  TypeId underlying(TypeId id) const;
  /// True if `absent` is a value of the type.
  bool isOptional(TypeId id) const;

  /// The id of a nominal type by its declaration; stable over edits of the file. `path` distinguishes declarations within a file.
  NominalId nominalId(source::FileId file, Symbol path);
  NominalId nominalId(kubernetes::DefId definition);
  /// Precondition: an id of this table.
  NominalOrigin nominalOrigin(NominalId id) const;

  /// As a user would write it: `[string] by name`, `"dev" | "prod"`, `WebService?`.
  std::string print(TypeId id) const;

  /// Names of nominal types, for print(); set by sema when it makes one.
  void setNominalName(NominalId id, Symbol name);
  Symbol nominalName(NominalId id) const;

 private:
  struct Storage;
  std::unique_ptr<Storage> storage_;
};

}  // namespace kdsl::types
