#pragma once
// Lazy evaluation by layers: the algorithm of docs/internals/evaluation.md. One Evaluator serves one root on one thread.
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/arena.hpp"
#include "base/hash.hpp"
#include "diag/diagnostic.hpp"
#include "eval/body_info.hpp"
#include "eval/coverage.hpp"
#include "eval/inputs.hpp"
#include "eval/limits.hpp"
#include "eval/place.hpp"
#include "eval/targets.hpp"
#include "sema/program.hpp"
#include "types/builtins.hpp"

namespace kdsl::eval {

/// How a place's values look, by its static type.
enum class Form : std::uint8_t { Scalar, List, Set, Record, Keyed, Reference, Dynamic };

/// What to do when a value is not there.
enum class Missing : std::uint8_t { Report, Tolerate };

/// Whether defaults of components and schemas count among the settings that decided something.
enum class Defaults : std::uint8_t { Skip, Count };

/// A policy with the instance of its file that its names refer to.
struct Policy {
  source::FileId file{};
  hir::ItemId item{};
  Place* members = nullptr;
  bool warnsOnly = false;  // its failed checks are warnings
  bool inFails = false;    // only for values that are given to `fails`
};

/// A `waive` that lifted a check.
struct Waiver {
  source::Location at;     // the entry
  std::string name;        // as written: of a check, or of a policy and its check
  std::string reason;
  std::vector<std::string> lifted;  // paths of the values whose check would have failed
};

class Evaluator {
 public:
  /// `program` and `inputs` must outlive the evaluator; diagnostics go to `sink`.
  Evaluator(sema::Program& program, const Inputs& inputs, diag::Sink& sink, Limits limits = {});
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// While it lives, diagnostics go to another sink.
  class Redirected {
   public:
    Redirected(Evaluator& evaluator, diag::Sink& sink) : evaluator_(evaluator), outer_(evaluator.sink_) { evaluator.sink_ = &sink; }
    ~Redirected() { evaluator_.sink_ = outer_; }
    Redirected(const Redirected&) = delete;
    Redirected& operator=(const Redirected&) = delete;

   private:
    Evaluator& evaluator_;
    diag::Sink* outer_;
  };

  // --- instances
  /// The instance of a file that is built: params from the inputs are its outermost layer.
  Place* root(source::FileId file);
  /// The instance of a file with nothing set: where its static lets live.
  Place* staticModule(source::FileId file);
  /// The instance of a file with these params set.
  Place* rootWith(source::FileId file, std::span<const Parameter> parameters);
  /// The instance of a test: its file with the test's entries on top.
  Place* test(source::FileId file, hir::ItemId item);
  /// What the names in a policy mean: an instance of the policy's file, refined as `root` is, whose type derives from that file.
  Place* policyInstance(source::FileId file, hir::ItemId item, Place* root);
  /// Puts the entries of a file on top of an instance that is not folded yet; their names are members of `members`.
  void layOn(Place* place, source::FileId file, Place* members);

  // --- places (places.cpp, step.cpp, fold.cpp)
  /// The child of a record-like place; made when first asked for. Never null. A row of a keyed list is found by its key's text;
  /// nullptr for a row that does not exist.
  Place* child(Place* place, Symbol key);
  /// Folds the contributions into layers. Once; cycles are reported and give no layers.
  Record& fold(Place* place);
  /// The keys that some layer mentions, in the order of layers and entries. Not all of them need exist.
  std::span<const Symbol> keys(Place* place);
  /// Rows of a keyed list in order.
  std::span<const Child> rows(Place* place);
  bool exists(Place* place);
  /// The value, or Absent if nothing sets it. Reports what is wrong with it, once.
  Value force(Place* place);
  /// The value as an expression sees it: with the defaults that are only read; an unset required value is an error at `at`.
  Value read(Place* place, source::Location at, Missing missing = Missing::Report);
  /// The server's default of an unset Kubernetes field, Absent if there is none.
  Value serverDefault(const Place* place);
  Value readDefault(const Place* place);
  Value emptyOf(Place* place);

  // --- expressions (expr.cpp)
  Value eval(const Env& env, hir::ExprId expr, Missing missing = Missing::Report);
  Value apply(const Lambda& lambda, std::span<const Value> arguments);
  /// A fresh place holding one value or expression.
  Place* anonymous(TypeId type, const Contribution& contribution);
  Place* table(std::span<const TableEntry> entries, TypeId type);

