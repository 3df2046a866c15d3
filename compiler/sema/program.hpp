#pragma once
// What checking makes of the files of a build, and all that evaluation and the editor read of it.
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "diag/diagnostic.hpp"
#include "hir/module.hpp"
#include "kubernetes/schema.hpp"
#include "types/table.hpp"

namespace kdsl::sema {

using base::Symbol;
using source::FileId;
using types::NominalId;
using types::TypeId;

/// What a name in an expression means. (Locals are resolved by lowering and have none.)
enum class ResolutionKind : std::uint8_t {
  None,       // not a name, or unresolved and reported
  Member,     // a member of the innermost enclosing module, component, policy or test: late-bound, through the instance
  StaticLet,  // a `let` of module `file` that reads no param or resource: `item`
  Type,       // a schema, kind, part, component or module used as a value to refine: `type`
  Fn,         // `file`, `item`
  Builtin,    // index into the table of built-in functions
  Constant,   // `kubernetes`
};

struct Resolution {
  ResolutionKind kind = ResolutionKind::None;
  FileId file = base::none<FileId>;
  hir::ItemId item = base::none<hir::ItemId>;
  TypeId type{};              // Type
  std::uint32_t builtin = 0;  // Builtin
};

/// How an import of one file was resolved: a module, or data.
struct ImportTarget {
  FileId file = base::none<FileId>;  // none: not found (reported)
  bool isData = false;
  bool isManifests = false;          // data that is imported `as v: Manifests`
  bool isKubernetes = false;         // `k8s/apps/v1`
  std::string group, version;        // isKubernetes
};

/// One file, checked. All vectors are indexed by the ids of `*hir`.
struct CheckedModule {
  hir::ModulePtr hir;
  std::vector<ImportTarget> imports;      // by index into hir->imports
  std::vector<Resolution> resolutions;    // by ExprId: of Name, of Field on a module alias (`app.WebService`), of Call: the function or method
  std::vector<TypeId> exprTypes;          // by ExprId; a Unit literal's says Quantity, Duration or Seconds
  std::vector<TypeId> typeExprs;          // by TypeExprId
  std::vector<TypeId> localTypes;         // by LocalId
  std::vector<TypeId> itemTypes;          // by ItemId: of a member its type, of a Fn its result; of Schema, Component, Module, Policy, Test: the nominal itself; of TypeAlias: the type
  std::vector<NominalId> nominals;        // by ItemId: of Module, Component, Schema, Policy, Test
  std::vector<diag::Diagnostic> diagnostics;
  /// The one error that checking found in the first argument of a call of `fails`, by the call's ExprId: it is what the test expects, and is not
  /// among `diagnostics`.
  std::unordered_map<std::uint32_t, diag::Diagnostic> expectedFailures;
};

using CheckedModulePtr = std::shared_ptr<const CheckedModule>;

/// The checked files of one or more roots with their types. Immutable to its readers, except that kinds of Kubernetes are
/// materialised when first asked for (internally locked).
class Program {
 public:
  virtual ~Program() = default;
  virtual const CheckedModule& module(FileId file) const = 0;
  virtual const types::TypeTable& types() const = 0;
  /// For types that only evaluation comes to know.
  virtual types::TypeTable& types() = 0;
  virtual const types::Nominal& nominal(NominalId id) const = 0;
  virtual const kubernetes::SchemaPack& schema() const = 0;
};

}  // namespace kdsl::sema
