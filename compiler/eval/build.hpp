#pragma once
// The objects of a build: what the resources of a root hold, directly or through other instances.
#include <vector>

#include "eval/evaluator.hpp"

namespace kdsl::eval {

/// One object of Kubernetes that the build writes.
struct BuiltObject {
  Place* place = nullptr;
  NominalId kind{};
};

/// Walks the instances of a root, checks each and collects the objects, in the order of their declarations.
/// Everything that is built is forced: afterwards the sink has all that is wrong with it.
class BuildWalk {
 public:
  explicit BuildWalk(Evaluator& evaluator) : evaluator_(evaluator) {}

  void root(Place* module);
  /// An instance, or a list or map of them.
  void value(Value value);
  const std::vector<BuiltObject>& objects() const { return objects_; }
  /// Objects that are made elsewhere: each `external` of the instances walked, and what a resource holds that was set to `external`.
  const std::vector<BuiltObject>& externals() const { return externals_; }

 private:
  void instance(Place* place);
  void outside(Value value);

  Evaluator& evaluator_;
  std::vector<BuiltObject> objects_;
  std::vector<BuiltObject> externals_;
};

}  // namespace kdsl::eval