  // --- values (values.cpp)
  bool equal(Value a, Value b);
  int compare(Value a, Value b);
  bool hasType(Value value, TypeId type);
  /// Text of a value inside `"${…}"`.
  Value interpolate(Value value, source::Location at);
  /// Short text of a value for a message. Never prints Sensitive ones or the data of a Secret.
  std::string describe(Value value);
  /// The same, of a value of this type.
  std::string describe(Value value, TypeId type);
  /// Whether a hidden text is in what has been computed of a value.
  bool holdsHidden(Value value, int depth = 0);
  /// The objects that a value is or makes.
  std::vector<Value> resourcesOf(Value value);
  /// All of a value, forced. False if an error is inside.
  bool forceDeep(Value value);
  Value fromData(const codec::Data& data, source::FileId file);

  // --- checks (checks.cpp)
  /// Runs the checks of an instance, once.
  void runChecks(Place* place);
  /// Runs the checks in the body of one layer of an instance.
  void runChecksIn(Place* place, const Layer& layer) { runChecksOf(place, layer.bodyId, layer.scope, layer.guard); }
  /// The policies that `fails`, and `checkPolicies` without others, hold values against from now on.
  void setPolicies(std::vector<Policy> policies) { policies_ = std::move(policies); }
  /// Holds all that is built below `value` against the policies. In them, `all(T)` looks through `value`.
  void checkPolicies(Value value, bool inFails = false);
  /// The same with these policies alone.
  void checkPolicies(Value value, std::span<const Policy> policies);
  /// What `target` asks; without it there are no targets. Must outlive the evaluator.
  void provide(Targets* targets) { targets_ = targets; }
  /// The waivers that lifted a check so far, in the order in which they first did.
  const std::vector<Waiver>& waivers() const { return waivers_; }
  std::uint64_t checksRun() const { return checksRun_; }
  /// Notes from now on what evaluation reaches; nullptr: no longer.
  void measure(Coverage* coverage) { coverage_ = coverage; }
  /// `each` clauses of the build's files that came to nothing, in no order.
  std::vector<source::Location> idleEaches() const;

  /// Fields and params that the type of an instance requires; reports those that nothing sets, in one message.
  bool checkRequired(Place* place, Record& record);

  // --- shared
  base::Arena& arena() { return arena_; }
  sema::Program& program() { return program_; }
  const Inputs& inputs() const { return inputs_; }
  types::TypeTable& types() { return program_.types(); }
  const types::TypeTable& types() const { return program_.types(); }
  /// Where diagnostics go at the moment: those of what `fails` makes go elsewhere.
  diag::Sink& sink() { return *sink_; }
  /// False if it was asked before: for what is wrong at one line however often that is replayed.
  bool isNews(diag::Code code, source::Location at) { return reportedOnce_.insert(base::combine(static_cast<std::uint64_t>(code), (std::uint64_t{base::index(at.file)} << 32) | at.span.begin)).second; }
  diag::Diagnostic& report(diag::Code code, source::Location at, std::vector<std::string> arguments = {});
  /// Counts work; false when the budget is used up: reported at the value that was being computed, or at `at` if none has a name.
  bool spend(std::uint64_t steps, const Place* place = nullptr, source::Location at = {});
  /// Whether so many bytes more stay within the budget of memory (reported if not): asked before a large text or list is made.
  bool hasRoom(std::size_t bytes);
  bool exhausted() const { return exhausted_; }
  std::uint64_t steps() const { return steps_; }
  /// `web.deployment.spec.replicas`; the name of its type if the value has no name.
  std::string pathOf(const Place* place) const;
  /// The strongest setting of a place.
  source::Location whereSet(const Place* place) const;
  source::Location madeAt(const Place* place) const;
  /// The same, of the innermost value around it that is made in a file of those who build; its own place if there is none.
  source::Location madeByUserAt(const Place* place) const;
  /// Where the value of a place stands in the source, through the names that pass it on.
  source::Location writtenAt(Place* place);
  source::Location keyLocation(const Contribution& contribution) const;
  source::Location locationOf(const Scope* scope, source::Span span) const { return {scope->module->hir->file, span}; }
  const types::Nominal* nominalOf(TypeId type);
  Form form(TypeId type);
  bool derivesFrom(NominalId type, NominalId base);
  Value makeList(std::span<const Value> items, std::span<const source::Location> origins);
  std::vector<Value> itemsOf(Value listLike);
  /// The text by which a value is a key.
  Symbol keyOf(Value value);
  static std::string printable(Symbol key);
  /// Not a `let`: those belong to no value.
  bool isData(const Place* place) const;
  /// Scalars, lists and structural records: values whose inside belongs to who holds them.
  bool isPlainData(Value value);

