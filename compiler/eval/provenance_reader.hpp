#pragma once
// Follows values back to where they are written.
#include <string>
#include <unordered_set>
#include <vector>

#include "eval/evaluator.hpp"
#include "eval/provenance.hpp"

namespace kdsl::eval {

/// Follows values of one evaluation back to where they are written. It evaluates what the build may not have needed (overridden values): the caller
/// drops what that reports. Bounded in depth and in the number of settings.
class ProvenanceReader {
 public:
  using Location = source::Location;

  /// What the reader looks into: the values that expressions read too, or the settings of the place alone.
  enum class Depth : std::uint8_t { Inputs, Settings };

  explicit ProvenanceReader(Evaluator& evaluator, Depth depth = Depth::Inputs) : e_(evaluator), followsInputs_(depth == Depth::Inputs) {}

  /// Of a place; `path` is what to call it (its own path if empty).
  Provenance of(Place* place, std::string path = {});
  /// The place that decided a value which others only pass on by name: `replicas` in `spec: { replicas }` leads to the param's last setting.
  Location origin(Place* place);
  /// The settings that decided what a condition comes to, in the order in which it reads them: of each value the strongest one that stands in a file of
  /// those who build, through what the library makes of it. Reads only what evaluating the condition computed. At most `maxCauses`, each once.
  std::vector<Location> causes(const Env& env, hir::ExprId condition, Defaults defaults);
  /// The same for what a place holds, of a conditional resource for the condition. Settings of its parts do not count.
  std::vector<Location> causes(Place* place);
  /// The place that a name, field or element stands for where `env` holds; nullptr where it stands for none.
  Place* placeOf(const Env& env, hir::ExprId id);
  /// Whether a value of the type may have something in it that is never shown.
  bool mayHide(TypeId type, int depth = 0) const;
  /// Whether an `each` acts on the place that it came to, `clause` being its contribution there.
  bool eachActs(Place* place, const Contribution& clause);

 private:
  // provenance_causes.cpp
  void causesOf(const Env& env, hir::ExprId id, std::vector<Location>& out);
  void causesOfElement(const Env& env, std::uint32_t element, std::vector<Location>& out);
  void causesOfPlace(Place* place, std::vector<Location>& out);
  void causesOfGuard(const Guard* guard, std::vector<Location>& out);
  bool isOwn(const Place* place, const Contribution& contribution) const;
  void addCause(Place* place, const Contribution& contribution, std::vector<Location>& out);
  bool isTrue(const Env& env, hir::ExprId condition);

  // provenance.cpp
  Provenance follow(Place* place, std::string path, bool hidden);
  void addSettings(Place* place, Provenance& out);
  void addDropped(Place* place, Provenance& out);
  void addServerDefault(Place* place, Provenance& out);
  Effect effectOf(Place* place, std::uint32_t index, bool merges, bool& decided);
  Setting settingOf(Place* place, std::uint32_t index, Effect effect, bool merges, bool hidden);
  bool isListed(const Provenance& out, const Contribution& contribution) const;
  bool mergesAt(Place* place, Value value);
  bool readsSuper(const Contribution& contribution) const;
  bool isHiddenPlace(const Place* place);
  std::uint32_t strongest(Place* place);

  // provenance_reads.cpp
  /// What an expression reads, followed in turn.
  void reads(const Env& env, hir::ExprId id, bool hidden, std::vector<Provenance>& out);
  void readsOfCall(const Env& env, hir::ExprId id, bool hidden, std::vector<Provenance>& out);
  /// Of an element of a list literal, by its position in Module::elements.
  void readsOfElement(const Env& env, std::uint32_t position, bool hidden, std::vector<Provenance>& out);
  void readsOfLambda(const Env& env, const hir::Expr& lambda, Value receiver, bool hidden, std::vector<Provenance>& out);
  void readsOfLambda(const Env& env, const hir::Expr& lambda, std::span<const Value> arguments, bool hidden, std::vector<Provenance>& out);
  Place* placeOfLocal(const Env& env, const hir::Expr& expr);
  Place* placeOfLoopVariable(const Env& env, hir::LocalId id, Value value);
  Place* placeOfResolved(const Env& env, const sema::Resolution& resolution, Symbol name);

  // provenance_elements.cpp
  /// What the element of a plain list reads: the list itself may be put together, computed or passed on.
  void readsOfItem(Place* list, std::size_t position, bool hidden, std::vector<Provenance>& out);
  void readsOfItem(const Env& env, hir::ExprId list, std::size_t position, bool hidden, std::vector<Provenance>& out);
  void readsOfLiteralItem(const Env& env, const hir::Expr& list, std::size_t position, bool hidden, std::vector<Provenance>& out);
  /// `list.map(f)`, whose elements come one from one.
  bool isMapping(const Env& env, hir::ExprId call) const;

  // provenance_text.cpp
  std::string textOf(const Place* place, const Contribution& contribution, bool hidden) const;
  /// `open`: a short body is shown, else it stands as `{ … }`.
  std::string textOfExpr(const hir::Module& hir, hir::ExprId id, bool open = false) const;
  std::string textOf(const hir::Module& hir, source::Span span) const;
  std::uint32_t lineBegin(const hir::Module& hir, std::uint32_t offset) const;
  /// The component, function or the like that an entry stands in.
  std::string contextOf(const Contribution& contribution) const;

  static constexpr std::uint32_t maxDepth = 10;
  static constexpr std::uint32_t maxSettings = 300;
  static constexpr std::size_t maxCauses = 3;
  static constexpr std::uint32_t maxRounds = 4;  // elements that a loop or lambda is followed for: others read the same names

  Evaluator& e_;
  Defaults defaults_ = Defaults::Skip;
  bool followsInputs_;
  const Place* whole_ = nullptr;  // whose parts do not count
  std::unordered_set<const Place*> seen_;
  std::uint32_t depth_ = 0;
  std::uint32_t settings_ = 0;
};

}  // namespace kdsl::eval
