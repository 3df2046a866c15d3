#pragma once
// The targets of a project, as tests see them.
#include <string_view>

#include "eval/value.hpp"
#include "source/span.hpp"

namespace kdsl::eval {

class Evaluator;

/// Makes what `target("prod")` in a test stands for. Implemented by the query layer.
class Targets {
 public:
  virtual ~Targets() = default;
  /// A new instance of the target's file with all that the target says of it: made, checked and held against its policies. What is wrong with it is
  /// reported to the evaluator; the error value if it cannot be made. `at` is where it is asked for.
  virtual Value make(Evaluator& evaluator, std::string_view name, source::Location at) = 0;
};

}  // namespace kdsl::eval