 private:
  friend class Folder;
  friend class PolicyRun;
  friend class KeyedBuilder;
  friend class Frame;
  friend class ProvenanceReader;
  friend class PathWalk;

  // place.cpp
  Place* makePlace(Place* parent, Symbol key, TypeId type);
  Value forceUncached(Place* place);
  Value leaf(Place* place, std::uint32_t count);
  Value leafSet(Place* place, std::uint32_t count);
  Value dynamic(Place* place, std::uint32_t count);
  Value valueBelow(Place* place, std::uint32_t count);
  Value evalContribution(Place* place, std::uint32_t index);
  bool decideExistence(Place* place, std::uint32_t count);
  bool mayBeAbsent(const Contribution& contribution);
  bool isAbsentValue(Place* place, std::uint32_t index);
  static bool isDropped(const Place* place, std::uint32_t index);
  void checkStrict(Place* place);
  void checkFinals(Place* place);
  void push(Place* into, const Contribution& contribution);
  bool enter(const Place* place);
  void leave() { running_.pop_back(); }

  // cycles.cpp
  Value cycle(Place* place);
  void cycle(const Guard& guard);
  void reportRing(const Place* asked, std::size_t began);

  // instances.cpp
  void layBody(Place* place, const CheckedModule& module, hir::BodyId body, Place* members);

  // guards.cpp
  bool held(const Guard* guard);
  const Guard* addGuard(const Guard* up, hir::ExprId condition, bool negated, const Scope* scope);
  const Guard* addExistenceGuard(const Guard* up, Place* place, std::uint32_t count);
  bool eachMatches(Place* place, const Contribution& each);
  bool mayBeNamed(const CheckedModule& module, const hir::Entry& each, TypeId declared);
  bool eachNames(const CheckedModule& module, const hir::Entry& each, TypeId actual);
  const Guard* eachGuard(Place* place, const Contribution& each);

  // fold.cpp
  const Scope* rebind(const Scope* scope, Place* from, Place* to);
  const Guard* rebind(const Guard* guard, Place* from, Place* to);
  const Guard* chain(const Guard* outer, const Guard* inner);

  // step.cpp
  void collect(Place* place, Record& record, Symbol key, Place* into);
  void stepLayer(Record& record, const Layer& layer, Symbol key, Place* into);
  void addFieldDefault(const Record& record, Symbol key, Place* into);
  void addShadowedDeclaration(const Layer& layer, Symbol key, Place* into);
  void stepBody(const Layer& layer, hir::BodyId body, const Scope* scope, const Guard* guard, Symbol key, Place* into);
  void addFromPath(const Layer& layer, const hir::Entry& entry, std::uint32_t segment, const Scope* scope, const Guard* guard, Place* into);
  void stepLoop(const Layer& layer, const hir::Entry& entry, const Scope* scope, const Guard* guard, Symbol key, Place* into);
  static bool mayHaveKey(const CheckedModule& module, hir::BodyId body, Symbol key);
  void collectKeys(const Layer& layer, hir::BodyId body, const Scope* scope, std::vector<Symbol>& out);
  /// The key that a segment names or computes; the parts of a key of several fields are joined by keySeparator. False if it failed.
  bool segmentKey(const Scope* scope, const hir::Segment& segment, Symbol& key);
  const Scope* bodyScope(const Scope* written, hir::BodyId body);
  std::span<const Scope* const> iterations(const Scope* scope, hir::BodyId body, const hir::Entry& entry);
  TypeId childType(Record& record, Symbol key, const types::Member*& member);
  void addRow(Record& record, Place* row);
  const BodyInfo& bodyInfo(const CheckedModule& module, hir::BodyId body);

  // oneof.cpp
  std::uint32_t oneOfFloor(Place* place, Record& record, const types::Member& member);
  OneOfState& resolveOneOf(Place* place, Record& record, std::uint32_t group);

  // keyed.cpp
  void buildRows(Place* place, Record& record);

