#pragma once
// A `test` of a file: what it makes and what it compares.
#include <vector>

#include "eval/build.hpp"

namespace kdsl::eval {

/// A `golden "file": value` of a test.
struct Golden {
  Symbol file{};
  source::Location at;  // the file's name
  Value value;
};

/// Makes the instance of one test and runs its checks; what fails is reported. Where the test sets all params that the file needs, all that
/// the file builds is made and checked as well; else the test is about what it reads alone.
class TestRun {
 public:
  TestRun(Evaluator& evaluator, source::FileId file, hir::ItemId item);

  Place* instance() const { return instance_; }
  void run();
  /// After run().
  const std::vector<Golden>& goldens() const { return goldens_; }

 private:
  bool hasAllParams() const;

  Evaluator& evaluator_;
  Place* instance_;
  std::vector<Golden> goldens_;
};

}  // namespace kdsl::eval
