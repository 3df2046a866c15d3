#pragma once
// The objects of a build as a graph: who names and selects whom, and the rules that need to see all of them.
#include <memory>
#include <span>
#include <vector>

#include "eval/build.hpp"
#include "graph/objects.hpp"
#include "graph/references.hpp"
#include "graph/selections.hpp"
#include "source/file.hpp"

namespace kdsl::graph {

/// Reads objects that evaluation has finished and computes nothing itself, so that it costs a fraction of a build.
class Analysis {
 public:
  /// `evaluator`, `plans` and `files` must outlive the analysis; the plans are of the evaluated program's schema. `root` is where declarations that
  /// a fix adds belong.
  Analysis(eval::Evaluator& evaluator, Plans& plans, const source::FileTable& files, source::FileId root, Paths paths = Paths::Leave);

  /// An object that the build has just written; `isBroken` if evaluation reported errors in it.
  void add(const eval::BuiltObject& object, bool isBroken);
  /// An object that is declared as made elsewhere.
  void addExternal(const eval::BuiltObject& object);

  /// Reports what is wrong. Once, after all objects were added.
  void check(diag::Sink& sink);

  // After check():
  const Objects& objects() const { return objects_; }
  std::span<const Reference> references() const { return references_.all(); }
  std::span<const Selection> selections() const { return selections_.all(); }
  /// How the program calls an object: `web.deployment`.
  std::string pathOf(const Object& object) const { return evaluator_.pathOf(object.node.place()); }
  source::Location madeAt(const Object& object) const { return evaluator_.madeAt(object.node.place()); }

 private:
  /// What all objects of one kind have in common.
  struct Kind {
    Symbol group{};
    bool hasLifecycle = false;
    void (*rules)(const Object& object, Findings& findings) = nullptr;
    bool hasData = false, hasPorts = false;  // that others may name
    bool isMonitor = false, isRoute = false;
  };
  const Kind& kindOf(const types::Nominal& nominal);
  void add(const eval::BuiltObject& object, bool isExternal, bool isBroken);
  void offersOf(const Object& object, const Kind& kind);
  void inspect(ObjectId id, const Kind& kind, const PodTemplate* pod);

  eval::Evaluator& evaluator_;
  std::vector<std::unique_ptr<Kind>> kinds_;  // by NominalId
  Objects objects_;
  Pods pods_;
  Findings findings_;
  ReferenceWalk references_;
  SelectionCheck selections_;
  std::vector<ObjectId> monitors_, routes_;
  std::vector<Offer> offers_;  // of the object in work
};

}  // namespace kdsl::graph