  // expr.cpp
  using ElementVisitor = std::function<bool(const Env& env, hir::ExprId item, Value value)>;
  Value interpolation(const Env& env, const hir::Expr& expr);
  Value local(const Env& env, const hir::Expr& expr, Missing missing);
  Value name(const Env& env, hir::ExprId id, Missing missing);
  Value resolved(const Env& env, const sema::Resolution& resolution, Symbol name, TypeId type, source::Location at, Missing missing);
  Value kubernetesConstant(TypeId type);
  Value importedData(source::FileId file, std::uint32_t import, TypeId type);
  Value field(const Env& env, hir::ExprId id, Missing missing);
  Value present(const Env& env, hir::ExprId id);
  Value skipped(const Env& env, const hir::Expr& expr, source::Location at, Missing missing);
  Value member(Value base, Symbol key, source::Location at, Missing missing);
  bool isDeclaredField(const Record& record, Symbol key);
  Value noKey(Place* place, Symbol key, source::Location at);
  Value indexed(const Env& env, hir::ExprId id, Missing missing);
  /// The only row whose key begins so; `several` rows are reported.
  Place* rowByLeadingKey(Place* place, Symbol key, source::Location at, bool& several);
  Value call(const Env& env, hir::ExprId id, Missing missing);
  Value callFn(const Env& env, hir::ExprId id, const sema::Resolution& resolution);
  types::Receiver receiverOf(Value value);
  types::Builtin methodOf(Value receiver, std::string_view name);
  bool isBroken(Value value);
  Value embedded(const CheckedModule& module, hir::ExprId call, bool folder, source::Location at);
  bool forEach(const Env& env, hir::ExprId collection, hir::ExprId filter, hir::LocalId first, hir::LocalId second, const std::function<bool(const Locals*)>& visit);
  bool forElements(const Env& env, std::uint32_t first, std::uint32_t count, const ElementVisitor& visit);
  bool forElement(const Env& env, std::uint32_t position, const ElementVisitor& visit);
  Value unitLiteral(std::string_view text, TypeId type, source::Location at);
  Value badLiteral(std::string_view text, source::Location at);
  Value wholeSeconds(units::Duration duration, source::Location at);

  // special.cpp
  Value allOf(const Env& env, hir::ExprId id);
  Value fails(const Env& env, hir::ExprId id);
  Value target(const Env& env, hir::ExprId id);
  void collectResources(Value value, TypeId wanted, std::vector<Value>& out, int depth);

  // operators.cpp
  Value binary(const Env& env, hir::ExprId id, Missing missing);
  Value negate(Value value, source::Location at);
  Value operate(hir::BinaryOp op, Value a, Value b, source::Location at);
  Value arithmetic(hir::BinaryOp op, Value a, Value b, source::Location at);
  Value quantityArithmetic(hir::BinaryOp op, Value a, Value b, source::Location at);
  Value durationArithmetic(hir::BinaryOp op, Value a, Value b, source::Location at);
  Value contains(Value collection, Value wanted, source::Location at);
  Value overflow(hir::BinaryOp op, Value a, Value b, source::Location at);
  Value unitFault(units::Fault fault, hir::BinaryOp op, Value a, Value b, source::Location at);
  Value wrongOperand(Value value, std::string_view wanted, source::Location at);

  // coerce.cpp
  Value coerce(Value value, TypeId type, source::Location at, Place* place);
  Value unitOfText(Value value, TypeId type);
  Value coerceToUnion(Value value, TypeId type, source::Location at, Place* place);
  Value coerceToList(Value value, TypeId type, source::Location at, Place* place);
  Value coerceToRecord(Value value, TypeId type, source::Location at, const Place* place);
  Value mismatch(Value value, TypeId type, source::Location at, const Place* place = nullptr);
  bool checkBounds(Value value, TypeId type, source::Location at, const Place* place);
  bool checkWhere(Value value, TypeId type, source::Location at, const Place* place);
  Value nameReference(Value value, TypeId type);

  // kubernetes_rules.cpp
  bool checkKubernetesRules(Place* place, Record& record);
  bool checkExclusion(Place* place, const kubernetes::OneOfGroup& group);
  bool checkWholeBytes(Place* place);
  Place* named(const Env& env, hir::ExprId id);

  // checks.cpp
  void runChecksOf(Place* place, hir::BodyId body, const Scope* scope, const Guard* guard);
  void runCheck(Place* place, const hir::Entry& entry, const Scope* scope);
  std::vector<source::Location> settingsToMend(const Place* place, const hir::Entry& entry, const Scope* scope);
  /// The settings of those who build that decided a condition; see ProvenanceReader.
  std::vector<source::Location> causesOf(const Env& env, hir::ExprId condition, Defaults defaults = Defaults::Skip);
  bool checkHolds(const hir::Entry& entry, const Scope* scope);
  void noteSet(const Place* place);
  void noteBranch(const Env& env, hir::ExprId branch);
  std::string messageOf(const hir::Entry& entry, const Scope* scope);
  std::vector<std::string> partsOf(const Env& env, hir::ExprId condition);
  std::string sourceText(source::Location at) const;
  bool waived(const Place* place, std::initializer_list<Symbol> names);
  bool waivedIn(const Place* place, hir::BodyId body, const Scope* scope, const Guard* guard, std::initializer_list<Symbol> names);
  bool takeWaiver(const Place* lifted, const hir::Entry& entry, const Scope* scope);

