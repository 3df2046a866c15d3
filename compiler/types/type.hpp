#pragma once
// Types are interned: equal types have the equal TypeId, so they compare as integers.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/symbol.hpp"
#include "hir/ids.hpp"
#include "kubernetes/schema.hpp"
#include "source/span.hpp"

namespace kdsl::types {

using base::Symbol;

enum class TypeId : std::uint32_t {};
enum class NominalId : std::uint32_t {};

enum class TypeKind : std::uint8_t {
  Error,     // something is wrong and was reported; fits everything, silently
  Any,       // dynamic: checked where it meets a typed place
  Never,     // no value: the element of `[]`, an arm that cannot be reached
  Null,
  Absent,    // the type of `absent`
  Bool,
  Int,       // with bounds()
  Float,     // with bounds()
  String,    // with bounds(): length, patterns
  Quantity,  // with bounds()
  Duration,  // with bounds()
  Seconds,   // an int that takes a whole Duration
  BoolLiteral,    // value()
  IntLiteral,
  FloatLiteral,
  StringLiteral,  // symbol()
  Optional,  // element(): T, or absent. Never nested
  List,      // element(), bounds(): number of elements
  Keyed,     // element(), keys()
  Set,       // element()
  Map,       // key(), element()
  Record,    // fields(): a structural record; open if it has element()
  Nominal,   // nominal(): schema, kind, part, component or module
  Ref,       // element(): a Nominal
  Union,     // members(): no Optional, no Union inside; two or more
  Where,     // element() with a predicate written in kdsl: alias item
  AnyResource,  // `Resource`: every kind
  AnyNamespaced,  // `Namespaced`
  Sensitive, // element(); a string that is never printed
  Function,  // of a lambda argument: members() parameters, element() result
  Parameter, // a type variable in the signature of a built-in: symbol()
};

/// Inclusive limits of numbers, lengths or counts; and the patterns that text must match as a whole.
struct Bounds {
  std::optional<double> lowNumber, highNumber;      // Float
  std::optional<std::int64_t> low, high;            // Int, String (length), List (count)
  Symbol lowUnit{}, highUnit{};                     // Quantity, Duration: as written
  std::vector<Symbol> patterns;
  friend bool operator==(const Bounds&, const Bounds&) = default;
  bool empty() const { return *this == Bounds{}; }
};

/// Field of a structural record.
struct RecordField {
  Symbol name{};
  TypeId type{};
  source::FileId file = base::none<source::FileId>;  // of `value`
  hir::ExprId value = base::none<hir::ExprId>;       // its default; none: it has none
  bool hasDefault() const { return base::valid(value); }
  friend bool operator==(const RecordField&, const RecordField&) = default;
};

/// Where an alias, a predicate or a nominal type is declared.
struct Declaration {
  source::FileId file = base::none<source::FileId>;
  hir::ItemId item = base::none<hir::ItemId>;
  friend bool operator==(const Declaration&, const Declaration&) = default;
};

// --- nominal types --------------------------------------------------------------------------------------------------

enum class NominalKind : std::uint8_t { Schema, KubernetesKind, KubernetesPart, Component, Module, Policy, Test };
/// Of the schema pack.
constexpr bool isOfApi(NominalKind kind) { return kind == NominalKind::KubernetesKind || kind == NominalKind::KubernetesPart; }
enum class MemberKind : std::uint8_t { Field, Param, Let, Resource, External };

/// One member of a nominal type.
struct Member {
  Symbol name{};
  MemberKind kind = MemberKind::Field;
  TypeId type{};
  NominalId owner{};               // the nominal that declares it (an ancestor, for inherited ones)
  source::Location declared;       // its name; no file for Kubernetes fields
  hir::ItemId item = base::none<hir::ItemId>;    // Param, Let, Resource, External: its item in owner's file
  hir::ExprId value = base::none<hir::ExprId>;   // default or value, in owner's file
  std::uint32_t field = 0;         // Field of a schema: index in hir::Module::fields; of Kubernetes: index in Definition::fields()
  std::uint16_t oneof = 0;         // 1-based group in Nominal::oneofs
  /// Must be set: not optional, no default. Of Kubernetes, what the server fills in counts as a default, and so do the values that Go's API types
  /// have when unset: lists and maps read as empty, `metadata` and `spec` as a record without entries.
  bool required = false;
  bool isReadDefault = false;      // `?? v`: `value` is read while nothing sets it, and never written
  bool isPrivate = false;
  bool isDeprecated = false;
  bool serverOnly = false;         // only the cluster writes it
  bool immutable = false;
  bool atomicList = false;         // Kubernetes list without keys
  Symbol deprecated{};
  Symbol doc{};
};

struct OneOfGroup {
  bool required = false;
  std::vector<Symbol> members;
  Symbol discriminator{};                                 // empty: none
  std::vector<std::pair<Symbol, Symbol>> cases;           // discriminator value → member (empty symbol: no member)
};

/// All that is known of a nominal type. Immutable once published.
struct Nominal {
  NominalId id{};
  NominalKind kind = NominalKind::Schema;
  Symbol name{};                          // as a user writes it: `Deployment`, `WebService`; a module's is its file's stem
  Declaration declaration;                // schema, component, module, policy, test
  kubernetes::DefId definition{};         // Kubernetes
  NominalId base = base::none<NominalId>; // `extends`
  std::vector<Member> members;            // inherited ones first, in declaration order; at most one of a name
  std::vector<OneOfGroup> oneofs;
  TypeId openKey{}, openValue{};          // `[K]: T`; valid if isOpen
  bool isOpen = false;
  bool isNamespaced = false;               // a kind whose objects live in a namespace
  /// What identifies the objects of a kind: one of the Kubernetes API, or one that a file declares, which is a schema that extends `Namespaced` or
  /// `Resource`. Empty for all other types.
  Symbol apiVersion{}, kindName{};
  Symbol doc{};

  bool isKind() const { return kindName != Symbol{}; }
  /// Of `apiVersion`: the part before the slash, empty for core; and the part behind it.
  std::string_view apiGroup() const;
  std::string_view apiGroupVersion() const;

  /// O(1) expected; nullptr if there is none.
  const Member* find(Symbol name) const;
  /// To be called once, when members are complete.
  void buildIndex();

 private:
  std::vector<std::uint32_t> index_;  // open addressing: position + 1, 0 is empty
};

}  // namespace kdsl::types
