#pragma once
// From the source to the values of one evaluation: which places a step of a path leads to, and which an expression was written for.
#include <cstdint>
#include <span>
#include <vector>

#include "eval/evaluator.hpp"

namespace kdsl::eval {

/// Looks through places that were made; evaluates nothing. Valid as long as the evaluator.
class SourceIndex {
 public:
  /// A place and one of its contributions.
  struct Use {
    Place* place = nullptr;
    std::uint32_t contribution = 0;
  };

  /// All places at `root`, below it, and in values that were computed there. O(places · log).
  explicit SourceIndex(Place* root) : SourceIndex(std::span<Place* const>(&root, 1)) {}
  explicit SourceIndex(std::span<Place* const> roots);

  /// What the step of an entry's path leads to; `segment` indexes the module's segments. Outer places come first. O(log).
  std::span<const Use> ofStep(const hir::Entry& entry, std::uint32_t segment) const { return of({&entry, segment}); }
  /// The places that are set by this expression as a whole. O(log).
  std::span<const Use> ofExpr(const hir::Module& module, hir::ExprId expr) const { return of({&module, base::index(expr)}); }
  /// The places that an `each` came to, whether or not it acts there. O(log).
  std::span<const Use> ofClause(const hir::Entry& each) const { return of({&each, clauseId}); }
  /// Values that have members: of a file, schema, component or kind. Outer ones first.
  std::span<Place* const> instances() const { return instances_; }

 private:
  static constexpr std::uint32_t clauseId = 0xFFFF'FFFF;  // no segment
  struct Written {
    const void* owner;  // the entry, or the module of an expression
    std::uint32_t id;
    friend auto operator<=>(const Written&, const Written&) = default;
  };
  std::span<const Use> of(const Written& written) const;
  void note(Place* place);

  std::vector<Written> written_;  // sorted; of each use in uses_
  std::vector<Use> uses_;
  std::vector<Place*> instances_;
};

}  // namespace kdsl::eval