  // messages.cpp
  void describeInto(std::string& out, Value value, int depth);
  bool isSensitive(TypeId type) const;
  Value hide(Value text);
  void reportExhausted(diag::Code code, const Place* place, std::string limit, source::Location at = {});
  void reportSetTwice(Place* place, std::uint32_t winner);
  void reportNotMade(Place* place, const Contribution& contribution);
  void reportNoEntry(Place* place, source::Location at);
  void reportUnset(Place* place, source::Location at);
  void reportMissingParams(const Place* root, std::span<const types::Member* const> missing, const std::string& names);
  std::string nameOfType(const Place* place) const;
  /// "`web.replicas`"; "this" without a place.
  std::string quotedPath(const Place* place) const;

  // parameters.cpp
  void addParameters(Place* root, std::span<const Parameter> parameters);
  Value parameterValue(std::string_view text, TypeId type);

  sema::Program& program_;
  const Inputs& inputs_;
  diag::Sink* sink_;
  Limits limits_;
  base::Arena arena_;
  types::BuiltinSignatures signatures_;

  std::vector<std::unique_ptr<ModuleBodies>> bodies_;  // by FileId
  std::unordered_map<std::uint32_t, Place*> staticModules_;   // by FileId
  std::unordered_map<const codec::Data*, Place*> dataValues_;
  std::unordered_map<const Place*, Place*> readDefaults_;     // of fields that are unset: where their `?? v` is evaluated
  struct ScopeKey {
    const void* what;
    const Scope* scope;
    friend bool operator==(const ScopeKey&, const ScopeKey&) = default;
  };
  struct ScopeKeyHash {
    std::size_t operator()(const ScopeKey& key) const { return base::combine(reinterpret_cast<std::uintptr_t>(key.what), reinterpret_cast<std::uintptr_t>(key.scope)); }
  };
  std::unordered_map<ScopeKey, const Scope*, ScopeKeyHash> bodyScopes_;
  std::unordered_map<ScopeKey, std::span<const Scope* const>, ScopeKeyHash> iterations_;
  /// What a `for` entry makes, by key.
  struct LoopIndex {
    bool plain = false;  // no branches or loops inside
    std::unordered_map<Symbol, std::vector<std::pair<const hir::Entry*, const Scope*>>> byKey;
  };
  std::unordered_map<ScopeKey, std::unique_ptr<LoopIndex>, ScopeKeyHash> loops_;
  std::vector<Policy> policies_;
  Value build_;                        // while policies run: what `all(T)` looks through; else absent
  std::unordered_map<std::uint32_t, Value> allOfBuild_;  // by TypeId, for `build_`
  std::vector<Waiver> waivers_;
  std::unordered_map<const hir::Entry*, std::pair<source::FileId, bool>> eaches_;  // clauses that were met: their file, and whether they found a value
  std::uint64_t checksRun_ = 0;
  Targets* targets_ = nullptr;
  std::unordered_map<Symbol, Value> targetsMade_;        // by name, outside of `fails`
  std::unordered_set<const Place*> checkedTargets_;      // their own policies were run
  bool inFails_ = false;                                 // the first argument of `fails` is being made
  std::string failsFound_;             // what the last `fails` that was false found instead
  Coverage* coverage_ = nullptr;
  std::vector<std::uint8_t> forms_;    // by TypeId: a Form, or 0xFF for one that nobody asked for
  std::vector<const Place*> running_;  // places being computed, outermost first; null for a call
  std::vector<const Guard*> runningGuards_;
  std::vector<source::Location> toldRings_;
  std::unordered_set<std::uint64_t> reportedOnce_;  // code, file and offset: a leaf that many objects read is reported once
  std::uint32_t nextBody_ = 1;
  std::vector<std::vector<Layer>> layerScratch_;  // emptied lists, for folding
  std::vector<std::vector<Symbol>> keyScratch_;   // emptied lists, for keys()
  std::uint64_t steps_ = 0;
  bool exhausted_ = false;
  bool hides_ = false;  // some text is hidden
};

/// Joins the parts of a key of several fields in a Symbol.
inline constexpr char keySeparator = '\x1f';

}  // namespace kdsl::eval
