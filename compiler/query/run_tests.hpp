#pragma once
#include "query/loaded_files.hpp"
#include "query/tests.hpp"

namespace kdsl::graph {
class Plans;
}

namespace kdsl::query {

/// Runs the tests of a file, each in an evaluation of its own.
TestRun runTests(LoadedFiles& files, sema::Workspace& workspace, graph::Plans& plans, FileId file, const TestOptions& options);

}  // namespace kdsl::query
