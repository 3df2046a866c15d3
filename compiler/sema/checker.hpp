#pragma once
// Checks one file: resolves its names, gives every expression a type, and reports what does not fit. Internal to this folder.
//
// Items are typed on demand (`itemType`), so that order does not matter within a file or across files. Where the type of a member is not
// written it is inferred from its value; the bodies inside are put off (`deferred_`) until all types are known, since they may name what is
// being inferred.
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "diag/codes/names.hpp"
#include "diag/codes/types.hpp"
#include "sema/core.hpp"

namespace kdsl::sema {

using diag::Code;
namespace code = diag::code;
using diag::Diagnostic;
using hir::BodyId;
using hir::ExprId;
using hir::ItemId;
using hir::LocalId;
using hir::TypeExprId;
using source::Location;
using source::Span;
using types::Member;
using types::Nominal;
using types::TypeKind;

/// A path of names whose value a test looked at: a root, then field names, as numbers.
using PathKey = std::span<const std::uint32_t>;

/// What is known of a path at some place in the code. Innermost first; lives in the checker's arena.
struct Fact {
  const Fact* up = nullptr;
  const std::uint32_t* path = nullptr;
  std::uint32_t size = 0;
  TypeId type{};
};

/// Where an expression stands.
struct Scope {
  ItemId owner = hir::moduleItem;      // the innermost declaration with a scope: module, component, schema, fn, type, policy, test
  ItemId item = hir::moduleItem;       // the declaration that is checked
  TypeId self = base::none<TypeId>;
  std::uint32_t selfId = 0;            // tells one `self` from another
  TypeId super = base::none<TypeId>;
  const Fact* facts = nullptr;
  bool dead = false;                   // the Kubernetes version rules this branch out: names are resolved, types not checked
  Symbol place{};                      // the name of the place that the innermost braces stand at, and the member that it is or is in
  const Member* placeMember = nullptr;
};

/// What a place wants of the value that is put there.
struct Want {
  TypeId type{};
  Symbol name{};                       // the member, argument or key; empty: nothing to name
  const Member* member = nullptr;      // if the place is one, or an entry or element of one
  bool isElement = false;              // of the list `name`
};

/// Hidden: a param, resource or unsuitable let that cannot be named from here: `item` of `file`.
enum class NameKind : std::uint8_t { None, Hidden, Member, StaticLet, Type, Fn, Builtin, Constant, Module, KubernetesGroup };

/// What a name means at a place.
struct NameTarget {
  NameKind kind = NameKind::None;
  FileId file = base::none<FileId>;
  ItemId item = base::none<ItemId>;
  TypeId type{};                       // Member: of the value; Type
  std::uint32_t builtin = 0;
  std::uint32_t import = 0;            // KubernetesGroup
  const Member* member = nullptr;      // Member
};

/// The place at the end of a path.
struct PathEnd {
  TypeId type{};
  Want want;
  const Member* member = nullptr;
  bool failed = false;                 // reported
  bool isResource = false;             // a resource member, or an entry of one
};

class Checker {
 public:
  Checker(Core& core, FileId file);
  ~Checker();
  Checker(const Checker&) = delete;
  Checker& operator=(const Checker&) = delete;

  FileId file() const { return file_; }
  const hir::Module& hir() const { return m_; }
  const std::vector<ImportTarget>& imports() const { return out_->imports; }
  /// Called once by Core, after the checkers of imported files exist.
  void resolveImports(const std::function<bool(FileId target, std::string& chain)>& open);

  /// Checks everything that is not checked yet. The product.
  const CheckedModulePtr& check();
  bool isChecked() const { return checked_; }
  const CheckedModulePtr& product() const { return product_; }

  // --- files that are checked on demand
  bool isOnDemand() const { return isOnDemand_; }
  /// The inside of this declaration will be evaluated. Of other files than those nothing: they are checked whole.
  void want(ItemId item);
  /// As want(), for a declaration and its members; of a file that is checked on demand.
  void wantInstance(ItemId item);
  /// Checks what is wanted, and what was put off by inferring types; false if there was nothing.
  bool checkWanted();
  std::uint64_t signatureHash();

  // --- declarations (declare.cpp)
  void declareNominal(Symbol path, Nominal& nominal);
  TypeId itemType(ItemId item);
  NominalId nominalOf(ItemId item) const { return out_->nominals[base::index(item)]; }
  /// A declaration of this file by the name under which others see it.
  ItemId findExport(Symbol name) const;
  ItemId itemOfPath(Symbol path) const;
  /// The value of a module's `let` reads no param or resource, directly or not.
  bool isStatic(ItemId let);

