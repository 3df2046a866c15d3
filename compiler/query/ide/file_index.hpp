#pragma once
// One walk over a checked file that notes what every name in it means and what every place wants: the ground of hover, definition,
// references, semantic tokens, completion and their kin.
#include <cstdint>
#include <vector>

#include "query/ide/facts.hpp"

namespace kdsl::query {

enum class TargetKind : std::uint8_t {
  None,
  Item,         ///< a declaration: file, item
  Local,        ///< of a loop, `let`, lambda or fn: file, local
  Member,       ///< a field of a schema or of the Kubernetes API: nominal (its owner), name
  Kubernetes,   ///< a kind or part of the Kubernetes API: nominal
  Builtin,      ///< a function or method: builtin
  BuiltinType,  ///< `int`, `Quantity`, `Resource`: name
  Constant,     ///< `kubernetes`: name
  File,         ///< the path of an import: file
  Key,          ///< a key that nobody declares: of a map, keyed list or structural record
};

/// What a name means. Equal targets are the same thing, in whatever file they were found.
struct Target {
  TargetKind kind = TargetKind::None;
  FileId file = base::none<FileId>;
  hir::ItemId item = base::none<hir::ItemId>;
  hir::LocalId local = base::none<hir::LocalId>;
  types::NominalId nominal = base::none<types::NominalId>;
  base::Symbol name{};
  std::uint32_t builtin = 0;
  friend bool operator==(const Target&, const Target&) = default;
};

/// A name at a place.
struct Occurrence {
  Span span;
  Target target;
  /// Of the value that the name stands for; types::errorType if that is no value or unknown.
  TypeId type = types::errorType;
  bool declares = false;
  /// A step of a path that an entry sets.
  bool writes = false;
  /// Both the key and the value of `{ name }` stand at this span.
  bool shorthand = false;
};

/// All arrays are indexed by ids of the file's hir::Module; types::errorType where nothing is known.
struct FileIndex {
  /// By begin; at one begin the outer (key) before the inner (value).
  std::vector<Occurrence> occurrences;
  /// By BodyId: what its entries refine, and what `self` is in it.
  std::vector<TypeId> bodyPlaces;
  std::vector<TypeId> bodySelves;
  /// By BodyId: the innermost declaration around it.
  std::vector<hir::ItemId> bodyOwners;
  /// By ExprId: what the place wants of the value there.
  std::vector<TypeId> wants;
  /// By segment: the type of the place that the step leads to, and where it starts.
  std::vector<TypeId> segmentPlaces;
  std::vector<TypeId> segmentOrigins;
};

/// O(size of the file).
FileIndex indexFile(const Facts& facts);

/// The occurrences that the offset touches; a name that contains it hides one that ends at it. One element but for `{ name }`.
std::vector<const Occurrence*> occurrencesAt(const FileIndex& index, std::uint32_t offset);

/// What a type's name leads to.
Target targetOfType(const sema::Program& program, TypeId type);
Target targetOfMember(const types::Member& member);
/// How a target is called where it is declared; empty where that says nothing about how others call it.
std::string_view nameOf(const Facts& facts, const Target& target);
/// The place of a target's name, or no file: of built-in things.
source::Location declarationOf(const sema::Program& program, const Target& target);

}  // namespace kdsl::query
