#pragma once
// The objects of a build as a graph: who names and selects whom, and the rules that need to see all of them.
#include <span>
#include <unordered_map>
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
  Analysis(eval::Evaluator& evaluator, Plans& plans, const source::FileTable& files, source::FileId root);

  /// An object that the build has just written; `isBroken` if evaluation reported errors in it.
  void add(const eval::BuiltObject& object, bool isBroken);
  /// An object that is declared as made elsewhere.
  void addExternal(const eval::BuiltObject& object);

  /// Reports what is wrong. Once, after all objects were added.
  void check(diag::Sink& sink);

  // After check():
  const Objects& objects() const { return objects_; }
  std::span<const Reference> references() const { return references_.all(); }
  std::span<const Selection> selections() const { return selections_; }
  /// How the program calls an object: `web.deployment`.
  std::string pathOf(const Object& object) const { return evaluator_.pathOf(object.node.place()); }
  source::Location madeAt(const Object& object) const { return evaluator_.madeAt(object.node.place()); }

 private:
  void add(const eval::BuiltObject& object, bool isExternal, bool isBroken);
  void inspect(ObjectId id, const PodTemplate* pod);
  void rules(const Object& object, const PodTemplate* pod);

  eval::Evaluator& evaluator_;
  std::unordered_map<std::uint32_t, bool> hasLifecycle_;  // by NominalId
  Objects objects_;
  Pods pods_;
  Findings findings_;
  ReferenceWalk references_;
  std::vector<Selection> selections_;
};

}  // namespace kdsl::graph