 private:
  enum class State : std::uint8_t { None, Running, Done };

  // --- items (check_item.cpp)
  void checkItem(ItemId item);
  void checkMember(ItemId item);
  void checkFn(ItemId item);
  void checkSchema(ItemId item);
  void checkKind(const hir::Item& item, const Nominal& nominal);
  void checkShape(const hir::Shape& shape, TypeId self, ItemId owner);
  void checkAlias(ItemId item);
  void checkBodyOf(ItemId item);
  void checkResourceType(ItemId item, TypeId type, Span at);
  void checkParamType(ItemId item, TypeId type);
  void checkRedeclared(ItemId item);
  void checkImports();
  void checkTypeExprs();
  void checkShapeDefaults();
  void drainDeferred();
  TypeId inferItem(ItemId item);
  Scope scopeOf(ItemId item);
  const Nominal* nominalScope(ItemId owner);
  bool mayHold(TypeId type, bool (*accept)(const Nominal&), int depth = 0);

  // --- declarations (declare.cpp)
  void declareMembers(Nominal& nominal, ItemId item);
  void declareSchema(Nominal& nominal, const hir::Item& item);
  void inheritFrom(Nominal& nominal, NominalId base);
  NominalId resolveBase(ItemId item, TypeId extended);
  TypeId extendedType(ItemId item);
  void beginKind(Nominal& nominal, bool isNamespaced);
  void finishKind(Nominal& nominal);

  // --- names (resolve.cpp)
  NameTarget lookUp(Symbol name, ItemId owner);
  NameTarget instanceMember(Symbol name, ItemId owner);
  NameTarget declaredIn(ItemId owner, Symbol name);
  NameTarget moduleMember(Symbol name);
  NameTarget targetOfItem(ItemId item);
  NameTarget targetOfImport(ItemId item);
  NameTarget exported(FileId file, Symbol name);
  NameTarget groupMember(std::uint32_t import, Symbol name);
  NameTarget lookUpBuiltIn(Symbol name);
  void noteUse(const Scope& scope, const NameTarget& target, Span at);

  // --- messages about names (suggest.cpp)
  void reportHidden(const NameTarget& target, Symbol name, ItemId from, Span at);
  /// `want`: the type of the place, if it is known: the name may be a text without its quotes.
  void reportUnknownName(Symbol name, Span at, const Scope& scope, TypeId want = base::none<TypeId>);
  bool isKnownToSomeVersion(Symbol name);
  void reportUnknownType(Symbol name, Span at, ItemId owner);
  void reportNotExported(FileId file, Symbol name, Span at);
  void reportNotInGroup(std::uint32_t import, Symbol name, Span at);
  void reportNeedsInstance(const NameTarget& target, Symbol module, Symbol name, Span at);
  void suggestImport(Diagnostic& diagnostic, Symbol name, std::optional<Span> inPlaceOf = {});
  bool suggestLibrary(Diagnostic& diagnostic, Symbol name, Span at);
  bool suggestForeign(Diagnostic& diagnostic, Symbol name, Span at);
  bool suggestParam(Diagnostic& diagnostic, const types::Nominal& component, Symbol name, Span at);
  void suggestName(Diagnostic& diagnostic, Symbol name, Span at, std::vector<std::string_view> candidates);
  void collectNames(ItemId owner, bool types, std::vector<std::string_view>& names);

  // --- written types (type_exprs.cpp)
  TypeId resolveType(TypeExprId id, ItemId owner);
  TypeId resolveTypeUncached(TypeExprId id, ItemId owner);
  TypeId resolveQualified(std::uint32_t first, std::uint32_t count, ItemId owner);
  TypeId typeOfTarget(const NameTarget& target, Symbol name, Span at);
  TypeId resolveShape(hir::ShapeId shape, ItemId owner);
  TypeId resolveRefined(const hir::TypeExpr& expr, ItemId owner);
  void addRange(types::TypeNode& node, const hir::Bound& bound);
  void addPattern(types::TypeNode& node, const hir::Bound& bound);
  TypeId aliasType(ItemId item);
  std::string aliasInWords(TypeId type);
  static void openToAnything(types::Nominal& nominal);
  void inheritOrOpen(types::Nominal& nominal, const hir::Item& item, NominalId baseId);
  bool isManifests(const hir::Item& import);
  TypeId foreignKind(const ManifestDocument& document);
  static bool isForeignKind(Symbol path);
  void declareForeignKind(Symbol path, types::Nominal& nominal);
  TypeId manifestsType(std::uint32_t import);

