#pragma once
// Which fields of a definition are worth a visit: those that name objects or have rules, and those on the way to them.
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/symbol.hpp"
#include "graph/rules/field_rules.hpp"
#include "kubernetes/schema.hpp"

namespace kdsl::graph {

struct Step {
  enum class Kind : std::uint8_t {
    Name,       // the text is an object's name
    Reference,  // the record (or each element) has the name in `name`
    Typed,      // the record (or each element) says in `kind` what `name` is a name of
    Descend,    // nothing itself
  };
  Kind kind = Kind::Descend;
  base::Symbol field{};
  base::Symbol targetGroup{}, targetKind{};  // Name, Reference
  bool isNamespaced = false;                 // the target
  bool isTolerated = false;                  // the object works without what it names
  bool toExisting = false;                   // the reference may hold a uid: it is to what exists in the cluster already
};

/// What to do with one field that is set.
struct FieldPlan {
  std::optional<Step> step;
  std::vector<BoundRule> rules;
  bool isEmpty() const { return !step && rules.empty(); }
};

struct Plan {
  std::vector<FieldPlan> fields;       // by the field's index in its definition
  std::vector<BoundRule> recordRules;  // of fields that may be missing
};

/// Plans of one schema, made when first asked for. For one thread at a time; the builds of a session share them.
class Plans {
 public:
  explicit Plans(const kubernetes::SchemaPack& pack) : pack_(pack), plans_(kubernetes::SchemaPack::idLimit()) {}

  /// Nullptr where nothing below is worth a visit.
  const Plan* of(kubernetes::DefId definition);

 private:
  /// How a record names something, by the fields that its definition has.
  struct Shape {
    bool isKnown = false;
    bool hasUid = false;
    bool saysKind = false;  // with a group and a name
  };
  struct Slot {
    bool isMade = false;
    Shape shape;
    std::unique_ptr<Plan> plan;
  };
  const Shape& shapeOf(kubernetes::DefId definition);
  std::optional<Step> step(const kubernetes::Definition& definition, const kubernetes::Field& field);

  const kubernetes::SchemaPack& pack_;
  std::vector<Slot> plans_;
};

}  // namespace kdsl::graph
