#pragma once
// Who names whom.
#include <optional>
#include <span>
#include <vector>

#include "graph/findings.hpp"
#include "graph/objects.hpp"
#include "graph/schema_plan.hpp"

namespace kdsl::graph {

/// What a reference wants of the object that it names, beyond that it is there.
struct Wanted {
  enum class Kind : std::uint8_t {
    Nothing,
    Name,    // an offer of this name
    Number,  // an offer of this number
    Other,   // the holder says
  };
  Kind kind = Kind::Nothing;
  Symbol name{};
  std::int64_t number = 0;

  /// Read where the reference stands in `holder` and names an object of this kind.
  static Wanted in(const Node& holder, std::string_view kind);
  bool isMet(std::span<const Offer> offers) const;
};

/// A field of one object that names another. First what is read of one that is in order.
struct Reference {
  ObjectId from{};
  std::optional<ObjectId> to;   // what it names, if the build has it or declares it as made elsewhere
  Identity target;
  Wanted wanted;
  bool isTyped = false;         // the holder says of which kind
  bool isTolerated = false;     // the object works without what it names
  bool isExpected = true;       // false: may name what only the cluster has (optional references, references with a uid)
  Node name;                    // the text that names it
  Node holder;                  // the record that the name stands in
  std::vector<base::Symbol> path;  // the fields from the object to the name, if anybody asks for paths
};

/// Whether Reference::path is filled: only a drawing of the graph reads it.
enum class Paths : bool { Leave, Keep };

/// Visits objects, collects their references and applies the rules about fields on the way.
class ReferenceWalk {
 public:
  /// `plans` are of `pack`.
  ReferenceWalk(const kubernetes::SchemaPack& pack, Plans& plans, const Objects& objects, Findings& findings, Paths paths)
      : pack_(pack), plans_(plans), objects_(objects), findings_(findings), paths_(paths) {}

  void object(ObjectId id);
  /// Finds what each reference names. Once, after all objects.
  void resolve();
  std::span<const Reference> all() const { return references_; }

 private:
  void visit(const Node& record, int depth);
  void custom(const Node& record, int depth);
  void enter(const Node& node, int depth);
  void take(const Step& step, const Node& record, const Node& field, int depth);
  void add(const Step& step, const Node& holder, const Node& name);
  void addTyped(const Node& reference);
  bool isOwnGroup(std::string_view group) const;
  void reportGroup(const Node& reference, const kubernetes::Definition& meant);
  void push(Reference reference, bool isNamespaced);

  const kubernetes::SchemaPack& pack_;
  Plans& plans_;
  const Objects& objects_;
  Findings& findings_;
  Paths paths_;
  ObjectId current_{};
  std::vector<base::Symbol> path_;  // of the record being visited
  std::vector<Reference> references_;
};

/// Reports names of objects, keys and ports that nobody has.
void checkReferences(std::span<const Reference> references, const Objects& objects, Findings& findings);

}  // namespace kdsl::graph