  // --- expressions (check_expr.cpp)
  TypeId tooDeep(ExprId expr, const Scope& scope);
  TypeId infer(ExprId expr, const Scope& scope, TypeId hint = base::none<TypeId>);
  TypeId inferUncached(ExprId id, const hir::Expr& expr, const Scope& scope, TypeId hint);
  TypeId check(ExprId expr, const Want& want, const Scope& scope);
  TypeId checkUncached(ExprId id, const hir::Expr& expr, const Want& want, const Scope& scope);
  void checkCondition(ExprId expr, const Scope& scope);
  TypeId inferName(ExprId id, const hir::Expr& expr, const Scope& scope, TypeId hint);
  TypeId useTarget(ExprId id, const NameTarget& target, Symbol name, Span at, const Scope& scope);
  TypeId localType(LocalId local);
  TypeId inferIf(const hir::Expr& expr, const Scope& scope, const Want* want);
  TypeId inferLet(const hir::Expr& expr, const Scope& scope, const Want* want);
  TypeId inferInterpolation(const hir::Expr& expr, const Scope& scope);
  TypeId checkIs(const hir::Expr& expr, const Scope& scope);
  TypeId join(TypeId a, TypeId b);
  Scope within(const Scope& scope, const Fact* facts) const;

  // --- literals and lists (literals.cpp)
  TypeId checkLiteral(ExprId id, const hir::Expr& expr, const Want& want, const Scope& scope);
  TypeId unitType(const hir::Expr& expr, TypeId hint);
  TypeId inferList(const hir::Expr& expr, const Scope& scope);
  TypeId checkList(ExprId id, const hir::Expr& expr, const Want& want, const Scope& scope);
  void forEachElement(std::uint32_t index, const Scope& scope, int depth, const std::function<void(const hir::Element&, const Scope&)>& visit);
  Scope bindLoop(ExprId collection, LocalId first, LocalId second, ExprId filter, const Scope& scope);
  bool elementTypes(TypeId collection, TypeId& key, TypeId& value);

  // --- postfix chains (check_postfix.cpp)
  struct Link {
    TypeId type{};
    bool skippable = false;  // an earlier `?.` may have skipped it
  };
  TypeId inferChain(ExprId id, const Scope& scope);
  std::size_t beginChain(std::span<const ExprId> spine, Link& link, const Scope& scope);
  Link enterBase(ExprId baseId, Link base, bool quiet, Span at, const Scope& scope);
  Link stepField(ExprId id, Link base, const Scope& scope);
  Link stepIndex(ExprId id, Link base, const Scope& scope);
  TypeId indexed(const hir::Expr& expr, TypeId base, const Scope& scope);
  TypeId indexKeyed(const hir::Expr& expr, TypeId base, const Scope& scope);
  TypeId fieldOf(TypeId base, Symbol name, Span at, const Scope& scope);
  TypeId nominalField(TypeId base, NominalId id, Symbol name, Span at, const Scope& scope);
  bool isLookUp(ExprId id);
  const Member* memberOf(TypeId type, Symbol name);
  TypeId resourceField(Symbol name);
  void reportNoField(TypeId type, Symbol name, Span at, Code code, const Scope* scope);
  NameTarget moduleField(ExprId id, const NameTarget& module);
  Link refine(ExprId id, Link base, const Scope& scope);

  // --- calls (check_call.cpp)
  TypeId callName(ExprId id, const Scope& scope);
  TypeId callTarget(ExprId id, const NameTarget& target, Symbol name, Span nameSpan, const Scope& scope);
  Link callMethod(ExprId call, ExprId field, Link base, const Scope& scope);
  TypeId callFn(ExprId id, FileId file, ItemId item, const Scope& scope);
  TypeId callOnUnion(ExprId call, std::vector<TypeId> branches, Symbol name, const Scope& scope);
  TypeId callBuiltin(ExprId id, std::span<const types::Builtin> overloads, TypeId receiver, const Scope& scope);
  types::Builtin chooseOverload(std::span<const types::Builtin> overloads, std::size_t count, TypeId receiver);
  void checkArgumentsOnly(const hir::Expr& call, const Scope& scope);
  void checkTypeArgument(ExprId id, Symbol variable, std::vector<std::pair<Symbol, TypeId>>& bindings, const Scope& scope);
  std::span<const hir::Argument> argumentsOf(const hir::Expr& call) const { return {m_.arguments.data() + call.b, call.c}; }
  /// One parameter of what is called.
  struct Parameter {
    Symbol name{};
    bool optional = false;
    bool variadic = false;
  };
  /// The arguments of each parameter, in the order written; mismatches are reported.
  std::vector<std::vector<ExprId>> matchArguments(const hir::Expr& call, std::string_view callee, std::span<const Parameter> parameters, const Scope& scope);
  using Bindings = std::vector<std::pair<Symbol, TypeId>>;
  bool unify(TypeId pattern, TypeId actual, Bindings& bindings, int depth = 0);
  bool isBounded(std::string_view variable, TypeId type);
  bool bindVariable(Symbol variable, TypeId actual, Bindings& bindings);
  TypeId substitute(TypeId pattern, const Bindings& bindings, int depth = 0);
  bool isOpenPattern(TypeId type, const Bindings& bindings, int depth = 0);
  void checkBuiltinArgument(ExprId argument, const types::BuiltinParameter& parameter, Bindings& bindings, const Scope& scope);
  void checkLambda(ExprId id, TypeId function, Symbol parameter, Bindings& bindings, const Scope& scope);
  types::Receiver receiverOf(TypeId type);
  TypeId fnParameterType(ItemId fn, std::uint32_t index);

