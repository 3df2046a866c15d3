#pragma once
// `target("prod")` in tests: builds a target of the project within the evaluation of a test.
#include <map>
#include <string>

#include "eval/targets.hpp"
#include "query/build_setup.hpp"
#include "query/loaded_files.hpp"
#include "query/session.hpp"

namespace kdsl::graph {
class Plans;
}

namespace kdsl::query {

/// Files of a target are read and checked when a test first asks for it: most tests ask for none. One for the tests of a file; `inputs` are those of their evaluations.
class TestTargets final : public eval::Targets {
 public:
  TestTargets(LoadedFiles& files, sema::Workspace& workspace, graph::Plans& plans, BuildInputs& inputs, const Project* project, const eval::Limits& limits) : files_(files), workspace_(workspace), plans_(plans), inputs_(inputs), project_(project), limits_(limits) {}

  eval::Value make(eval::Evaluator& evaluator, std::string_view name, source::Location at) override;

 private:
  struct Prepared {
    BuildOptions options;
    FileId root = base::none<FileId>;
    BuildSetup setup;
    std::vector<diag::Diagnostic> problems;
  };
  /// nullptr, reported, if there is no such target for these tests.
  Prepared* prepare(eval::Evaluator& evaluator, std::string_view name, source::Location at);

  LoadedFiles& files_;
  sema::Workspace& workspace_;
  graph::Plans& plans_;
  BuildInputs& inputs_;
  const Project* project_;
  eval::Limits limits_;
  std::map<std::string, Prepared, std::less<>> prepared_;
};

}  // namespace kdsl::query