  // --- operators (check_operators.cpp)
  TypeId inferBinary(ExprId id, const Scope& scope, TypeId hint);
  TypeId combine(const hir::Expr& expr, TypeId left, const Scope& scope, TypeId hint);
  TypeId arithmetic(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope);
  TypeId compareOrdered(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope);
  TypeId compareEqual(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope);
  TypeId membership(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope);
  TypeId negate(const hir::Expr& expr, const Scope& scope, TypeId hint);
  TypeId reportOperator(const hir::Expr& expr, TypeId left, TypeId right, const Scope& scope);

  // --- narrowing (narrow.cpp)
  bool pathOf(ExprId expr, const Scope& scope, std::vector<std::uint32_t>& path) const;
  TypeId narrowed(ExprId expr, TypeId type, const Scope& scope) const;
  const Fact* addFact(const Fact* up, PathKey path, TypeId type);
  /// What is known where `expr` is true (or false), on top of the scope's facts.
  const Fact* assume(ExprId expr, bool holds, const Scope& scope);
  const Fact* assumePresent(ExprId expr, const Scope& scope, const Fact* facts);
  const Fact* assumeType(ExprId expr, TypeId type, const Scope& scope, const Fact* facts);
  TypeId intersect(TypeId type, TypeId pattern);
  TypeId subtract(TypeId type, TypeId pattern);
  bool isWithin(TypeId type, TypeId pattern);
  std::vector<TypeId> partsOf(TypeId type);
  /// The value of a condition that reads nothing but `kubernetes`.
  std::optional<bool> constantCondition(ExprId expr, int depth = 0);
  std::optional<std::int64_t> constantInt(ExprId expr);

  // --- match (match.cpp)
  TypeId inferMatch(const hir::Expr& expr, const Scope& scope, const Want* want);

  // --- bodies (check_body.cpp)
  void checkBody(BodyId body, TypeId target, const Scope& scope);
  void checkEntry(const hir::Entry& entry, TypeId target, const Scope& scope);
  void checkIfEntry(const hir::Entry& entry, TypeId target, const Scope& scope);
  void checkEach(const hir::Entry& entry, TypeId target, const Scope& scope);
  void checkSpread(ExprId value, TypeId target, const Scope& scope);
  void checkCheck(const hir::Entry& entry, const Scope& scope);
  void bindLets(BodyId body, const Scope& scope);
  TypeId checkRecord(ExprId id, const hir::Expr& expr, const Want& want, const Scope& scope);
  TypeId recordBranch(BodyId body, TypeId type);
  bool hasField(TypeId type, Symbol name);

  // --- entries that set, and their paths (check_path.cpp)
  void checkSet(const hir::Entry& entry, TypeId target, const Scope& scope);
  void checkVerb(const hir::Entry& entry, const PathEnd& end, const Scope& scope);
  PathEnd walkPath(const hir::Entry& entry, TypeId target, const Scope& scope);
  PathEnd stepName(const PathEnd& from, Symbol name, Span at, bool isLast, const Scope& scope);
  PathEnd stepMember(const PathEnd& from, NominalId id, Symbol name, Span at, bool isLast, const Scope& scope);
  PathEnd stepKeys(const PathEnd& from, const hir::Segment& segment, const Scope& scope);
  void checkKeyText(Symbol key, TypeId keyType, Symbol place, Span at, const Scope& scope);
  void reportThroughRef(const PathEnd& from, Span at, const Scope& scope);

  // --- what one body may set together (body_rules.cpp)
  void checkOneOfs(BodyId body, TypeId target, const Scope& scope);

  // --- record literals without a type (infer_record.cpp)
  struct Shape;
  TypeId inferRecord(BodyId body, const Scope& scope);
  void inferEntries(BodyId body, const Scope& scope, bool conditional, Shape& shape);
  void inferSet(const hir::Entry& entry, const Scope& scope, bool conditional, Shape& shape);
  void inferSpread(ExprId value, const Scope& scope, bool conditional, Shape& shape);
  TypeId typeOfShape(const Shape& shape);

  // --- what may stand below a place (occurs.cpp)
  bool canOccurBelow(TypeId wanted, TypeId place);
  bool reaches(TypeId from, TypeId wanted, std::vector<NominalId>& visited, int depth);

  // --- fitting (fit.cpp)
  /// Reports unless a value of `from` fits; the type that it then has.
  TypeId fit(ExprId expr, TypeId from, const Want& want, const Scope& scope);
  bool fitsReference(TypeId from, const Want& want);
  void reportMismatch(ExprId expr, TypeId from, const Want& want, const Scope& scope);
  std::string describeWant(TypeId type);
  std::string describeValue(ExprId expr, TypeId type);
  std::string describeType(TypeId type);
  void explainMismatch(Diagnostic& diagnostic, TypeId from, TypeId to);
  std::string nameOfWant(const Want& want);
  void suggestValue(Diagnostic& diagnostic, ExprId expr, TypeId from, TypeId want);
  void suggestLiteral(Diagnostic& diagnostic, std::string_view text, TypeId want, Span at);

  // --- reporting
  Diagnostic& report(Code code, Span at, std::vector<std::string> arguments, const Scope* scope = nullptr);
  Location at(Span span) const { return {file_, span}; }
  std::string print(TypeId type) const { return core_.types.print(type); }
  /// Marks a member's declaration in a message.
  void showDeclared(Diagnostic& diagnostic, const Member* member, std::string text);
  void showDeclared(Diagnostic& diagnostic, const Member* member);
  void setType(ExprId expr, TypeId type) { out_->exprTypes[base::index(expr)] = type; }
  TypeId typeOf(ExprId expr) const { return out_->exprTypes[base::index(expr)]; }
  Resolution& resolution(ExprId expr) { return out_->resolutions[base::index(expr)]; }
  types::TypeTable& types() { return core_.types; }
  const types::TypeNode& node(TypeId type) const { return core_.types[type]; }
  TypeKind kindOf(TypeId type) const { return core_.types.kind(type); }
  /// Looks through `?`, `where` and Sensitive.
  TypeKind look(TypeId type) const { return core_.types.kind(core_.types.underlying(type)); }

  void findRecursion();
  void takeExpectedFailures(std::vector<Diagnostic>& diagnostics);

  struct Deferred {
    BodyId body;
    TypeId target;
    Scope scope;
  };
  struct Use {
    ItemId from;
    ItemId to;
    Span at;
  };

  Core& core_;
  FileId file_;
  hir::ModulePtr hir_;
  const hir::Module& m_;
  std::shared_ptr<CheckedModule> out_;
  CheckedModulePtr product_;
  diag::Sink sink_;
  Diagnostic muted_;
  base::Arena arena_;

  std::unordered_map<Symbol, ItemId> names_;       // children of the module
  std::unordered_map<Symbol, ItemId> nominalItems_;  // by path
  std::unordered_map<Symbol, NameTarget> builtInNames_;
  std::vector<State> itemStates_;
  std::vector<State> typeStates_;
  std::vector<State> localStates_;
  std::vector<Scope> letScopes_;                   // by LocalId, of lets of bodies
  std::vector<State> staticStates_;
  std::vector<bool> isStatic_;
  std::vector<bool> itemChecked_;
  std::vector<bool> valueChecked_;
  std::vector<bool> importUsed_;
  std::vector<bool> shapeChecked_;                 // those of schemas are checked with these
  std::deque<Deferred> deferred_;
  std::vector<Use> uses_;
  std::vector<ExprId> failCalls_;                  // of `fails`
  int inferring_ = 0;
  /// Looking for near names is slow: in a file that is wrong all over, the first messages have them.
  std::uint32_t suggestionsLeft_ = 100;
  std::uint32_t nextSelfId_ = 1;
  int depth_ = 0;
  bool isTooDeep_ = false;     // and that is told
  std::vector<ItemId> wanted_;
  bool hasNewShapes_ = false;  // resolved since checkShapeDefaults()
  bool isOnDemand_ = false;
  bool checking_ = false;
  bool checked_ = false;
};

}  // namespace kdsl::sema
